"""The programmes of a form: those of their own sheet, and those that works name without one (R18)."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count

from samrit.engine.model import Programme
from samrit.intake.forms.rows import FormRow


class FormProgrammes:
    """The programmes told on the sheet, and those made for names on the works."""

    def __init__(self, rows: Iterable[FormRow]) -> None:
        self._told = [_told(row) for row in rows]
        self.all = list(self._told)

    def code_of(self, work: FormRow) -> str:
        """Return the code of a work's programme, named by code or name; made where the sheet has none, "" for none.

        A name means the programme of the work's own fund and tactic first, else the only one that the sheet calls so.
        """
        name, fund, tactic = work.text("programme"), work.text("fund"), work.text("tactic")
        if not name:
            return ""
        coded = [p for p in self._told if p.code == name]
        here = [p for p in self.all if p.name == name and (p.fund, p.tactic) == (fund, tactic)]
        named = [p for p in self._told if p.name == name]
        if found := coded or here or (named if len(named) == 1 else []):
            return found[0].code
        borne = {p.code for p in self.all}
        codes = (f"{fund[:1]}{tactic or work.text('strategy')}-{n}" for n in count(1))
        made = Programme(next(code for code in codes if code not in borne), name, tactic, fund)
        self.all.append(made)
        return made.code


def _told(row: FormRow) -> Programme:
    code, name, tactic, fund, goal = map(row.text, ("code", "name", "tactic", "fund", "goal"))
    return Programme(code, name, tactic, fund, goal, number=row.text("number"))
