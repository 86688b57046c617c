"""The frame of a draft plan: title, year, organisation, funds, strategies, programmes and units from headings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import count

from samrit.engine.model import Fund, Programme, Strategy, Tactic, Unit
from samrit.intake.assembly import HeadingCodes
from samrit.intake.cleaning import cleaned
from samrit.intake.grid import Grid
from samrit.intake.headings import key
from samrit.intake.inference import unit_parts
from samrit.intake.tables.drafts import Scope, WorkDraft
from samrit.intake.tables.lattice import Line, lay_out, slot_at
from samrit.intake.tables.layout import FEWEST_MONTHS, month_positions
from samrit.vocabulary.findings import Finding, Place
from samrit.vocabulary.spans import parse_span
from samrit.vocabulary.terms import is_everyone
from samrit.vocabulary.years import LAST_CE, to_be

_HEADING_ROWS = 12  # among so many first rows of a table its months are headed
_TITLE = re.compile(
    r"แผนปฏิบัติ(?:การ|ราชการ|งาน)|แผน(?:การ)?ดำเนิน(?:งาน|การ)|แผนพัฒนา|แผนงาน(?:/โครงการ)?\s?ประจำปี|คำรับรองการปฏิบัติราชการ"
    r"|(?:action|work|annual|operational|operating|implementation|delivery|business) ?plan",
    re.IGNORECASE,
)
_YEAR = re.compile(
    r"(?:ปี(?:งบประมาณ)?|[พค]\.?\s?ศ\.?|ประจำปี|years?|plan|FY|B\.?E\.?|A\.?D\.?)[^0-9]{0,12}((?:24|25|26|19|20)[0-9]{2})(?![0-9])",
    re.IGNORECASE,
)
_BARE_YEAR = re.compile(r"(?:[^0-9]{0,20}\s)?((?:25|26|20)[0-9]{2})")
_PRINCIPLE = re.compile(r"(?:[0-9]+\s*[.)]\s*)?(วิสัยทัศน์|พันธกิจ)(?:\s*\([A-Za-z]+\))?\s*:?")
_ITEM = re.compile(r"^([0-9]{1,2})\s*[.)]\s*(.+)$")
_ORGANISATION = re.compile(
    r"(?:^|(?<=\s))((?:สำนักงาน|กรม|กระทรวง|องค์การ|มหาวิทยาลัย|วิทยาลัย|เทศบาล|จังหวัด|สถาบัน|โรงพยาบาล|โรงเรียน|ศูนย์|การ(?:ไฟฟ้า|ประปา|ท่าเรือ))"
    r"[ก-๙. ]{3,60}?)(?=\s+(?:ประจำ)?(?:ปี|พ\.ศ)|$)"
)


@dataclass(slots=True)
class Frame:
    """What the headings of the documents give."""

    title: str = ""
    year_be: int | None = None
    year_named: str = ""  # the first text that names the year: "ปีงบประมาณ พ.ศ. 2568"
    organisation: str = ""
    vision: str = ""
    missions: list[str] = field(default_factory=list)
    funds: dict[str, Fund] = field(default_factory=dict)
    strategies: dict[str, Strategy] = field(default_factory=dict)
    tactics: dict[str, Tactic] = field(default_factory=dict)
    programmes: dict[tuple[str, ...], Programme] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)

    def codes(self, work: WorkDraft) -> HeadingCodes:
        """Return the codes of a work's headings, new ones made where they are first seen."""
        scope = work.scope
        return HeadingCodes(self.fund(scope.fund), self._programme(scope), tuple(self._units(work)))

    def fund(self, name: str) -> str:
        """Return the code of a fund: F1, F2 in the order of the document."""
        if not name:
            return ""
        if name not in self.funds:
            self.funds[name] = Fund(f"F{len(self.funds) + 1}", name)
        return self.funds[name].code

    def take(self, scope: Scope, names: dict[tuple[str, str], str]) -> None:
        """Take strategy and tactic of a scope."""
        if scope.strategy and scope.strategy not in self.strategies:
            name = names.get(("strategy", scope.strategy), scope.strategy_name)
            self.strategies[scope.strategy] = Strategy(scope.strategy, *split_english(name), goal=scope.strategy_goal)
        if scope.tactic and scope.tactic not in self.tactics:
            name = scope.tactic_name if scope.tactic_number else names.get(("tactic", scope.tactic), scope.tactic_name)
            own = split_english(name)
            self.tactics[scope.tactic] = Tactic(scope.tactic, scope.strategy, *own, number=scope.tactic_number)

    def _programme(self, scope: Scope) -> str:
        if not scope.programme:
            return ""
        fund = self.fund(scope.fund)
        known = (fund, scope.strategy, scope.tactic, key(scope.programme))
        if known not in self.programmes:
            under = scope.tactic or scope.strategy
            earlier = sum(1 for k in self.programmes if k[:3] == known[:3])
            code = f"{fund}-{under}-{earlier + 1}" if fund else f"{under}-{earlier + 1}"
            self.programmes[known] = Programme(
                code, scope.programme, scope.tactic, fund, scope.goal, number=scope.programme_code
            )
        return self.programmes[known].code

    def _units(self, work: WorkDraft) -> Iterator[str]:
        texts = [work.unit, *(unit for unit, _ in work.shares)]
        for name in dict.fromkeys(part for text in texts for part in unit_parts(cleaned(text))):
            if not is_everyone(name):  # no unit of that name: it means them all (R89)
                self.units.setdefault(name, Unit(name, name))
            yield name


def split_english(name: str) -> tuple[str, str]:
    """Return a name and the English name in brackets at its end, if there is one (R291)."""
    match = re.fullmatch(r"(.*?)\s*\(([A-Za-z][^()]*)\)\s*", name)
    return (match[1], match[2]) if match else (name, "")


def number_tactics(works: Sequence[WorkDraft], printed: Collection[str]) -> None:
    """Give tactics that are named without a number one below their strategy, none of those ``printed``.

    Those that bear one number under several strategies are told apart.
    """
    made: dict[tuple[str, str], str] = {}
    for work in works:
        scope = work.scope
        if scope.tactic or not scope.tactic_name:
            continue
        known = scope.strategy, key(scope.tactic_name)
        if known not in made:
            codes = (f"{scope.strategy}.{n}" for n in count(1))
            made[known] = next(code for code in codes if code not in printed and code not in made.values())
        work.scope = replace(scope, tactic=made[known])
    part_tactics(works)


def part_tactics(works: Sequence[WorkDraft]) -> None:
    """Tell tactics apart that bear one number under several strategies: only the first has it as its code (R18)."""
    first: dict[str, tuple[str, str]] = {}
    made: dict[tuple[str, str], str] = {}
    taken = {work.scope.tactic for work in works}
    for work in works:
        scope = work.scope
        own = scope.strategy, key(scope.tactic_name)
        known = first.setdefault(scope.tactic, own)
        if not scope.tactic or own[0] == known[0] or own[1] in ("", known[1]):
            continue
        place = scope.strategy, scope.tactic
        if place not in made:
            codes = (".".join((*place, *["0"] * n)) for n in count())
            made[place] = next(code for code in codes if code not in taken and code not in made.values())
        work.scope = replace(scope, tactic=made[place], tactic_number=scope.tactic)


def describe(frame: Frame, grids: Sequence[Grid]) -> None:
    """Take title, year and organisation from the running text of the documents."""
    years: Counter[int] = Counter()
    _principles(frame, grids)
    bare: Counter[int] = Counter()
    figures = set(_among_figures(grids))
    mentions: list[str] = []
    for text in _texts(grids):
        if match := _YEAR.search(text):
            years[_be(match[1])] += 1
        elif (match := _BARE_YEAR.fullmatch(text)) and text not in figures:
            bare[_be(match[1])] += 1
        if _TITLE.search(text) and len(text) <= 160 and _YEAR.search(text):
            mentions.append(text)
    begins = [text for text in mentions if _TITLE.match(text)]
    frame.title = next(iter(begins or mentions), "")
    for text in _captions(grids):
        if not frame.organisation and (match := _ORGANISATION.match(text)):
            frame.organisation = match[1]
    if not frame.organisation and (match := _ORGANISATION.search(frame.title)):
        frame.organisation = match[1]
    named = _YEAR.search(frame.title)
    if named:
        frame.year_be = _be(named[1])
    else:
        counted = (years or bare).most_common(1)
        frame.year_be = _year_of_months(grids) or (counted[0][0] if counted else None)
    named_by = (text for text in _texts(grids) if (match := _YEAR.search(text)) and _be(match[1]) == frame.year_be)
    frame.year_named = frame.title if named else next(named_by, "")


def settle_year(frame: Frame, document: str) -> list[Finding]:
    """Take the current year where the documents give none, and say so: a plan without a year cannot be kept."""
    if frame.year_be is not None:
        return []
    frame.year_be = to_be(datetime.now(UTC).year)
    return [Finding("intake_year_missing", Place(document), {"year_be": frame.year_be})]


def _year_of_months(grids: Sequence[Grid]) -> int | None:
    """Return the plan's year by headings of months that name theirs, or are below it ("ต.ค. 67" … "ก.ย. 68")."""
    for lines in (lay_out(grid)[:_HEADING_ROWS] for grid in grids if grid.is_table):
        for at, line in enumerate(lines):
            above = lines[max(0, at - 2) : at]
            years = [_year_at(line, above, position) for position in month_positions(line)]
            known = [year for year in years if year is not None]
            if len(known) >= FEWEST_MONTHS:
                return max(known)
    return None


def _year_at(line: Line, above: Sequence[Line], at: int) -> int | None:
    last = parse_span(line[at].text).last
    if last is not None and last.year_be is not None:
        return last.year_be
    found = (_YEAR.search(text) or _BARE_YEAR.fullmatch(text) for row in above if (text := slot_at(row, at).covering))
    return next((_be(match[1]) for match in found if match), None)


def _be(digits: str) -> int:
    """Return the Buddhist year of four digits of either era."""
    year = int(digits)
    return to_be(year) if year <= LAST_CE else year


def _principles(frame: Frame, grids: Sequence[Grid]) -> None:
    """Take the vision and the missions: what is below the lines that announce them (R17)."""
    announced = ""
    for grid in grids:
        if grid.is_table:
            announced = ""
            continue
        for row in grid.rows:
            text = cleaned(row[0].text) if row else ""
            if match := _PRINCIPLE.fullmatch(text):
                announced = match[1]
            elif announced == "วิสัยทัศน์" and not frame.vision:
                frame.vision, announced = text, ""
            elif announced == "พันธกิจ" and (item := _ITEM.match(text)) and int(item[1]) == len(frame.missions) + 1:
                frame.missions.append(item[2])
            elif not _ITEM.match(text):
                announced = ""


def _captions(grids: Sequence[Grid]) -> Iterator[str]:
    """Yield the texts that stand alone on their line: not the cells of a table."""
    for grid in grids:
        for row in grid.rows[: None if not grid.is_table else 3]:
            filled = [cell.text for cell in row if cell.text.strip()]
            if len(filled) == 1:
                yield cleaned(filled[0])


def _among_figures(grids: Sequence[Grid]) -> Iterator[str]:
    """Yield the bare numbers of rows that hold others beside them: figures, though they look like years (2500)."""
    for grid in grids:
        for row in grid.rows[:3] if grid.is_table else ():
            numbers = [text for cell in row if (text := cleaned(cell.text)).replace(",", "").isdigit()]
            if any(not _BARE_YEAR.fullmatch(number) for number in numbers):
                yield from numbers


def _texts(grids: Sequence[Grid]) -> Iterator[str]:
    for grid in grids:
        for row in grid.rows[: None if not grid.is_table else 3]:
            for cell in row:
                if cell.text:
                    yield cleaned(cell.text)
