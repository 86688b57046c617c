"""What a process remembers is made anew exactly when something that it was made from was written, whoever wrote it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from threading import Thread

import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from samrit.engine.model import Plan as EnginePlan
from samrit.engine.model import Project
from samrit.engine.results import PlanResult
from samrit.engine.ruleset import PERCENT_OF_PLAN
from samrit.engine.score import score
from samrit.plans.errors import ServiceError
from samrit.plans.evaluation import memory
from samrit.plans.evaluation.kept import Memory
from samrit.plans.models import ChainHead, HistoryEntry, HolidayChange, Plan, SavedView, Unit
from samrit.plans.records import chain_place, history
from samrit.plans.records.chain_place import ChainPlace, Written, one_look, place, written_between
from tests.plans.office import small_plan

pytestmark = pytest.mark.django_db


def note(action: str) -> HistoryEntry:
    """Write one entry in a transaction of its own."""
    with transaction.atomic():
        return history.record(None, action)


class Counted:
    """A value that counts how often it is read, from the tables of units and plans."""

    def __init__(self) -> None:
        self.reads = 0
        self.memory = Memory()

    def __call__(self, key: str = "a") -> str:
        return self.memory.read(key, lambda: self._read(key))

    def _read(self, key: str) -> str:
        self.reads += 1
        list(Plan.objects.filter(owner__in=Unit.objects.filter(members__code="x")))
        return f"{key}{self.reads}"


def test_a_value_is_read_again_only_after_an_entry_about_a_table_that_it_was_read_from() -> None:
    value = Counted()
    for action, reads in (
        ("figure.save", 1),
        ("report.submit", 1),
        ("unit.save", 2),
        ("figure.save", 2),
        ("plan.amend", 3),
    ):
        value()
        note(action)
        assert (value(), value.reads) == (f"a{reads}", reads), action


def test_what_is_made_of_a_remembered_value_waits_for_what_that_waits_for() -> None:
    value = Counted()

    def outer() -> str:
        return value.memory.read("outer", lambda: f"of {value()} {HolidayChange.objects.count()}")

    value()  # a hit inside tells what it waits for, too
    assert outer() == "of a1 0"
    note("unit.save")
    assert outer() == "of a2 0"
    with transaction.atomic():
        HolidayChange.objects.create(day="2026-05-01", name="x")
        history.record(None, "holiday.save")
    assert outer() == "of a2 1"


def test_what_the_history_says_nothing_about_cannot_be_kept() -> None:
    for model in (SavedView, HistoryEntry):
        with pytest.raises(LookupError, match=model._meta.db_table):
            Memory().read("x", model.objects.count)
    with pytest.raises(TypeError, match="asked later"):
        Memory().read("x", Unit.objects.all)


def test_every_key_has_its_own_value_and_what_was_not_asked_for_longest_goes() -> None:
    value = Counted()
    value.memory = Memory(most=2)
    assert [value(key) for key in ("a", "b", "a", "c", "a", "b")] == ["a1", "b2", "a1", "c3", "a1", "b4"]
    assert value.memory.size() == 2


def test_what_a_transaction_has_written_is_kept_for_nobody() -> None:
    value = Counted()
    assert value() == "a1"
    with transaction.atomic():
        history.record(None, "unit.save")
        assert place() is None
        assert value() == "a2", "inside, it is read as it stands there"
        transaction.set_rollback(True)
    assert value() == "a1", "it was taken back"
    note("unit.save")
    assert value() == "a3"


def test_who_remembers_apart_knows_its_own_writes_and_leaves_nothing() -> None:
    reads: list[int] = []

    def value() -> int:
        return memory.read("apart", lambda: reads.append(Plan.objects.count()) or len(reads))

    with memory.apart(), transaction.atomic():
        history.record(None, "figure.save")
        assert (value(), value()) == (1, 1), "remembered behind its own write"
        with suppress(ServiceError), transaction.atomic():
            history.record(None, "plan.amend")
            assert value() == 2
            raise ServiceError("not_allowed")
        assert value() == 3, "what was taken back is not remembered"
    assert value() == 4, "and nobody else sees it"


def test_a_restored_chain_is_another_chain() -> None:
    note("unit.save")
    value = Counted()
    value()
    HistoryEntry.objects.update(hash="f" * 64)
    ChainHead.objects.update(hash="f" * 64)
    assert value() == "a2"


def test_an_older_look_does_not_undo_a_later_one() -> None:
    note("unit.save")
    before = place()
    note("unit.save")
    after = place()
    assert before is not None
    assert after is not None
    assert written_between(before, after) == {Written("unit", None)}
    assert written_between(after, before) == frozenset()
    assert written_between(ChainPlace(after.sequence, "0" * 64), before) is None


def test_whoever_has_not_looked_for_long_reads_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chain_place, "_MOST_READ", 3)
    value = Counted()
    value()
    for _ in range(4):
        note("figure.save")
    assert value() == "a2"


def test_a_page_asks_once_how_far_the_history_has_come() -> None:
    note("unit.save")
    with one_look(), CaptureQueriesContext(connection) as asked:
        assert place() == place()
    assert len(asked) == 1
    with one_look():
        first = place()
        note("unit.save")
        assert place() != first, "what one has written oneself is seen"


class Scored:
    """Evaluations as the bridge hands them out: of plans that follow one another in one line."""

    def __init__(self) -> None:
        self.memory, self.made = Memory(), list[str]()

    def __call__(self, plan: EnginePlan) -> PlanResult:
        entry = self.memory.entry("line", plan, PERCENT_OF_PLAN)
        return entry.derived("result", lambda: score(plan, PERCENT_OF_PLAN, 12))

    def titles(self, result: PlanResult) -> tuple[str, ...]:
        return self.memory.of(result).per_work("title", self._title, result.plan.projects)

    def _title(self, project: Project) -> str:
        self.made.append(project.id)
        return project.title


def several() -> EnginePlan:
    """Return a plan of three works."""
    plan = small_plan().plan
    work = plan.projects[0]
    indicators = [replace(work.indicators[0], id=f"{n}.1") for n in range(3)]
    return replace(plan, projects=tuple(replace(work, id=str(n), indicators=(i,)) for n, i in enumerate(indicators)))


def test_of_a_plan_in_which_one_work_changed_one_is_made_anew() -> None:
    scored, plan = Scored(), several()
    result = scored(plan)
    assert scored(plan) is result
    assert scored.titles(result) == scored.titles(result) == ("โครงการทดลอง",) * 3
    assert scored.made == ["0", "1", "2"]
    other = replace(plan, projects=(*plan.projects[:2], replace(plan.projects[2], title="อื่น")))
    assert scored.titles(scored(other)) == ("โครงการทดลอง", "โครงการทดลอง", "อื่น")
    assert scored.made == ["0", "1", "2", "2"]
    scored.titles(scored(replace(other, units=())))
    assert scored.made[4:] == ["0", "1", "2"], "in a plan with other units everything is looked at anew"


def test_nothing_is_kept_of_an_evaluation_that_was_not_handed_out() -> None:
    scored, plan = Scored(), several()
    by_hand = score(plan, PERCENT_OF_PLAN, 12)
    assert scored.titles(by_hand) == scored.titles(by_hand)
    assert len(scored.made) == 6
    changed = replace(scored(plan), as_of=11)
    scored.titles(changed)
    scored.titles(changed)
    assert len(scored.made) == 12
    assert scored.memory.size() < 100


def test_what_is_kept_of_a_work_may_not_ask_a_table() -> None:
    scored = Scored()
    result = scored(several())
    with pytest.raises(RuntimeError, match="unit"):
        scored.memory.of(result).per_work("x", lambda _: Unit.objects.count(), result.plan.projects)


def test_what_is_derived_holds_for_the_very_same_objects_only() -> None:
    scored, plan = Scored(), several()
    entry = scored.memory.of(scored(plan))
    beside, made = object(), iter(range(9))
    assert [entry.derived("x", lambda: next(made), beside) for _ in range(2)] == [0, 0]
    assert entry.derived(("x", "en"), lambda: next(made), beside) == 1
    assert entry.derived("x", lambda: next(made), object()) == 2
    newer = scored.memory.of(scored(replace(plan, title="อื่น")))
    assert newer.derived("x", lambda: next(made), beside) == 3


def test_threads_that_make_the_same_evaluation_go_on_with_one() -> None:
    scored, plan, found = Scored(), several(), list[PlanResult]()

    def score_apart() -> None:
        try:
            found.append(scored(plan))
        finally:
            connections.close_all()  # each thread opens one of its own

    threads = [Thread(target=score_apart) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({id(result) for result in found}) == 1


def test_what_goes_takes_its_weight_along() -> None:
    scored = Scored()
    scored.memory = Memory(most=60)
    for n in range(20):
        scored.titles(scored(replace(several(), title=str(Decimal(n)))))
        assert 0 < scored.memory.size() <= 60
    scored.memory.forget()
    assert scored.memory.size() == 0
