"""Random plans as an office might have them, printed as tables of text in several layouts, and damaged.

What is printed is known, so every value that an import reads can be held against it.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

MONTHS = "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.".split()
FULL = "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม".split()
UNITS = "กบค. กฝ. กนผ. กค. สลก. ศทส.".split()
SUBJECTS = (
    "พัฒนาระบบบริการประชาชน", "อบรมบุคลากรด้านดิจิทัล", "ตรวจสอบสถานประกอบการ", "จัดทำคู่มือการปฏิบัติงาน",
    "ประชาสัมพันธ์สิทธิประโยชน์", "ปรับปรุงอาคารสำนักงาน", "สำรวจความพึงพอใจผู้รับบริการ", "ติดตามหนี้ค้างชำระ",
    "จัดซื้อครุภัณฑ์คอมพิวเตอร์", "ส่งเสริมเครือข่ายอาสาสมัคร", "วิเคราะห์ข้อมูลเพื่อการบริหาร", "จัดการความรู้ในองค์กร",
)  # fmt: skip
COUNTS = (
    ("จำนวนผู้เข้ารับการอบรม", "คน"),
    ("จำนวนครั้งที่จัดประชุม", "ครั้ง"),
    ("จำนวนรายงาน", "ฉบับ"),
    ("จำนวนหน่วยงานที่ตรวจ", "แห่ง"),
)
SHARES = (("ร้อยละความพึงพอใจ", "ร้อยละ"), ("ร้อยละของเรื่องที่แล้วเสร็จตามกำหนด", "ร้อยละ"))
LEVELS = (("ระดับความสำเร็จของการดำเนินงาน", "ระดับ"),)
Cell = Decimal | None  # None is a dash


@dataclass(frozen=True)
class PrintedIndicator:
    """An indicator with everything that is printed of it."""

    number: int
    name: str
    unit: str
    weight: Decimal
    target: Decimal
    aggregation: str
    plan: tuple[Cell, ...]
    actual: tuple[Cell, ...]

    @property
    def plan_total(self) -> Decimal:
        """The printed total of the plan."""
        return shown(total(self.plan, self.aggregation))

    @property
    def actual_total(self) -> Decimal:
        """The printed total of the results."""
        return shown(total(self.actual, self.aggregation))

    @property
    def percent(self) -> Decimal:
        """The printed percent."""
        exact = total(self.actual, self.aggregation) * 100 / total(self.plan, self.aggregation)
        return exact.quantize(Decimal(1), ROUND_HALF_UP)


@dataclass(frozen=True)
class PrintedWork:
    """A work with its headings."""

    number: int
    title: str
    unit: str
    budget: int
    first: int
    last: int
    kind: str
    indicators: tuple[PrintedIndicator, ...]

    @property
    def percent(self) -> Decimal:
        """The work's printed percent: weights times unrounded percents."""
        exact = (
            sum(i.weight * total(i.actual, i.aggregation) * 100 / total(i.plan, i.aggregation) for i in self.indicators)
            / 100
        )
        return exact.quantize(Decimal(1), ROUND_HALF_UP)


@dataclass(frozen=True)
class Layout:
    """How a document prints its monitoring table."""

    name: str
    weight_first: bool = False
    fiscal: bool = False  # October first
    subtotals: bool = False
    sides_in_columns: bool = False
    title_in_row: bool = False  # the work's title stands in the row of its first indicator
    number_apart: bool = True


LAYOUTS = (
    Layout("rows"),
    Layout("weight first", weight_first=True),
    Layout("october first", fiscal=True),
    Layout("quarter subtotals", subtotals=True),
    Layout("plan and result in columns", sides_in_columns=True),
    Layout("title in the indicator's row", title_in_row=True),
    Layout("number with the title", number_apart=False),
)


@dataclass
class Document:
    """A printed document as rows of cells, and which rows belong to which indicator and side."""

    rows: list[list[str]]
    works: tuple[PrintedWork, ...]
    layout: Layout
    places: dict[tuple[int, int, str], int] = field(default_factory=dict)  # (work, indicator, side) → row
    first_month: int = 0

    def text(self) -> str:
        """The document as text with tabs."""
        return "\n".join("\t".join(row) for row in self.rows) + "\n"


def total(months: tuple[Cell, ...], aggregation: str) -> Decimal:
    """Return the exact total of a row, by a few lines of its own."""
    values = [m for m in months if m is not None]
    if aggregation == "sum":
        return sum(values, Decimal())
    return sum(values, Decimal()) / len(values) if aggregation == "average" else values[-1]


def shown(value: Decimal) -> Decimal:
    """Return a total with two decimals where it is no whole number, as reports print it."""
    return value if value == value.to_integral_value() else value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def printed_number(value: Cell) -> str:
    """Return a cell as printed."""
    return (
        "-" if value is None else f"{value.normalize():,f}" if value != value.to_integral_value() else f"{int(value):,}"
    )


# -- plans --------------------------------------------------------------------------------


def works(rng: random.Random, count: int) -> tuple[PrintedWork, ...]:
    """Return random works, numbered from 1."""
    return tuple(_work(rng, number) for number in range(1, count + 1))


def _work(rng: random.Random, number: int) -> PrintedWork:
    first = rng.choice((1, 1, 1, 2, 3, 4, 6))
    last = rng.choice([m for m in (3, 6, 9, 10, 12, 12, 12) if m >= first])
    size = rng.choice((1, 1, 2, 2, 3))
    weights = {1: [100], 2: [50, 50], 3: [40, 30, 30]}[size]
    indicators = tuple(_indicator(rng, n, Decimal(w), (first, last)) for n, w in enumerate(weights, 1))
    routine = rng.random() < 0.4
    title = f"{'งาน' if routine else 'โครงการ'}{rng.choice(SUBJECTS)} ระยะที่ {number}"
    return PrintedWork(
        number, title, rng.choice(UNITS), rng.randrange(50, 90_000) * 1000, first, last,
        "งานประจำ" if routine else "โครงการเดิม", indicators,
    )  # fmt: skip


def _indicator(rng: random.Random, number: int, weight: Decimal, period: tuple[int, int]) -> PrintedIndicator:
    make = rng.choice((_counts, _counts, _counts, _shares, _levels))
    name, unit, aggregation, plan, actual = make(rng, _planned_months(rng, period))
    target = total(plan, aggregation)
    return PrintedIndicator(number, name, unit, weight, target, aggregation, plan, actual)


def _planned_months(rng: random.Random, period: tuple[int, int]) -> list[bool]:
    inside = range(period[0], period[1] + 1)
    style = rng.random()
    if style < 0.4:
        chosen = set(inside)
    elif style < 0.7:
        chosen = {m for m in inside if m % 3 == 0} or {period[1]}
    else:
        chosen = set(rng.sample(list(inside), k=rng.randint(1, len(inside))))
    return [m in chosen for m in range(1, 13)]


def _counts(rng: random.Random, on: list[bool]) -> tuple[str, str, str, tuple[Cell, ...], tuple[Cell, ...]]:
    name, unit = rng.choice(COUNTS)
    scale = rng.choice((1, 5, 40, 1200, 35_000))
    same = rng.random() < 0.5
    base = rng.randint(1, 9) * scale
    plan = tuple(Decimal(base if same else rng.randint(1, 20) * scale) if o else None for o in on)
    actual = tuple(
        Decimal(max(0, int(p * rng.randint(6, 14) / 10) + rng.randint(-1, 1))) if p is not None else None for p in plan
    )
    if not any(actual):
        actual = plan
    return name, unit, "sum", plan, actual


def _shares(rng: random.Random, on: list[bool]) -> tuple[str, str, str, tuple[Cell, ...], tuple[Cell, ...]]:
    name, unit = rng.choice(SHARES)
    goal = Decimal(rng.choice((75, 80, 85, 90, 95)))
    plan = tuple(goal if o else None for o in on)
    actual = tuple(Decimal(rng.randint(7000, 9999)) / 100 if o else None for o in on)
    return name, unit, "average", plan, actual


def _levels(rng: random.Random, on: list[bool]) -> tuple[str, str, str, tuple[Cell, ...], tuple[Cell, ...]]:
    name, unit = rng.choice(LEVELS)
    planned = [m for m, o in enumerate(on) if o]
    top = min(len(planned), 5)
    steps = {m: Decimal(max(1, (n + 1) * top // len(planned))) for n, m in enumerate(planned)}
    plan = tuple(steps.get(m) for m in range(12))
    late = rng.random() < 0.3
    actual = tuple(None if p is None else max(Decimal(1), p - 1) if late else p for p in plan)
    return name, unit, "latest", plan, actual


# -- printing ---------------------------------------------------------------------------------


def printed(plan: tuple[PrintedWork, ...], layout: Layout, year: int = 2568) -> Document:
    """Return a document that prints ``plan`` in a layout."""
    document = Document([], plan, layout)
    document.rows += [
        [f"แผนปฏิบัติการสำนักงานตัวอย่าง ประจำปี พ.ศ. {year}"],
        [],
        ["ยุทธศาสตร์ที่ 1 การบริการที่ทันสมัย (Modern service)"],
        [],
    ]
    document.rows += _heading(document)
    kind = ""
    for work in plan:
        if work.kind != kind:
            document.rows.append([work.kind, *[""] * (_width(document) - 1)])
            kind = work.kind
        _print_work(document, work, year)
    return document


def _front_heads(layout: Layout) -> list[str]:
    pair = ["น้ำหนัก", "หน่วยนับ"] if layout.weight_first else ["หน่วยนับ", "น้ำหนัก"]
    side = [] if layout.sides_in_columns else ["แผน/ผล"]
    return ["ลำดับที่", "งาน/โครงการ ตัวชี้วัด", "หน่วยงาน", "งบประมาณ (บาท)", "เป้าหมาย", *side, *pair]


def _month_order(layout: Layout) -> list[int]:
    return [*range(9, 12), *range(9)] if layout.fiscal else list(range(12))


def _heading(document: Document) -> Iterator[list[str]]:
    layout = document.layout
    front = _front_heads(layout)
    document.first_month = len(front)
    months: list[str] = []
    for n, month in enumerate(_month_order(layout), 1):
        months += [MONTHS[month], ""] if layout.sides_in_columns else [MONTHS[month]]
        if layout.subtotals and n % 3 == 0:
            months.append(f"รวมไตรมาส {n // 3}")
    back = ["รวมแผน", "รวมผล"] if layout.sides_in_columns else ["รวม"]
    yield [*front, *months, *back, "ผลการดำเนินงาน (ร้อยละ)", "หมายเหตุ"]
    if layout.sides_in_columns:
        yield [*[""] * len(front), *["แผน", "ผล"] * 12, "", "", "", ""]


def _width(document: Document) -> int:
    return max(len(row) for row in document.rows)


def _print_work(document: Document, work: PrintedWork, year: int) -> None:
    layout, rows, width = document.layout, document.rows, _width(document)
    title = [f"{work.number}.", work.title] if layout.number_apart else [f"{work.number}. {work.title}", ""]
    front = [*title, work.unit, f"{work.budget:,}"]
    if not layout.title_in_row:
        rows.append([*front, *[""] * (width - 4)])
    for indicator in work.indicators:
        lead = [f"ตัวชี้วัดที่ {indicator.number}", indicator.name, "", ""]
        if layout.title_in_row and indicator.number == 1:
            lead = [f"{work.number}. {work.title}", f"ตัวชี้วัดที่ 1 {indicator.name}", work.unit, f"{work.budget:,}"]
        _print_indicator(document, work, indicator, lead)
    period = f"ระยะเวลาโครงการ : {FULL[work.first - 1]} - {FULL[work.last - 1]} {year}"
    if layout.fiscal:
        period = "ระยะเวลาโครงการ : ตลอดปี"
    closing = [period, *[""] * (width - 1)]
    closing[document.first_month] = "ร้อยละเฉลี่ยของงาน/โครงการ"
    closing[width - 2] = printed_number(work.percent)
    rows.append(closing)


def _print_indicator(document: Document, work: PrintedWork, indicator: PrintedIndicator, lead: list[str]) -> None:
    layout, rows = document.layout, document.rows
    pair = [indicator.unit, printed_number(indicator.weight)]
    if layout.weight_first:
        pair.reverse()
    key = (work.number, indicator.number)
    plan, actual = (_months(side, layout) for side in (indicator.plan, indicator.actual))
    totals = [printed_number(indicator.plan_total), printed_number(indicator.actual_total)]
    target = printed_number(
        indicator.target if indicator.target == indicator.target.to_integral_value() else shown(indicator.target)
    )
    percent = printed_number(indicator.percent)
    if layout.sides_in_columns:
        cells = [c for both in zip(plan, actual, strict=True) for c in both]
        document.places[*key, "plan"] = document.places[*key, "actual"] = len(rows)
        rows.append([*lead, target, *pair, *cells, *totals, percent, ""])
        return
    document.places[*key, "plan"] = len(rows)
    rows.append([*lead, target, "แผน", *pair, *plan, totals[0], "", ""])
    document.places[*key, "actual"] = len(rows)
    rows.append(["", "", "", "", "", "ผล", "", "", *actual, totals[1], percent, ""])


def _months(months: tuple[Cell, ...], layout: Layout) -> list[str]:
    order = _month_order(layout)
    made: list[str] = []
    for n, at in enumerate(order, 1):
        made.append(printed_number(months[at]))
        if layout.subtotals and n % 3 == 0:
            quarter = [months[m] for m in order[n - 3 : n] if months[m] is not None]
            made.append(printed_number(sum(quarter, Decimal()) if quarter else None))
    return made


# -- damage -------------------------------------------------------------------------------------

Damage = Callable[[random.Random, Document], str]


def _some_row(rng: random.Random, document: Document) -> tuple[tuple[int, int, str], list[str]]:
    place = rng.choice(sorted(document.places))
    return place, document.rows[document.places[place]]


def _named(place: tuple[int, int, str]) -> str:
    return f"{place[0]}.{place[1]} {place[2]}"


def drop_dash(rng: random.Random, document: Document) -> str:
    """Lose a dash: everything after it moves one place to the left."""
    return _lose(rng, document, lambda cell: cell == "-")


def drop_number(rng: random.Random, document: Document) -> str:
    """Lose a number of a month."""
    return _lose(rng, document, lambda cell: cell not in ("-", ""))


def _lose(rng: random.Random, document: Document, wanted: Callable[[str], bool]) -> str:
    place, row = _some_row(rng, document)
    first = document.first_month
    at = [n for n in range(first, first + 12) if n < len(row) and wanted(row[n])]
    if not at:
        return ""
    del row[rng.choice(at)]
    row.append("")
    return _named(place)


def double_cell(rng: random.Random, document: Document) -> str:
    """Print a cell of a month twice: everything after it moves one place to the right."""
    place, row = _some_row(rng, document)
    at = document.first_month + rng.randrange(12)
    row.insert(at, row[at])
    if not row[-1]:
        row.pop()
    return _named(place)


def surplus_dashes(rng: random.Random, document: Document) -> str:
    """Put one or two dashes too many among the months."""
    place, row = _some_row(rng, document)
    for _ in range(rng.choice((1, 2))):
        row.insert(document.first_month + rng.randrange(12), "-")
    return _named(place)


def shift_row(rng: random.Random, document: Document) -> str:
    """Move a whole row one or two places to the right."""
    place, row = _some_row(rng, document)
    for _ in range(rng.choice((1, 2))):
        row.insert(1 if place[2] == "plan" else 0, "")
    return _named(place)


def lose_total(rng: random.Random, document: Document) -> str:
    """Blank a printed total."""
    place, row = _some_row(rng, document)
    at = len(_heading_row(document)) - (3 if not document.layout.sides_in_columns else 4)
    row[at] = ""
    return _named(place)


def misread_digit(rng: random.Random, document: Document) -> str:
    """Change one digit of a number of a month."""
    place, row = _some_row(rng, document)
    first = document.first_month
    at = [n for n in range(first, first + 12) if row[n] not in ("-", "")]
    if not at:
        return ""
    chosen = rng.choice(at)
    text = row[chosen]
    digits = [n for n, c in enumerate(text) if c.isdigit()]
    where = rng.choice(digits)
    other = rng.choice([d for d in "123456789" if d != text[where]])
    row[chosen] = text[:where] + other + text[where + 1 :]
    return _named(place)


def swap_letters(rng: random.Random, document: Document) -> str:
    """Misread letters of headings and labels: ม.ย. for เม.ย., ร.ค. for ธ.ค., a lost vowel."""
    heading = _heading_row(document)
    wrong = {"เม.ย.": "ม.ย.", "ธ.ค.": "ร.ค.", "น้ำหนัก": "น้ำหนก", "หน่วยนับ": "หน่วยนบ", "เป้าหมาย": "เปาหมาย"}
    at = rng.choice([n for n, cell in enumerate(heading) if cell in wrong])
    heading[at] = wrong[heading[at]]
    return "heading"


def _heading_row(document: Document) -> list[str]:
    return next(row for row in document.rows if row and row[0] == "ลำดับที่")


DAMAGES: dict[str, Damage] = {
    "dash dropped": drop_dash,
    "number dropped": drop_number,
    "cell doubled": double_cell,
    "surplus dashes": surplus_dashes,
    "row shifted": shift_row,
    "total lost": lose_total,
    "digit misread": misread_digit,
    "letters swapped": swap_letters,
}
