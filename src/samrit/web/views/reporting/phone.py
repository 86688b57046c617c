"""The phone form: one indicator at a time, then the words that a poor result asks for, then a look and the sending."""

from __future__ import annotations

from dataclasses import dataclass

from samrit.plans.selectors.report.entry_lines import Report, ReportLine, ReportWork


@dataclass(frozen=True, slots=True)
class PhoneStep:
    """One screen: an indicator, the words on a work, or (neither) the look before sending."""

    number: int  # from 1
    count: int
    work: ReportWork | None
    line: ReportLine | None
    before: str  # where "back" leads, "" on the first screen
    after: str  # where "next" leads, "" on the last

    @property
    def is_last(self) -> bool:
        """Whether this is the look before sending."""
        return self.work is None


def phone_step(report: Report, at: str) -> PhoneStep:
    """Return the screen that an address names: an indicator's key, ``words`` of a work's key, or ``send``.

    Without a name it is the first indicator that lacks something, else the first of all.
    """
    screens = _screens(report)
    names = [name for name, _, _ in screens]
    place = names.index(at) if at in names else names.index(_first(report, names))
    _, work, line = screens[place]
    return PhoneStep(
        number=place + 1,
        count=len(screens),
        work=work,
        line=line,
        before=names[place - 1] if place else "",
        after=names[place + 1] if place + 1 < len(names) else "",
    )


def _screens(report: Report) -> list[tuple[str, ReportWork | None, ReportLine | None]]:
    screens: list[tuple[str, ReportWork | None, ReportLine | None]] = []
    for work in report.works:
        screens += [(line.key, work, line) for line in work.lines]
        if work.must_explain:
            screens.append((work.key, work, None))
    return [*screens, ("send", None, None)]


def _first(report: Report, names: list[str]) -> str:
    lacking = [line.key for line in report.lines if line.is_missing or line.is_unexplained]
    lacking += [work.key for work in report.wordless]
    return min(lacking, key=names.index, default=names[0] if report.lock is not None else names[-1])
