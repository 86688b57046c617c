"""Pages of the PDF, in points: official margins, portrait and landscape, and the sizes of type."""

from __future__ import annotations

from dataclasses import dataclass

_CM = 28.3465
_LONG, _SHORT = 841.89, 595.28  # A4
# Offices count in points of TH SarabunPSK; our Sarabun is the same design, drawn larger in its square.
OFFICE_POINT = 0.74


@dataclass(frozen=True, slots=True)
class Page:
    """Geometry of a page; all lengths in points."""

    width: float
    height: float
    top: float
    right: float
    bottom: float
    left: float

    @property
    def text_width(self) -> float:
        """The width between the margins."""
        return self.width - self.left - self.right

    @property
    def text_height(self) -> float:
        """The height between the margins."""
        return self.height - self.top - self.bottom


# The official letter: 2.5 cm above, 2 below, 3 left (binding), 2 right.  Turned, the upper edge is bound.
PORTRAIT = Page(_SHORT, _LONG, 2.5 * _CM, 2 * _CM, 2 * _CM, 3 * _CM)
LANDSCAPE = Page(_LONG, _SHORT, 2.5 * _CM, 1.5 * _CM, 1.8 * _CM, 1.5 * _CM)


def page_of(*, landscape: bool) -> Page:
    """Return the page of a section."""
    return LANDSCAPE if landscape else PORTRAIT
