"""The page as a reader sees it: points from the top left, turned upright."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageView:
    """How the coordinates of a page's content become those of the page as shown."""

    left: float
    bottom: float
    right: float
    top: float
    turned: int  # clockwise: 0, 90, 180 or 270

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point of the content is seen: to the right, and down."""
        match self.turned:
            case 90:
                return y - self.bottom, x - self.left
            case 180:
                return self.right - x, y - self.bottom
            case 270:
                return self.top - y, self.right - x
            case _:
                return x - self.left, self.top - y

    @property
    def width(self) -> float:
        """The width of the page as shown."""
        return self.right - self.left if self.turned in {0, 180} else self.top - self.bottom

    @property
    def height(self) -> float:
        """The height of the page as shown."""
        return self.top - self.bottom if self.turned in {0, 180} else self.right - self.left
