"""The sheet of overrides: what the evaluators settled, with reason, and which of it is in force (WE4)."""

from __future__ import annotations

from dataclasses import dataclass

from samrit.engine.bands import band_by_code
from samrit.engine.model import Override
from samrit.reports.workbook.writing.book import Book
from samrit.reports.workbook.writing.layout import LiveFormula, Value
from samrit.reports.workbook.writing.sources import source_text

SPARE_ROWS = 40  # empty rows below the last, so that an override can be typed in and counts


@dataclass(frozen=True, slots=True)
class _Settled:
    """One override and what it is about."""

    scope: str
    record: str
    override: Override


class OverridesSheet:
    """Writes the overrides and gives the formulas that find the one in force."""

    def __init__(self, book: Book, spare: int = SPARE_ROWS) -> None:
        self.book = book
        self._settled = _settled(book)
        self._held = _held(book)
        columns = [
            book.column("no", 6, "helper", helper=True),
            book.column("scope", 14),
            book.column("record", 14),
            book.column("period", 9, "code"),
            book.column("settled_percent", 14, "figure"),
            book.column("settled_score", 12, "figure"),
            book.column("settled_band", 14, "code"),
            book.column("reason", 60, "wrap"),
            book.column("decided_by", 20),
            book.column("decided_on", 13, "date"),
            book.column("in_force", 11, "flag"),
            book.column("source", 26),
        ]
        rows = len(self._settled) + spare
        self.sheet = book.add("overrides", columns, rows, prefix="ov", frozen="record")

    def write(self) -> None:
        """Write every override, then the spare rows."""
        for row in range(self.sheet.rows):
            settled = self._settled[row] if row < len(self._settled) else None
            values: dict[str, Value] = {"no": row + 1, "in_force": self._in_force(row, settled)}
            self.book.put(self.sheet, row, values | (self._values(settled) if settled else {}))
        self._choices()
        # The spare rows are for typing, not for printing.
        self.sheet.worksheet.print_area(0, 0, max(len(self._settled), 1), len(self.sheet.columns) - 1)

    def _values(self, settled: _Settled) -> dict[str, Value]:
        override = settled.override
        band = band_by_code(override.band, self.book.result.ruleset) if override.band else None
        return {
            "scope": self.book.say(f"scope_{settled.scope}"),
            "record": settled.record,
            "period": override.period,
            "settled_percent": override.percent,
            "settled_score": override.score,
            "settled_band": self.book.voice.name(band.name, band.name_en) if band else override.band,
            "reason": override.reason,
            "decided_by": override.decided_by,
            "decided_on": override.decided_on,
            "source": source_text(override.source),
        }

    def _in_force(self, row: int, settled: _Settled | None) -> LiveFormula:
        """Return 1 for the one in force: of several the latest by day, then by order (WE6)."""
        keys = ("no", "scope", "record", "period", "decided_on")
        at = {key: self.sheet.cell(key, row) for key in keys}
        named = self.sheet.name
        same = "*".join(f"({named(key)}={at[key]})" for key in ("scope", "record", "period"))
        day, order = named("decided_on"), f"({named('no')}>{at['no']})"
        later = f"SUMPRODUCT({same}*(({day}>{at['decided_on']})+({day}={at['decided_on']})*{order}))"
        in_force = settled is not None and any(settled.override is o for o in self._held)
        return LiveFormula(f'IF(AND({at["record"]}<>"",{at["period"]}=as_of,{later}=0),1,0)', int(in_force))

    def _choices(self) -> None:
        ws, last = self.sheet.worksheet, self.sheet.rows
        scope, band = self.sheet.index("scope"), self.sheet.index("settled_band")
        scopes = [self.book.say("scope_project"), self.book.say("scope_indicator")]
        ws.data_validation(1, scope, last, scope, {"validate": "list", "source": scopes})
        ws.data_validation(1, band, last, band, {"validate": "list", "source": "=band_name"})

    def found(self, scope: str, record: str) -> str:
        """Return how many overrides are in force for the record in that cell."""
        return f"SUMPRODUCT({self._match(scope, record)})"

    def percent(self, scope: str, record: str) -> str:
        """Return the percent settled for the record, or an empty text."""
        match, column = self._match(scope, record), self.sheet.name("settled_percent")
        return f'IF(SUMPRODUCT({match}*ISNUMBER({column}))=0,"",SUMPRODUCT({match},{column}))'

    def score(self, scope: str, record: str) -> str:
        """Return the points settled for the record, or an empty text (WE6)."""
        match, column = self._match(scope, record), self.sheet.name("settled_score")
        return f'IF(SUMPRODUCT({match}*ISNUMBER({column}))=0,"",SUMPRODUCT({match},{column}))'

    def band(self, scope: str, record: str) -> str:
        """Return the row number of the override in force for the record and its band's name, or an empty text."""
        row = f"SUMPRODUCT({self._match(scope, record)},{self.sheet.name('no')})"
        column = self.sheet.name("settled_band")
        found = f"INDEX({column},MATCH({row},{self.sheet.name('no')},0))"
        return f'IF({row}=0,"",IF({found}="","",{found}))'

    def _match(self, scope: str, record: str) -> str:
        named = self.sheet.name
        return (
            f'({named("scope")}="{self.book.say(f"scope_{scope}")}")*({named("record")}={record})*{named("in_force")}'
        )


def _settled(book: Book) -> tuple[_Settled, ...]:
    found: list[_Settled] = []
    for result in book.result.projects:
        found += [_Settled("project", result.project.id, o) for o in result.project.overrides]
        found += [_Settled("indicator", i.indicator.id, o) for i in result.indicators for o in i.indicator.overrides]
    return tuple(found)


def _held(book: Book) -> tuple[Override, ...]:
    """Return the overrides that are in force in the evaluation."""
    projects = [r.override for r in book.result.projects]
    indicators = [i.override for r in book.result.projects for i in r.indicators]
    return tuple(o for o in (*projects, *indicators) if o is not None)
