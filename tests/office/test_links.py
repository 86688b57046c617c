"""Every role of the demonstration walks from its first page along every link: none leads nowhere."""

from __future__ import annotations

import pytest

from samrit.plans.demo.passwords import PASSWORD
from tests.office.crawling import Browser

pytestmark = pytest.mark.one_database

FIRST = {
    "": "/",
    "reporter": "/my-work/",
    "head": "/confirm/",
    "planner": "/control/sso-2568/",
    "hr": "/control/hr-2569/",
    "executive": "/",
    "auditor": "/plans/sso-2568/works/S2-57/",
    "administrator": "/people/",
}


@pytest.mark.slow
@pytest.mark.sample
@pytest.mark.parametrize(("language", "names"), [("th", ("", "planner", "administrator")), ("en", ("reporter",))])
def test_every_link_of_every_role_leads_somewhere(demo, pytestconfig, language: str, names: tuple[str, ...]) -> None:
    """Follow one link of a kind, as those who see most of them; ``--full`` eight, as everybody in both languages."""
    full = pytestconfig.getoption("--full")
    each, names = (8, tuple(FIRST)) if full else (1, names)
    found = {}
    with demo.serving("demo", "--no-documents", SAMRIT_MOST_DOWNLOADS="9999") as (_, base):
        for name in names:
            browser = Browser(base)
            if name:
                browser.sign_in(name, PASSWORD)
            browser.speak(language)
            walk = browser.walk("/", FIRST[name], each=each)
            assert len(walk.opened) > 15, f"{name or 'public'} got no further than {walk.opened}"
            found |= {f"{name or 'public'}: {line}": None for line in (*walk.broken, *walk.dead_ends)}
    assert list(found) == []
