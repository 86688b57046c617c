"""Parts of pages kept as long as what they show is the same: rendered once, sent many times.

What a part shows is one context object.  Selectors hand out the same object until
something in it changes, so the object itself is the key; nothing is ever stale.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable

from django.utils.safestring import SafeString

from samrit.plans.evaluation.made import Made

_parts: Made[SafeString] = Made(most=64)


def remembered(shown: object, variant: Hashable, render: Callable[[], SafeString]) -> SafeString:
    """Return the part that shows ``shown`` in ``variant`` (language, links), rendered anew only for a new object."""
    return _parts((shown,), variant, render)
