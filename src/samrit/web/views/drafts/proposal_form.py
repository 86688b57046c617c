"""The form of a proposed work as both sides see it: what the draft has, what is wrong, what was remarked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from samrit.plans.drafting.document import Standing
from samrit.plans.drafting.proposals.cells import (
    ID,
    MEASURE,
    MORE,
    MOST,
    TARGET,
    WAY,
    WORK,
    Cells,
    choices_of,
    faults_of,
    field_of,
    numbers_in,
)
from samrit.plans.drafting.spreading import SpreadWay
from samrit.vocabulary.findings import Finding, Place, sentence
from samrit.vocabulary.speech import speech
from samrit.web.words import word

_LONG = frozenset({"goal", "steps", "reason"})
_SPARE = 2  # empty indicators below those that are there


@dataclass(frozen=True, slots=True)
class FormCell:
    """One cell: its text, what the draft held when the unit began, its choices, its faults and the remark on it."""

    name: str
    label: str
    text: str
    before: str
    choices: tuple[tuple[str, str], ...]
    faults: tuple[str, ...]
    remark: str
    is_long: bool

    @property
    def key(self) -> str:
        """The name as an id of a page."""
        return self.name.replace(".", "-")

    @property
    def shown(self) -> str:
        """What people read for the text."""
        return dict(self.choices).get(self.text, self.text)

    @property
    def shown_before(self) -> str:
        """What people read for what was there."""
        return dict(self.choices).get(self.before, self.before)

    @property
    def is_changed(self) -> bool:
        """Whether the unit proposes something else."""
        return self.text != self.before

    @property
    def is_foreign(self) -> bool:
        """Whether the text is none of the choices."""
        return bool(self.text) and self.text not in dict(self.choices)


@dataclass(frozen=True, slots=True)
class Measure:
    """An indicator of the form; ``id`` is blank for one that is new."""

    number: int
    id: str
    cells: tuple[FormCell, ...]


@dataclass(frozen=True, slots=True)
class ProposalForm:
    """The whole form."""

    work: tuple[FormCell, ...]
    measures: tuple[Measure, ...]
    faults: int

    @property
    def cells(self) -> tuple[FormCell, ...]:
        """Every cell, indicators too."""
        return (*self.work, *(cell for measure in self.measures for cell in measure.cells))


def form_of(
    rows: Standing, cells: Cells, base: Cells, remarks: Mapping[str, str], language: str, *, checked: bool
) -> ProposalForm:
    """Return the form with ``cells`` in it; ``checked`` says what is wrong, which an empty form does not."""
    found: dict[str, list[str]] = {}
    for fault in faults_of(rows, cells) if checked else ():
        said = sentence(
            Finding(fault.code, Place(record=label_of(fault.cell, language)), {"text": fault.text}), language
        )
        found.setdefault(fault.cell, []).append(said)

    def cell(name: str) -> FormCell:
        choices = _ways(language) if name.endswith(f".{WAY}") else choices_of(rows, name, language)
        texts = cells.get(name, ""), base.get(name, "")
        return FormCell(
            name,
            label_of(name, language),
            *texts,
            choices,
            tuple(found.get(name, ())),
            remarks.get(name, ""),
            name in _LONG or len(texts[0]) > 80,
        )

    own = numbers_in(cells)
    last = max(own, default=0)
    numbers = (*own, *range(last + 1, min(last + _SPARE, MOST) + 1))
    work = [name for name in (*WORK, *MORE) if name != "fund" or speech().has_funds]
    measures = tuple(
        Measure(n, cells.get(f"{n}.{ID}", ""), tuple(cell(f"{n}.{name}") for name in (*MEASURE, TARGET, WAY)))
        for n in numbers
    )
    return ProposalForm(tuple(map(cell, work)), measures, sum(map(len, found.values())))


def label_of(name: str, language: str) -> str:
    """Return what people read for a cell."""
    field = field_of(name)
    last = name.rpartition(".")[2]
    text = field.title(language) if field is not None else word(f"proposals.{last}", language)
    number, dot, _ = name.partition(".")
    return word("proposals.measure_cell", language, number=number, label=text) if dot else text


def _ways(language: str) -> tuple[tuple[str, str], ...]:
    return tuple(
        (way.value, word(f"drafts.way_{way.value}", language)) for way in SpreadWay if way is not SpreadWay.LAST_YEAR
    )
