"""Whatever opens an account stands under the history: swapped in the database, it is seen (F.6)."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.hashers import make_password
from django.core import mail

from samrit.plans.models import HistoryEntry, Person
from samrit.plans.records.audit import audit
from samrit.plans.records.credentials import note_standing
from samrit.plans.records.snapshots import CREDENTIALS_NOTED
from samrit.plans.services.office.chain_ends import chain_end_post
from samrit.plans.services.office.people import person_create, person_switch
from samrit.plans.services.writing import SYSTEM
from tests.plans.office import People

pytestmark = pytest.mark.django_db


def faults() -> list[str]:
    return [fault.code for fault in audit(with_files=False).faults]


@pytest.fixture
def somsri(person: People) -> Person:
    made = person("auditor")
    TOTP.activate(made, generate_totp_secret())
    RecoveryCodes.activate(made)
    SocialAccount.objects.create(user=made, provider="office", uid="1234")
    assert faults() == []
    return made


def test_a_password_swapped_in_the_database_is_seen(somsri: Person) -> None:
    Person.objects.filter(pk=somsri.pk).update(password=make_password("mine now"))
    assert faults() == ["person_changed"]


def test_a_new_password_has_its_entry_and_no_secret_is_in_it(somsri: Person) -> None:
    somsri.set_password("kluai-hom thong 3 wi")
    somsri.save()
    entry = HistoryEntry.objects.get(action="person.password")
    assert entry.old["password"] != entry.new["password"]
    assert {name for name in entry.new if entry.old[name] != entry.new[name]} == {"password"}
    stored = Person.objects.get(pk=somsri.pk).password
    assert stored not in str(HistoryEntry.objects.values_list("old", "new"))
    somsri.save()
    assert HistoryEntry.objects.filter(action="person.password").count() == 1
    assert faults() == []


@pytest.mark.parametrize(
    ("swap", "code"),
    [
        (lambda p: _secret(p, "totp", "secret"), "authenticator_changed"),
        (lambda p: _secret(p, "recovery_codes", "seed"), "authenticator_changed"),
        (lambda p: Authenticator.objects.filter(user=p, type="totp")._raw_delete("default"), "authenticator_missing"),
        (lambda p: SocialAccount.objects.filter(user=p).update(uid="9"), "identity_unrecorded"),
        (lambda p: _identity(p), "identity_unrecorded"),
    ],
    ids=["totp", "recovery codes", "totp taken away", "identity changed", "identity added"],
)  # fmt: skip
def test_what_opens_an_account_and_was_swapped_is_seen(somsri: Person, swap, code: str) -> None:
    swap(somsri)
    assert code in faults()


def _identity(person: Person) -> None:
    SocialAccount.objects.bulk_create([SocialAccount(user=person, provider="office", uid="9")])


def _secret(person: Person, kind: str, name: str) -> None:
    row = Authenticator.objects.get(user=person, type=kind)
    Authenticator.objects.filter(pk=row.pk).update(data={**row.data, name: "another"})


def test_a_code_that_is_used_changes_nothing_that_the_history_holds(somsri: Person) -> None:
    row = Authenticator.objects.get(user=somsri, type="recovery_codes")
    row.data["used_mask"] = 1
    row.save()
    row.record_usage()
    assert faults() == []


def test_taking_an_authenticator_away_has_its_entry(somsri: Person) -> None:
    Authenticator.objects.filter(user=somsri).delete()
    assert HistoryEntry.objects.filter(action="authenticator.remove").count() == 2
    assert faults() == []


def test_what_stands_in_an_older_database_is_noted_once_and_held_from_then_on(person: People) -> None:
    """As if the account had been made before the history kept credentials: its entry doesn't name the password."""
    old = person_create(SYSTEM, username="before", password="kluai-hom thong 3 wi")
    Authenticator.objects.bulk_create([Authenticator(user=old, type="totp", data={"secret": "x"})])
    _forget_passwords()
    assert faults() == []
    for _ in range(2):
        note_standing()
    assert HistoryEntry.objects.filter(action=CREDENTIALS_NOTED).count() == 1
    assert faults() == []
    Person.objects.filter(pk=old.pk).update(password="x")
    Authenticator.objects.update(data={"secret": "y"})
    assert sorted(faults()) == ["authenticator_changed", "person_changed"]


def _forget_passwords() -> None:
    """Write the chain anew with entries that don't name the password, as an earlier version did."""
    from samrit.plans.models import ChainHead
    from samrit.plans.records.chain_place import GENESIS
    from samrit.plans.records.history import entry_hash

    before = GENESIS
    for entry in HistoryEntry.objects.order_by("sequence"):
        entry.new.pop("password", None)
        entry.previous_hash = before
        entry.hash = before = entry_hash(entry)
        entry.save()
    ChainHead.objects.update(hash=before)


def test_a_chain_written_anew_is_found_by_the_letter_to_the_auditor(person: People) -> None:
    auditor = person("auditor")
    posted = chain_end_post()
    assert (posted.sent, posted.failed) == (1, 0)
    (letter,) = mail.outbox
    assert letter.to == [auditor.email]
    assert f"{posted.sequence}:{posted.head}" in letter.body
    HistoryEntry.objects.filter(sequence=1).update(reason="rewritten")
    _forget_passwords()
    person_switch(SYSTEM, person=auditor, active=False)
    assert faults() == []  # from inside the house nothing can be seen
    assert [f.code for f in audit(anchors={posted.sequence: posted.head}, with_files=False).faults] == ["rewritten"]
