"""Diagrams: boxes on levels from top to bottom, joined by lines (R328, R329)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from samrit.reports.document.model import Diagram, Node
from samrit.reports.drawing.canvas import (
    BODY,
    GREY,
    INK,
    MARGIN,
    NAVY,
    SMALL,
    WHITE,
    WIDTH,
    Canvas,
    line_height,
    width_of,
)
from samrit.reports.drawing.wrapping import balanced, wrap

_PAD, _GAP, _BETWEEN = 8.0, 12.0, 44.0
_ROW_GAP = 20.0  # between two rows of one level
_NARROWEST = 120.0  # a box narrower than this cannot hold Thai words; the level then takes several rows
_WIDEST = 420.0
_GROUPS = 110.0  # the widest column of level names
_PAINTS = (("#12355b", WHITE), ("#dbe7f3", NAVY), ("#e3f1ef", "#0b534d"), ("#f3f4f6", INK))


@dataclass(frozen=True, slots=True)
class _Box:
    """A node with its words wrapped and its place on the sheet."""

    node: Node
    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]

    @property
    def middle(self) -> float:
        """The middle of the box from left to right."""
        return self.x + self.width / 2


def diagram(canvas: Canvas, drawing: Diagram) -> None:
    """Draw the levels one under the other, and the lines behind the boxes."""
    if not drawing.nodes:
        return
    levels = [[n for n in drawing.nodes if n.level == level] for level in sorted({n.level for n in drawing.nodes})]
    names = [_shared_group(level) for level in levels]
    widest = max((width_of(name, SMALL, bold=True) for name in names if name), default=0.0)
    left = MARGIN + (min(widest, _GROUPS) + 16 if widest else 0)
    boxes: dict[str, _Box] = {}
    for level, name in zip(levels, names, strict=True):
        top = canvas.y
        for row in _rows(_ordered(level, drawing, boxes), WIDTH - MARGIN - left):
            boxes |= {box.node.id: box for box in _placed(canvas, row, left)}
        if name:
            lines = wrap(name, left - MARGIN - 12, SMALL, bold=True)
            canvas.y = max(canvas.y, top + len(lines) * line_height(SMALL) + _ROW_GAP)
            canvas.block(MARGIN, (top + canvas.y - _ROW_GAP) / 2, lines, size=SMALL, bold=True, colour=GREY)
        canvas.y += _BETWEEN - _ROW_GAP
    canvas.y -= _BETWEEN
    rows_of_boxes = _by_row(boxes.values())
    for start, end in drawing.edges:
        if start in boxes and end in boxes and start != end:
            _join(canvas, boxes[start], boxes[end], rows_of_boxes)
    kinds = list(dict.fromkeys(_kind(node) for level in levels for node in level))
    for box in boxes.values():
        _draw(canvas, box, kinds.index(_kind(box.node)))


def _kind(node: Node) -> str:
    """Return what decides the colour of a box: its group, or else its level."""
    return node.group or str(node.level)


def _shared_group(level: Sequence[Node]) -> str:
    """Return the group that all boxes of a level share: then it is said once, at the left."""
    groups = {node.group for node in level}
    return groups.pop() if len(groups) == 1 else ""


def _ordered(level: list[Node], drawing: Diagram, boxes: dict[str, _Box]) -> list[Node]:
    """Return the nodes ordered by where the boxes above them are, so that few lines cross."""

    def place(node: Node) -> float:
        above = [boxes[start].middle for start, end in drawing.edges if end == node.id and start in boxes]
        return sum(above) / len(above) if above else 0.0

    return sorted(level, key=place)


def _rows(level: list[Node], width: float) -> list[list[Node]]:
    """Return the level in rows of as many boxes as can stand side by side, evenly filled."""
    most = max(1, int((width + _GAP) // (_NARROWEST + _GAP)))
    count = -(-len(level) // most)
    size = -(-len(level) // count)
    return [level[start : start + size] for start in range(0, len(level), size)]


def _placed(canvas: Canvas, row: list[Node], left: float) -> list[_Box]:
    """Place one row of boxes; all are as high as the highest needs to be."""
    room = WIDTH - MARGIN - left
    width = min((room - _GAP * (len(row) - 1)) / len(row), _WIDEST)
    start = left + (room - width * len(row) - _GAP * (len(row) - 1)) / 2
    size = BODY if width > 150 else SMALL
    texts = [balanced(_words(node, row), width - 2 * _PAD, size) for node in row]
    height = max(len(lines) for lines in texts) * line_height(size) + 2 * _PAD
    boxes = [
        _Box(node, start + place * (width + _GAP), canvas.y, width, height, lines)
        for place, (node, lines) in enumerate(zip(row, texts, strict=True))
    ]
    canvas.y += height + _ROW_GAP
    return boxes


def _words(node: Node, row: Sequence[Node]) -> str:
    """Return the words of a box; a group that the level does not share is in the box."""
    return f"{node.group}\n{node.text}" if node.group and len({n.group for n in row}) > 1 else node.text


def _by_row(boxes: Iterable[_Box]) -> list[list[_Box]]:
    """Return the boxes by the rows they are in, from the top."""
    rows: dict[float, list[_Box]] = {}
    for box in boxes:
        rows.setdefault(box.y, []).append(box)
    return [rows[y] for y in sorted(rows)]


def _join(canvas: Canvas, one: _Box, other: _Box, rows: list[list[_Box]]) -> None:
    """Draw a line between two boxes with right angles; rows between them are passed where they leave a gap."""
    above, below = sorted((one, other), key=lambda box: box.y)
    foot, x = above.y + above.height, above.middle
    path = f"M{x:.1f} {foot:.1f}"
    if above.y == below.y:
        path += f"v{_GAP / 2:.1f}H{below.middle:.1f}v{-_GAP / 2:.1f}"
        canvas.add("path", d=path, fill="none", stroke=GREY, stroke_width=1.4)
        return
    for row in rows:
        if above.y < row[0].y < below.y:
            x = min(_gaps(row), key=lambda gap: abs(gap - x) + abs(gap - below.middle))
            path += f"V{(foot + row[0].y) / 2:.1f}H{x:.1f}"
            foot = row[0].y + row[0].height
    path += f"V{(foot + below.y) / 2:.1f}H{below.middle:.1f}V{below.y:.1f}"
    canvas.add("path", d=path, fill="none", stroke=GREY, stroke_width=1.4)


def _gaps(row: list[_Box]) -> list[float]:
    """Return where a line can pass a row: between its boxes, and at both ends."""
    return [row[0].x - _GAP / 2, *(min(box.x + box.width + _GAP / 2, WIDTH - 1) for box in row)]


def _draw(canvas: Canvas, box: _Box, kind: int) -> None:
    paint, ink = _PAINTS[min(kind, len(_PAINTS) - 1)]
    canvas.add("rect", x=box.x, y=box.y, width=box.width, height=box.height, rx=5, fill=paint, stroke=NAVY)
    size = BODY if box.width > 150 else SMALL
    middle = box.y + box.height / 2
    canvas.block(box.middle, middle, box.lines, size=size, anchor="middle", colour=ink, bold=kind == 0)
