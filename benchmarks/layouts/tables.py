"""Works laid out as a table in a style."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from benchmarks.layouts.sheet import Cell, Table
from benchmarks.layouts.style import Style, number_of
from benchmarks.layouts.truth import Figure, Measure, Months, Work

_OF_WORK = {"number", "title", "office", "budget", "period", "remark"}


@dataclass(frozen=True)
class _Column:
    """A column among the periods: a period, or a quarter's sum of the periods it covers."""

    head: str
    group: int
    periods: tuple[int, ...]  # places in the style's periods


def table(works: Sequence[Work], style: Style, *, strategies: Sequence[str] = ()) -> Table:
    """Return the table; ``strategies`` are headings of the works' strategies, as rows over the whole width."""
    heads = list(_heads(style))
    width = Table(heads, len(heads)).width
    rows = list(heads)
    strategy = kind = ""
    for work in works:
        if strategies and work.strategy != strategy:
            rows.append([Cell(strategies[int(work.strategy) - 1], width)])
            kind = ""
        if work.kind != kind:
            rows.append([Cell(work.kind, width)])
        strategy, kind = work.strategy, work.kind
        rows += _stacked(work, style, width) if style.shape == "stacked" else _inline(work, style)
    return Table(rows, len(heads))


def period_words(work: Work, style: Style) -> str:
    """Return "มกราคม - ธันวาคม" for a work, "" where it has no period."""
    if work.first is None or work.last is None:
        return ""
    return f"{style.months[work.first - 1]} - {style.months[work.last - 1]}"


def _columns(style: Style) -> list[_Column]:
    per = len(style.periods) // 4 if style.groups or style.sums else len(style.periods)
    made: list[_Column] = []
    for group in range(len(style.periods) // per):
        places = tuple(range(group * per, (group + 1) * per))
        months = [_Column(style.periods[place], group, (place,)) for place in places]
        quarter = [_Column(style.sum_head.format(group + 1), group, places)]
        made += {"": months, "before": [*quarter, *months], "after": [*months, *quarter]}[style.sums]
    return made


def _heads(style: Style) -> Iterator[list[Cell]]:
    columns = _columns(style)
    sides = 2 if style.sides == "columns" else 1
    tall = 1 + bool(style.groups) + (sides - 1)
    top = [Cell(style.heads[key], tall=tall) for key in style.front]
    if style.sides == "rows":
        top.append(Cell(style.heads["side"], tall=tall))
    names = [Cell(column.head, sides) for column in columns]
    if style.groups:
        per = len(columns) // len(style.groups)
        top += [Cell(name, per * sides) for name in style.groups]
    else:
        top += names
    yield [*top, *(Cell(style.heads[key], tall=tall) for key in _back(style))]
    if style.groups:
        yield names
    if sides == 2:
        yield [Cell(word) for _ in columns for word in style.side_words]


def _back(style: Style) -> list[str]:
    both = style.sides == "columns"
    return [
        key for name in style.back for key in (("total_plan", "total_actual") if name == "total" and both else (name,))
    ]


def _inline(work: Work, style: Style) -> Iterator[list[Cell]]:
    tall = 2 if style.sides == "rows" else 1
    height = tall * len(work.measures)
    for at, measure in enumerate(work.measures):
        front = [
            _of_work(work, key, style, height) if key in _OF_WORK else _of_measure(measure, key, style, tall)
            for key in style.front
            if at == 0 or key not in _OF_WORK
        ]
        for line, row in enumerate(_figures(measure, style)):
            back = [
                _of_work(work, key, style, height) if key in _OF_WORK else cell
                for key, cell in _totals(measure, style, line)
                if key not in _OF_WORK or (at == 0 and line == 0)
            ]
            yield [*(front if line == 0 else []), *row, *back]


def _stacked(work: Work, style: Style, width: int) -> Iterator[list[Cell]]:
    own = [_of_work(work, key, style, 1) if key in _OF_WORK else Cell() for key in style.front]
    yield [*own, *[Cell()] * (width - len(own))]
    for order, measure in enumerate(work.measures, 1):
        for line, row in enumerate(_figures(measure, style)):
            front = [_below(measure, key, style, order) if line == 0 else Cell() for key in style.front]
            yield [*front, *row, *(Cell() if key in _OF_WORK else cell for key, cell in _totals(measure, style, line))]
    if style.closing:
        yield _closing(work, style, width)


def _below(measure: Measure, key: str, style: Style, order: int) -> Cell:
    """Return a cell of an indicator below its work: its name stands where titles do."""
    if key == "number":
        return Cell(style.words(style.counted.format(order)))
    if key == "title" and "indicator" not in style.front:
        name = measure.name if "number" in style.front else f"{style.counted.format(order)} {measure.name}"
        return Cell(style.words(name))
    return Cell() if key in _OF_WORK else _of_measure(measure, key, style, 1)


def _closing(work: Work, style: Style, width: int) -> list[Cell]:
    percents = [(m.weight or Decimal(0), m.percent) for m in work.measures]
    average = sum((weight * percent / 100 for weight, percent in percents if percent is not None), Decimal())
    row = [Cell()] * width
    row[1] = Cell(f"ระยะเวลาโครงการ : {period_words(work, style)}")
    row[len(style.front) + 1] = Cell("ร้อยละเฉลี่ยของงาน/โครงการ")
    row[width - 1 - (style.back[-1] != "percent")] = Cell(style.figure(average.quantize(Decimal("0.01"))))
    return row


def _of_work(work: Work, key: str, style: Style, tall: int) -> Cell:
    if key == "budget":
        return _printed(work.budget, work.budget_text, style, tall)
    number = "" if not style.joined or not work.number else f"{work.number} "
    text = {
        "number": work.number,
        "title": f"{number}{work.title}",
        "office": work.office,
        "period": period_words(work, style),
    }.get(key, "")
    return Cell(style.words(text), tall=tall)


def _of_measure(measure: Measure, key: str, style: Style, tall: int) -> Cell:
    match key:
        case "target":
            return _printed(measure.target, measure.target_text, style, tall)
        case "weight":
            return _printed(measure.weight, measure.weight_text, style, tall)
        case "measure":
            return Cell(measure.unit, tall=tall)
        case _:
            return Cell(style.words(measure.name), tall=tall)


def _printed(value: Decimal | None, text: str, style: Style, tall: int) -> Cell:
    return Cell(text, tall=tall) if text else Cell(style.figure(value), tall=tall, number=value)


def _figures(measure: Measure, style: Style) -> Iterator[list[Cell]]:
    """Yield the rows of an indicator among the periods, the name of the side before them where sides are rows."""
    columns = _columns(style)
    sides = (measure.plan,) if style.sides == "plan" else (measure.plan, measure.actual)
    if style.sides == "columns":
        yield [_figure(_of(measure, side, column), style) for column in columns for side in sides]
        return
    for word, side in zip(style.side_words, sides, strict=False):
        row = [_figure(_of(measure, side, column), style) for column in columns]
        yield [Cell(word), *row] if style.sides == "rows" else row


def _of(measure: Measure, side: Months, column: _Column) -> Figure:
    ends = [(place + 1) * measure.span for place in column.periods]
    if len(ends) == 1:
        return side[ends[0]]
    quarter = {end: side[end] for end in ends}
    total = measure.total(quarter)
    return total if total is not None else next(iter(quarter.values()))


def _figure(value: Figure, style: Style) -> Cell:
    return Cell(style.figure(value), number=number_of(value))


def _totals(measure: Measure, style: Style, line: int) -> Iterator[tuple[str, Cell]]:
    """Yield name and cell of each column behind the periods, of the row ``line`` of an indicator."""
    last = style.sides != "rows" or line == 1
    sides = [measure.plan, measure.actual]
    for key in _back(style):
        match key:
            case "total":
                yield key, _figure(measure.total(sides[line]), style)
            case "total_plan" | "total_actual":
                yield key, _figure(measure.total(sides[key == "total_actual"]), style)
            case "percent":
                yield key, _figure(measure.percent if last else None, style)
            case "target" | "weight" | "measure":
                yield key, _of_measure(measure, key, style, 1) if line == 0 else Cell()
            case _:
                yield key, Cell()
