"""One document being read: its name, what was noticed, and what it has cost so far."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Any

from samrit.intake.sources import limits
from samrit.intake.sources.refusal import refuse
from samrit.package.notes import Notes
from samrit.vocabulary.findings import Finding, Place

Progress = Callable[[int, int], None]
"""Called with what is done and what there is in all: pages, sheets or bytes."""

_LOOK_AT_CLOCK_EVERY = 4096


class Job:
    """Counts cells, letters and seconds for all parts of one document, and refuses it when a limit is passed."""

    def __init__(self, document: str, progress: Progress | None = None, *, seconds: float | None = None) -> None:
        self.document = document
        self._notes = Notes()
        self._taken: list[Finding] = []
        self.progress = progress
        self._cells = 0
        self._rows = 0
        self._elements = 0
        self._letters = 0
        self.seconds = limits.SECONDS if seconds is None else seconds  # of work, which a busy machine doesn't change
        self._begun = time.process_time()

    def note(self, code: str, *, column: str = "", **params: Any) -> None:
        """Note a finding; ``column`` is the sheet or cell that it is about."""
        self._notes.add(code, Place(self.document, column=column), **params)

    def take(self, findings: Iterable[Finding]) -> None:
        """Take over what another reader noticed."""
        self._taken.extend(findings)

    def findings(self) -> tuple[Finding, ...]:
        """Return everything noticed so far."""
        return (*self._notes.findings(), *self._taken)

    def told(self, done: int, total: int) -> None:
        """Tell whoever waits how far the reading is."""
        self.check_time()
        if self.progress is not None:
            self.progress(done, total)

    def cell(self, text: str = "", times: int = 1) -> None:
        """Count a cell that is kept, ``times`` over."""
        before = self._cells
        self._cells += times
        if self._cells > limits.MOST_CELLS:
            refuse("intake_too_many_cells", limit=limits.MOST_CELLS)
        self.kept_text(text, times)
        if before // _LOOK_AT_CLOCK_EVERY != self._cells // _LOOK_AT_CLOCK_EVERY:
            self.check_time()

    def kept_text(self, text: str, times: int = 1) -> None:
        """Count letters that are kept."""
        self._letters += len(text) * times
        if self._letters > limits.MOST_LETTERS:
            refuse("intake_too_much_text", limit=limits.MOST_LETTERS)

    def element(self) -> None:
        """Count an element that is looked at, kept or not."""
        self._elements += 1
        if self._elements % _LOOK_AT_CLOCK_EVERY == 0:
            self.check_time()
            if self._elements > limits.MOST_ELEMENTS:
                refuse("intake_too_many_cells", limit=limits.MOST_CELLS)

    def row(self, cells: Iterable[str]) -> None:
        """Count a row of a plan's package."""
        self._rows += 1
        if self._rows > limits.MOST_ROWS_OF_PLAN:
            refuse("intake_too_many_rows", limit=limits.MOST_ROWS_OF_PLAN)
        for text in cells:
            self.cell(text)
        if self._letters > limits.MOST_LETTERS_OF_PLAN:
            refuse("intake_too_much_text", limit=limits.MOST_LETTERS_OF_PLAN)

    def check_time(self) -> None:
        """Refuse the document when its time is over."""
        if self.spent() > self.seconds:
            refuse("intake_too_slow", seconds=int(self.seconds))

    def spent(self) -> float:
        """Return the seconds of work that this process has done since the document came."""
        return time.process_time() - self._begun
