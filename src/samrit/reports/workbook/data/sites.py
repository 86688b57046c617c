"""The sheet of sites: places of work under a project, with the months of their commitments (R189–R191)."""

from __future__ import annotations

from samrit.engine.indicators.totals import Side
from samrit.engine.model import Formula as Way
from samrit.engine.model import Project, Site
from samrit.engine.results import ProjectResult
from samrit.engine.sites import committed_since, progress_planned, site_progress
from samrit.reports.workbook.data.series import until_of
from samrit.reports.workbook.writing.book import Book
from samrit.reports.workbook.writing.layout import DataColumn, LiveFormula, Value
from samrit.reports.workbook.writing.sources import source_text

_DUE_BY_YEAR_END = 12


class SitesSheet:
    """Writes the sites and gives the formulas that count them."""

    def __init__(self, book: Book, numbered: list[tuple[int, ProjectResult]], *, measured: bool = False) -> None:
        """``measured``: an indicator of the plan is the progress of its sites (R191)."""
        self.book, self.measured = book, measured
        self._rows = [(no, r.project, site) for no, r in numbered for site in r.project.sites]
        columns = [
            book.column("project_no", 6, "helper", helper=True),
            book.column("project_id", 14),
            book.column("id", 12),
            book.column("site_title", 50, "wrap"),
            book.column("unit", 14),
            book.column("budget", 17, "money"),
            book.column("commitment_due", 12, "code"),
            book.column("committed_period", 12, "code"),
            book.column("done_period", 12, "code"),
            book.column("outcome", 40, "wrap"),
            *self._progress_columns(),
            book.column("source", 24),
        ]
        self.sheet = book.add("sites", columns, len(self._rows), prefix="site", frozen="id")

    def write(self) -> None:
        """Write every site as it is at the evaluated month; one without a due month is due by the year's end."""
        for row, (no, project, site) in enumerate(self._rows):
            values = _values(no, project.id, site, self.book.result.as_of)
            self.book.put(self.sheet, row, values | (self._progress(row, project, site) if self.measured else {}))

    def count(self, side: Side, project_no: str, until: str) -> str:
        """Return how many sites are committed, or due to be, up to the month ``until`` (R189)."""
        named = self.sheet.name
        key = "commitment_due" if side is Side.PLANNED else "committed_period"
        mine = f"{named('project_no')},{project_no}"
        return f'IF(COUNTIFS({mine})=0,"",COUNTIFS({mine},{named(key)},"<="&{until}))'

    def mean(self, side: Side, project_no: str) -> str:
        """Return the mean progress of the sites that are due, planned or reached, at the evaluated month (R191)."""
        named = self.sheet.name
        mine, planned = f"{named('project_no')},{project_no}", named("progress_planned")
        of = planned if side is Side.PLANNED else named("progress")
        none_due = "0" if side is Side.PLANNED else f"AVERAGEIFS({of},{mine})"
        due = f'{mine},{planned},">0"'
        return f'IF(COUNTIFS({mine})=0,"",IF(COUNTIFS({due})=0,{none_due},AVERAGEIFS({of},{due})))'

    def _progress_columns(self) -> list[DataColumn]:
        if not self.measured:
            return []
        counts = ("instalments", "instalments_due", "instalments_taken", "progress_due")
        percents = ("progress_planned", "progress")
        return [self.book.column(key, 12, "code") for key in counts] + [
            self.book.column(k, 12, "figure") for k in percents
        ]

    def _progress(self, row: int, project: Project, site: Site) -> dict[str, Value]:
        """Return a site's instalments at the month that counts, and the formulas of its progress (R191, SP2)."""
        measured = next((i for i in project.indicators if i.formula is Way.SITE_PROGRESS), None)
        until, as_of = ("as_of", self.book.result.as_of)
        if measured is not None:
            until, as_of = until_of(measured, as_of)
        share = self.book.result.ruleset.site_contract_share
        n, due, taken, begins, committed, done = (
            self.sheet.cell(key, row)
            for key in (
                "instalments", "instalments_due", "instalments_taken", "progress_due", "committed_period", "done_period"
            )
        )  # fmt: skip
        rest = "site_contract_share+(100-site_contract_share)*MIN({count},{n})/{n}"
        bare = f"IF({until}>={_DUE_BY_YEAR_END},100,site_contract_share)"
        planned = f"IF({until}<{begins},0,IF({n}=0,{bare},{rest.format(count=due, n=n)}))"
        under = f"IF({n}=0,site_contract_share,{rest.format(count=taken, n=n)})"
        is_done, is_bound = (f"AND(ISNUMBER({cell}),N({cell})<={until})" for cell in (done, committed))
        reached = f"IF({is_done},100,IF({is_bound},{under},0))"
        passed = sum(period <= as_of for period in site.instalments_due)
        undated = max((site.instalments or 0) - len(site.instalments_due), 0) if as_of >= _DUE_BY_YEAR_END else 0
        accepted = site.instalments_taken
        return {
            "instalments": site.instalments or 0,
            "instalments_due": passed + undated,
            "instalments_taken": (
                site.instalments_accepted if accepted is None else sum(period <= as_of for period in accepted)
            ),
            "progress_due": site.commitment_due_period or min((*site.instalments_due, _DUE_BY_YEAR_END)),
            "progress_planned": LiveFormula(planned, progress_planned(site, share, as_of)),
            "progress": LiveFormula(reached, site_progress(site, share, as_of)),
        }


def _committed(site: Site, as_of: int) -> int | None:
    """Return since when the site is committed at the evaluated month, or from when it is going to be."""
    now, later = committed_since(site, as_of), site.committed_period
    return later if now is None and later is not None and later > as_of else now


def _values(no: int, project_id: str, site: Site, as_of: int) -> dict[str, Value]:
    return {
        "project_no": no,
        "project_id": project_id,
        "id": site.id,
        "site_title": site.title,
        "unit": site.unit,
        "budget": site.budget,
        "commitment_due": site.commitment_due_period or _DUE_BY_YEAR_END,
        "committed_period": _committed(site, as_of),
        "done_period": site.done_period,
        "outcome": site.outcome,
        "source": source_text(site.source),
    }
