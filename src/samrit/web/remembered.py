"""Parts of pages kept as long as what they show is the same: rendered once, sent many times.

What a part shows is one context object.  Selectors hand out the same object until
something in it changes, so the object itself is the key; nothing is ever stale.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

from django.utils.safestring import SafeString

_MOST_KEPT = 64
_kept: OrderedDict[tuple[int, Hashable], tuple[object, SafeString]] = OrderedDict()
_lock = Lock()


def remembered(shown: object, variant: Hashable, render: Callable[[], SafeString]) -> SafeString:
    """Return the part that shows ``shown`` in ``variant`` (language, links), rendered anew only for a new object."""
    key = (id(shown), variant)
    with _lock:
        found = _kept.get(key)
        if found is not None and found[0] is shown:
            _kept.move_to_end(key)
            return found[1]
    made = render()
    with _lock:
        _kept[key] = (shown, made)
        while len(_kept) > _MOST_KEPT:
            _kept.popitem(last=False)
    return made
