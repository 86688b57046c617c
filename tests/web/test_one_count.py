"""One count everywhere, as people read it: the numbers that pages show for one state of the office agree (E.5)."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from samrit.plans.models import Plan, Role, Unit
from samrit.vocabulary.periods import period_name
from tests.plans.office import Clock, People
from tests.plans.test_one_count import MONTHS, UNITS, plan, so_far

__all__ = ["plan"]


@dataclass(frozen=True)
class Room:
    """A month's line of the control room."""

    sent: int
    owed: int
    counts: dict[str, int]


@dataclass
class Pages:
    """The office's pages as a planner reads them."""

    client: Client
    plan: Plan

    def text(self, name: str, *args: object, **query: object) -> str:
        """Return a page."""
        answer = self.client.get(reverse(name, args=args), query)
        assert answer.status_code == 200, name
        return answer.content.decode()

    def room(self) -> dict[int, Room]:
        """Return the lines of the control room by month."""
        table = re.search(
            r'<table class="data months-table">.*?</table>', self.text("control", self.plan.code), re.DOTALL
        )
        assert table is not None
        rows = re.findall(r"<tr>\s*<th scope=\"row\">.*?</tr>", table[0], re.DOTALL)
        found = {}
        names = {period_name(self.plan.year_be, self.plan.calendar, period): period for period in range(1, 13)}
        for row in rows:
            (number,) = (period for name, period in names.items() if f">{name}<" in row)
            sent, owed = re.search(r"<b>(\d+)</b> / (\d+)", row).groups()
            counts = dict(re.findall(r"show=(\w+)&amp;month=\d+#matrix\">(\d+)<", row))
            found[number] = Room(int(sent), int(owed), {k: int(v) for k, v in counts.items()})
        return found

    def silent(self, month: int) -> set[str]:
        """Return the silent units that the front page lists: as many as it counts."""
        page = self.text("overview", self.plan.code, month=month)
        told = re.search(
            r'<h3>[^<]*ยังไม่รายงาน[^<]*<span class="count">(\d+)</span></h3>(.*?)(?=<h3|</section)', page, re.DOTALL
        )
        assert told is not None, "the front page has no line of silent units"
        named = set(re.findall(r"unit=([^&\"]+)&amp;month", told[2]))
        assert len(named) == int(told[1])
        return named

    def owing(self, month: int) -> int:
        """Return how many units the page of forms lists."""
        page = self.text("unit_forms", plan=self.plan.code, month=month)
        return len(set(re.findall(rf"/forms/{self.plan.code}/[^\"]*/{month}\.xlsx", page)))

    def gaps(self, month: int) -> dict[str, int]:
        """Return how many units the page of closing counts over all its months, by the words."""
        page = self.text("evaluation_close", self.plan.code, period=month)
        found = re.findall(r"<summary>\s*([^<\d]+?)\s*(\d+) หน่วยงาน", page)
        return {word: int(count) for word, count in found}

    def heat(self, month: int) -> tuple[int, int]:
        """Return part and whole of the latest month on the heat map of what was reported."""
        page = self.text("heat", self.plan.code, show="reported", month=month)
        cells = re.findall(r">(\d+)/(\d+)<", page)
        return int(cells[-1][0]), int(cells[-1][1])


@pytest.mark.django_db
@pytest.mark.parametrize("seed", [1, 2])
def test_every_page_shows_the_same_counts(
    plan: Plan, register: dict[str, Unit], person: People, client: Client, clock: Clock, seed: int
) -> None:
    lot, planner = random.Random(seed), person(Role.PLANNER)
    for code in UNITS:
        people = (person(Role.REPORTER, unit=code), person(Role.HEAD, unit=code), planner)
        for period in MONTHS:
            clock.set(date(2026, period + 1, lot.randint(2, 9)))
            so_far(lot, plan, register[code], period, people)
    clock.set("2026-05-12")  # the day of every month is past: who is silent is missing
    client.force_login(planner, backend="django.contrib.auth.backends.ModelBackend")
    pages = Pages(client, plan)
    room, silent = pages.room(), {month: pages.silent(month) for month in MONTHS}
    shown = sorted(room.keys() & set(MONTHS))  # the room shows the latest months
    assert len(shown) >= 2
    for month in shown:
        line, gaps = room[month], pages.gaps(month)
        missing, late = line.counts.get("missing", 0), line.counts.get("late", 0)
        assert len(silent[month]) == missing, month
        assert gaps.get("ขาดส่ง", 0) == len(set().union(*(silent[m] for m in range(1, month + 1)))), month
        assert late <= gaps.get("ล่าช้า", 0), month
        unfinished = line.counts.get("returned", 0) + line.counts.get("correcting", 0)
        assert pages.owing(month) == missing + unfinished, month
        assert pages.heat(month) == (line.owed - missing, line.owed) == (len(UNITS) - missing, len(UNITS)), month
        assert sum(line.counts.get(k, 0) for k in ("accepted", "confirmed", "submitted")) <= line.sent, month
    assert any(silent.values()), "a state in which nothing is missing tests nothing"
    mine = 0
    for code in UNITS:
        reporter = Client()
        reporter.force_login(person(Role.REPORTER, unit=code), backend="django.contrib.auth.backends.ModelBackend")
        page = reporter.get(reverse("my_work")).content.decode()
        found = re.search(r'<h2>[^<]*<span class="quiet">(\d+)</span></h2>', page)
        mine += int(found[1]) if found else 0
    assert mine == sum(map(len, silent.values()))
