"""The paper of every document: A4 with official margins, portrait and landscape."""

from __future__ import annotations

from dataclasses import dataclass

POINT = 20  # the unit of a page: a twentieth of a point, so that every length is whole
_CM = 567
_LONG, _SHORT = 16838, 11906  # A4
# Offices count in points of TH SarabunPSK; our Sarabun is the same design, drawn larger in its square.
OFFICE_POINT = 0.74


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet and its margins, in twentieths of a point."""

    width: int
    height: int
    top: int
    right: int
    bottom: int
    left: int

    @property
    def landscape(self) -> bool:
        """Whether the sheet is turned."""
        return self.width > self.height

    @property
    def text_width(self) -> int:
        """The width between the margins."""
        return self.width - self.left - self.right

    @property
    def text_height(self) -> int:
        """The height between the margins."""
        return self.height - self.top - self.bottom


# The official letter: 2.5 cm above, 2 below, 3 left (binding), 2 right.  Turned, the upper edge is bound,
# and the lower one keeps room for the running foot.
PORTRAIT = Paper(_SHORT, _LONG, _CM * 5 // 2, 2 * _CM, 2 * _CM, 3 * _CM)
LANDSCAPE = Paper(_LONG, _SHORT, _CM * 5 // 2, _CM * 3 // 2, _CM * 9 // 5, _CM * 3 // 2)


def paper_of(*, landscape: bool) -> Paper:
    """Return the paper of a section."""
    return LANDSCAPE if landscape else PORTRAIT
