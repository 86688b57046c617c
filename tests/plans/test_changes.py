"""What is kept in memory is read again exactly when an entry of its kind was written, whoever wrote it."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from samrit.plans.evaluation import chain_place as changes
from samrit.plans.evaluation.chain_place import Place, ReadOnce, Written, one_look, place, written_between
from samrit.plans.models import ChainHead, HistoryEntry
from samrit.plans.records import history

pytestmark = pytest.mark.django_db


def note(action: str) -> HistoryEntry:
    """Write one entry in a transaction of its own."""
    with transaction.atomic():
        return history.record(None, action)


class Counted:
    """A value that counts how often it is read."""

    def __init__(self, *kinds: str) -> None:
        self.reads = 0
        self.value = ReadOnce(self._read, *kinds)

    def _read(self, key: str) -> str:
        self.reads += 1
        return f"{key}{self.reads}"


def test_a_value_is_read_again_only_after_an_entry_of_its_kind() -> None:
    counted = Counted("unit", "plan")
    for action, reads in (
        ("figure.save", 1),
        ("report.submit", 1),
        ("unit.save", 2),
        ("figure.save", 2),
        ("plan.amend", 3),
    ):
        counted.value("a")
        note(action)
        assert (counted.value("a"), counted.reads) == (f"a{reads}", reads), action


def test_every_key_has_its_own_value_and_the_oldest_go() -> None:
    counted = Counted("unit")
    small = ReadOnce(counted._read, "unit", most=2)
    assert [small(key) for key in ("a", "b", "a", "c", "a", "b")] == ["a1", "b2", "a1", "c3", "a1", "b4"]


def test_what_a_transaction_has_written_is_kept_for_nobody() -> None:
    counted = Counted("unit")
    assert counted.value("a") == "a1"
    with transaction.atomic():
        history.record(None, "unit.save")
        assert place() is None
        assert counted.value("a") == "a2", "inside, it is read as it stands there"
        transaction.set_rollback(True)
    assert counted.value("a") == "a1", "it was taken back"
    note("unit.save")
    assert counted.value("a") == "a3"


def test_a_restored_chain_is_another_chain() -> None:
    note("unit.save")
    counted = Counted("unit")
    counted.value("a")
    HistoryEntry.objects.update(hash="f" * 64)
    ChainHead.objects.update(hash="f" * 64)
    assert counted.value("a") == "a2"


def test_an_older_look_does_not_undo_a_later_one() -> None:
    note("unit.save")
    before = place()
    note("unit.save")
    after = place()
    assert before is not None
    assert after is not None
    assert written_between(before, after) == {Written("unit", None)}
    assert written_between(after, before) == frozenset()
    assert written_between(Place(after.sequence, "0" * 64), before) is None


def test_whoever_has_not_looked_for_long_reads_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "_MOST_READ", 3)
    counted = Counted("unit")
    counted.value("a")
    for _ in range(4):
        note("figure.save")
    assert counted.value("a") == "a2"


def test_a_page_asks_once_how_far_the_history_has_come() -> None:
    note("unit.save")
    with one_look(), CaptureQueriesContext(connection) as asked:
        assert place() == place()
    assert len(asked) == 1
    with one_look():
        first = place()
        note("unit.save")
        assert place() != first, "what one has written oneself is seen"
