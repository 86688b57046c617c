"""What a page carries along of what it showed: sent back with a decision, so that it is about nothing else."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client


def decided(client: Client, page: str, address: str, sent: dict[str, Any], **more: Any) -> Any:
    """Look at ``page`` and send a decision to ``address`` with the mark of what stood there."""
    found = re.search(r'name="shown" value="([^"]+)"', client.get(page).content.decode())
    assert found is not None, f"{page} carries no mark"
    return client.post(address, {**sent, "shown": found[1]}, **more)
