"""Tables without lines: rows of words that leave the same gaps free from top to bottom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from samrit.intake.sources.pdf.lines import PdfLine, Word

# Parts of a letter's height.
_WIDE_GAP = 0.75  # between two cells of one row
_RIVER = 0.5  # a gap that runs down the page
_FAR = 2.6  # from line to line; more is another table
_MAY_CROSS = 0.12  # of the rows may write over a gap, as headings over several columns do
_FEWEST_ROWS = 3
_MOST_SINGLE = 2  # lines of one cell only that may be between rows, as wrapped text does
_MOSTLY = 0.6


@dataclass(slots=True)
class AlignedCell:
    """A cell of a row: its text, its first column and how many it reaches over."""

    text: str
    column: int
    span: int


@dataclass(slots=True)
class Stretch:
    """Consecutive lines: a table with ``rows``, or running text without."""

    lines: list[PdfLine]
    rows: list[list[AlignedCell]] | None = None


def stretches(lines: Sequence[PdfLine]) -> Iterator[Stretch]:
    """Yield the tables and the running text of ``lines``, which come from the top."""
    text: list[PdfLine] = []
    for run in _runs(lines):
        edges = _columns(run) if len(run) >= _FEWEST_ROWS else []
        if len(edges) < 2 or not _is_table(run, edges):
            text.extend(run)
            continue
        if text:
            yield Stretch(text)
            text = []
        yield Stretch(run, [_row(line, edges) for line in run])
    if text:
        yield Stretch(text)


def _runs(lines: Sequence[PdfLine]) -> Iterator[list[PdfLine]]:
    """Yield runs of lines that may be a table: lines with wide gaps, with few others between them."""
    run: list[PdfLine] = []
    single = 0
    for line in lines:
        wide = has_wide_gap(line)
        far = bool(run) and line.base - run[-1].base > _FAR * line.size
        single = 0 if wide else single + 1
        if run and (far or single > _MOST_SINGLE or not has_wide_gap(run[0])):
            yield from _trimmed(run)
            run = []
        run.append(line)
    yield from _trimmed(run)


def _trimmed(run: list[PdfLine]) -> Iterator[list[PdfLine]]:
    """Yield a run, and lines without gaps at its end apart from it."""
    end = len(run)
    while end > 0 and not has_wide_gap(run[end - 1]):
        end -= 1
    if run[:end]:
        yield run[:end]
    if run[end:]:
        yield run[end:]


def has_wide_gap(line: PdfLine) -> bool:
    """Say whether two words of a line stand as far apart as cells do."""
    gap = _WIDE_GAP * line.size
    return any(b.begin - a.end > gap for a, b in zip(line.words, line.words[1:], strict=False))


def _columns(run: Sequence[PdfLine]) -> list[tuple[float, float]]:
    """Return begin and end of each column: what lies between the gaps that hardly any row writes over."""
    telling = [line for line in run if has_wide_gap(line)]
    allowed = int(len(telling) * _MAY_CROSS)
    events = sorted(event for line in telling for word in _cells(line) for event in ((word.begin, 1), (word.end, -1)))
    river = _RIVER * sorted(line.size for line in telling)[len(telling) // 2]
    columns: list[tuple[float, float]] = []
    depth = 0
    begin: float | None = None
    for x, step in events:
        before, depth = depth, depth + step
        if before <= allowed < depth:
            if begin is None or not columns or x - columns[-1][1] >= river:
                begin = x
            else:
                begin, _ = columns.pop()
        elif depth <= allowed < before and begin is not None:
            columns.append((begin, x))
    return columns


def _cells(line: PdfLine) -> list[Word]:
    """Return the words of a line joined where only a space lies between them."""
    found: list[Word] = []
    for word in line.words:
        if found and word.begin - found[-1].end <= _RIVER * line.size:
            found[-1] = Word(f"{found[-1].text} {word.text}", found[-1].begin, word.end)
        else:
            found.append(Word(word.text, word.begin, word.end))
    return found


def _is_table(run: Sequence[PdfLine], edges: list[tuple[float, float]]) -> bool:
    """Say whether most rows fill at least two columns; chance gaps in running text do not."""
    several = sum(len({place.column for place in _row(line, edges)}) > 1 for line in run)
    return several >= _FEWEST_ROWS and several >= _MOSTLY * sum(has_wide_gap(line) for line in run)


def _row(line: PdfLine, edges: list[tuple[float, float]]) -> list[AlignedCell]:
    """Return the cells of a line; words that are over several columns become one wide cell."""
    places: list[AlignedCell] = []
    for word in _cells(line):
        touched = [n for n, (begin, end) in enumerate(edges) if word.begin < end and word.end > begin]
        if not touched:
            middle = (word.begin + word.end) / 2
            touched = [min(range(len(edges)), key=lambda n: min(abs(edges[n][0] - middle), abs(edges[n][1] - middle)))]
        first, last = touched[0], touched[-1]
        if places and places[-1].column + places[-1].span > first:
            before = places[-1]
            before.text = f"{before.text} {word.text}"
            before.span = max(before.span, last - before.column + 1)
        else:
            places.append(AlignedCell(word.text, first, last - first + 1))
    return places
