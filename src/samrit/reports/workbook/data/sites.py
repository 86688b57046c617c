"""The sheet of sites: places of work under a project, with the months of their commitments (R189–R191)."""

from __future__ import annotations

from samrit.engine.indicators.totals import Side
from samrit.engine.model import Site
from samrit.engine.results import ProjectResult
from samrit.engine.sites import committed_since
from samrit.reports.workbook.writing.book import Book
from samrit.reports.workbook.writing.layout import Value
from samrit.reports.workbook.writing.sources import source_text

_DUE_BY_YEAR_END = 12


class SitesSheet:
    """Writes the sites and gives the formulas that count them."""

    def __init__(self, book: Book, numbered: list[tuple[int, ProjectResult]]) -> None:
        self.book = book
        self._rows = [(no, r.project.id, site) for no, r in numbered for site in r.project.sites]
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
            book.column("source", 24),
        ]
        self.sheet = book.add("sites", columns, len(self._rows), prefix="site", frozen="id")

    def write(self) -> None:
        """Write every site as it is at the evaluated month; one without a due month is due by the year's end."""
        for row, (no, project_id, site) in enumerate(self._rows):
            self.book.put(self.sheet, row, _values(no, project_id, site, self.book.result.as_of))

    def count(self, side: Side, project_no: str, until: str) -> str:
        """Return how many sites are committed, or due to be, up to the month ``until`` (R189)."""
        named = self.sheet.name
        key = "commitment_due" if side is Side.PLANNED else "committed_period"
        mine = f"{named('project_no')},{project_no}"
        return f'IF(COUNTIFS({mine})=0,"",COUNTIFS({mine},{named(key)},"<="&{until}))'


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
