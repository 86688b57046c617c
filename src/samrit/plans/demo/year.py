"""The year of the demonstration: every unit reports month by month, some of them late, and quarters are closed.

Figures are those of the plan package.  Only where each unit of a group reports its own
part, and the printed report kept none of the parts, they are made up, and say so; so is
what some works have spent.
Who is late is drawn from unit and month, so that every demonstration tells the same story.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from samrit.plans.demo.accounts import HOME
from samrit.plans.demo.figures import draw, parts_of, table_of
from samrit.plans.demo.moments import Telling
from samrit.plans.demo.money import record_money
from samrit.plans.errors import ServiceError
from samrit.plans.models import Person, Plan, Role, Unit
from samrit.plans.reporting.days import due_days
from samrit.plans.reporting.duties import Duties, units_reporting_by_period
from samrit.plans.reporting.inputs import CellInput
from samrit.plans.selectors.control.finding_list import FindingFilter, finding_list
from samrit.plans.services.plan.evaluations import evaluation_close
from samrit.plans.services.plan.findings import finding_decide
from samrit.plans.services.report.evidence import evidence_add
from samrit.plans.services.report.figures import figures_save
from samrit.plans.services.report.narratives import narrative_save
from samrit.plans.services.report.reports import report_return, report_submit, reports_accept, reports_confirm
from samrit.vocabulary.findings import Finding

FIRST = 10  # the office began to report with Samrit in October; what was before came with the plan
LAST = 12  # the month that is still on its way
QUARTERS = (3, 6, 9)  # closed and evaluated
_WHY = "ผลต่างจากแผนตามช่วงเวลาดำเนินงาน (ข้อความของชุดสาธิต)"
_CAUSE = "ดำเนินการได้ต่ำกว่าแผนในเดือนนี้ (ข้อความของชุดสาธิต)"
_NEXT = "เร่งดำเนินการในเดือนถัดไป (ข้อความของชุดสาธิต)"
_RETURN = "โปรดแนบหลักฐานและทบทวนตัวเลขอีกครั้ง"
_CHECKED = "ตรวจกับหน่วยงานแล้ว ตัวเลขตรงกับเอกสารต้นทาง (ข้อความของชุดสาธิต)"
_CLOSED_OVER = "ปิดตามกำหนด ทั้งที่บางหน่วยงานยังส่งไม่ครบ (ข้อความของชุดสาธิต)"

Step = tuple[date, int, Callable[[], object]]  # the day, the order within the day, what is done


@dataclass
class Year:
    """Tells one plan's year."""

    plan: Plan
    units: Mapping[str, Unit]
    people: Mapping[tuple[str, str], Person]
    planner: Person
    days: Mapping[int, date] = field(init=False)
    duties: Mapping[int, Duties] = field(init=False)

    def __post_init__(self) -> None:
        """Look up when months are due and who reports what."""
        self.days, self.duties = due_days(self.plan), units_reporting_by_period(self.plan)

    def tell(self, story: Telling) -> None:
        """Let everything happen in the order of the days."""
        for day, step, act in sorted(self._steps(), key=lambda s: s[:2]):
            story.on(day, 8 + step)
            act()

    def _steps(self) -> Iterator[Step]:
        for period in range(FIRST, LAST + 1):
            for code in sorted(self.duties[period].by_unit):
                if self.duties[period].owes(code, period):
                    yield from UnitMonth(self, self.units[code], period).steps()
            yield self.days[period] + timedelta(days=8), 5, lambda p=period: self._accept(p)  # type: ignore[misc]
            yield self.days[period] + timedelta(days=9), 5, lambda p=period: self._pay(p)  # type: ignore[misc]
        for period in QUARTERS:
            yield self.days[period] + timedelta(days=14), 6, lambda p=period: self._evaluate(p)  # type: ignore[misc]

    def _accept(self, period: int) -> None:
        """Accept what is confirmed; of the last month, only half has been looked at yet."""
        reports = (
            self.plan.reports.select_related("unit").filter(period=period, state="confirmed").order_by("unit__code")
        )
        ready = [r.unit for r in reports if period < LAST or draw(r.unit.code, "accept") < 50]
        reports_accept(self.planner, plan=self.plan, period=period, units=ready)

    def _pay(self, period: int) -> None:
        """Record the month's money."""
        record_money(self.planner, self.plan, period, is_first=period == FIRST)

    def _evaluate(self, period: int) -> None:
        """Settle some findings and close the quarter."""
        warnings = finding_list(self.plan, period, FindingFilter("warning", "open")).rows
        for at, row in enumerate(warnings[:6]):
            state = ("explained", "accepted", "fixed")[at % 3]
            finding_decide(self.planner, plan=self.plan, finding=row.finding, state=state, reason=_CHECKED)
        evaluation_close(self.planner, plan=self.plan, period=period, reason=_CLOSED_OVER)


@dataclass(frozen=True)
class UnitMonth:
    """How one unit reports one month."""

    year: Year
    unit: Unit
    period: int

    def steps(self) -> Iterator[Step]:
        """Yield what the unit and its head do, and when."""
        lot, due = draw(self.unit.code, self.period), self.year.days[self.period]
        home = self.unit.code == HOME
        if self.period == LAST and (home or lot < 10):
            return  # nothing yet
        sent = due + timedelta(days=lot % 5 + 1 if lot < 12 else 0 if lot < 40 else -(lot % 4))
        yield sent, 1, self.submit
        if home and self.period == LAST - 2:
            return  # waits for the head
        if (home and self.period == LAST - 1) or lot % 25 == 7:
            yield sent + timedelta(days=1), 2, self.send_back
            if home or self.period == LAST:
                return
            yield sent + timedelta(days=2), 1, self.submit
            sent += timedelta(days=2)
        if self.period < LAST or lot >= 25:
            yield sent + timedelta(days=1), 3, self.confirm

    def submit(self) -> None:
        """Fill in what the unit has of its own, explain what looks unusual, attach a file now and then, and send."""
        plan, period = self.year.plan, self.period
        duties = self.year.duties[period]
        cells = parts_of(duties.by_unit[self.unit.code], period, duties.by_indicator)
        if cells:
            figures_save(self._reporter, plan=plan, unit=self.unit, period=period, cells=cells)
        if self.unit.code == HOME or draw(self.unit.code, self.period, "file") < 4:
            self._attach()
        try:
            report_submit(self._reporter, plan=plan, unit=self.unit, period=period)
        except ServiceError as error:
            if error.code != "report_incomplete" or not self._explained(error.params["missing"]):
                return  # the printed report left a month blank: so does the unit
            report_submit(self._reporter, plan=plan, unit=self.unit, period=period)

    def confirm(self) -> None:
        """The head agrees, where something was sent."""
        if self._is_sent():
            head = self._person(Role.HEAD)
            done = reports_confirm(head, plan=self.year.plan, period=self.period, units=[self.unit])
            for _, error in done.refused:
                raise error

    def send_back(self) -> None:
        """The head returns the report with a reason."""
        if self._is_sent():
            report_return(
                self._person(Role.HEAD), plan=self.year.plan, unit=self.unit, period=self.period, reason=_RETURN
            )

    @property
    def _reporter(self) -> Person:
        return self._person(Role.REPORTER)

    def _person(self, role: str) -> Person:
        return self.year.people[role, self.unit.code]

    def _is_sent(self) -> bool:
        return self.year.plan.reports.filter(unit=self.unit, period=self.period, state="submitted").exists()

    def _attach(self) -> None:
        project = self.year.duties[self.period].by_unit[self.unit.code][0].project.id
        evidence_add(
            self._reporter,
            plan=self.year.plan,
            project=project,
            unit=self.unit,
            period=self.period,
            name=f"ผลการดำเนินงาน {project} เดือนที่ {self.period}.csv",
            stream=io.BytesIO(table_of(self.year.plan, project, self.period)),
        )

    def _explained(self, lacks: tuple[Finding, ...]) -> bool:
        """Write the words that a report lacks; say False where a figure itself is missing."""
        if any(f.code == "due_not_reported" for f in lacks):
            return False
        plan, unit, period = self.year.plan, self.unit, self.period
        mine = {d.indicator.id: d for d in self.year.duties[period].by_unit[unit.code]}
        for finding in lacks:
            record = finding.place.record
            if finding.code == "words_required":
                narrative_save(
                    self._reporter, plan=plan, project=record, unit=unit, period=period,
                    result="ดูตัวเลขของเดือน", cause=_CAUSE, next_step=_NEXT,
                )  # fmt: skip
                continue
            named = [i for i in (record, *str(finding.params.get("indicators", "")).split(", ")) if i in mine]
            named = named or [i for i, d in mine.items() if d.project.id == record]
            self._say(named[:1])
        return True

    def _say(self, indicators: list[str]) -> None:
        """Put a word of explanation beside a figure."""
        plan, period = self.year.plan, self.period
        known = {f.indicator: f.revision for f in plan.figures.filter(period=period, indicator__in=indicators)}
        cells = [CellInput(i, explanation=_WHY, expected_revision=known.get(i, 0)) for i in indicators]
        figures_save(self._reporter, plan=plan, unit=self.unit, period=period, cells=cells)
