"""Everything that goes wrong in a browser without being seen: faults of scripts, refused resources, dialogs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, Response, WebError

# Chromium's and htmx's own lines for every answer of 400 and above; which are expected is each test's business.
_STATUS = re.compile(r"(Failed to load resource: the server responded with a status of|Response Status Error Code) \d+")


@dataclass
class Watch:
    """What was noticed in one context; ``expected`` statuses and ``offline`` faults are no faults."""

    expected: set[int] = field(default_factory=set)
    offline: bool = False
    faults: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> Watch:
        """Begin to watch."""
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("dialog", self._dialog)
        context.on("response", self._response)
        return self

    def _console(self, message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning"):
            return
        status = _STATUS.match(message.text)
        lost = self.offline and ("net::ERR_" in message.text or message.text.startswith("htmx:"))
        if status is None and not lost:
            self.faults.append(f"{message.type}: {message.text}")

    def _error(self, error: WebError) -> None:
        self.faults.append(f"uncaught: {error.error}")

    def _dialog(self, dialog: Dialog) -> None:
        self.dialogs.append(dialog.message)
        dialog.accept()

    def _response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected:
            self.faults.append(f"{response.status} {response.request.method} {response.url}")
