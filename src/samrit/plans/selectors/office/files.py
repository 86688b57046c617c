"""Evidence files for the person who asks."""

from __future__ import annotations

from samrit.plans import rights
from samrit.plans.errors import NotVisible
from samrit.plans.evaluation.what_counts import evidence_sent
from samrit.plans.models import Evidence, Person, Unit
from samrit.plans.records.stored_files import evidence_path


def evidence_of_person(person: Person, number: int) -> Evidence:
    """Return an evidence row that ``person`` may see; raises NotVisible for any other, and for a lost file.

    Who may see a plan's figures may see what they rest on, once it was sent; until then it is
    for its unit, its heads and auditors.  A file that was taken back
    is only for those who see the whole history (R147).
    """
    row = Evidence.objects.select_related("plan").filter(pk=number).first()
    if row is None or not rights.may(person, "figure.view", plan=row.plan):
        raise NotVisible(str(number))
    if not (evidence_sent(row.plan, (row,)) or row.added_by_id == person.pk or _is_of_unit(person, row)):
        raise NotVisible(str(number))
    if row.withdrawn and not rights.may(person, "history.view", plan=row.plan):
        raise NotVisible(str(number))
    if not evidence_path(row.sha256).is_file():
        raise NotVisible(str(number))
    return row


def _is_of_unit(person: Person, row: Evidence) -> bool:
    unit = Unit.objects.filter(code=row.unit_code).first()
    return rights.may(person, "figure.view_typed", plan=row.plan, unit=unit)
