"""The texts of the pages: complete, in both languages, with the same fields, and each used."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from samrit.vocabulary.text import filled
from samrit.web import words

pytestmark = pytest.mark.one_database

WEB = Path(words.__file__).parent
PACKAGE = WEB.parent


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def asked_for() -> set[str]:
    """Return the keys that templates name in full."""
    texts = [path.read_text("utf-8") for path in (WEB / "templates").rglob("*.*")]
    return {key for text in texts for key in re.findall(r"""\{%\s*t\s+["']([\w.-]+)["']""", text)}


def test_every_text_that_a_template_asks_for_is_there() -> None:
    assert len(asked_for()) > 200
    assert sorted(key for key in asked_for() if not words.known(key)) == []


def test_a_refusal_names_fields_as_their_page_calls_them() -> None:
    """“เขียนในช่อง “บันทึก”” sent people to a field that the form calls หมายเหตุ."""
    said = (PACKAGE / "vocabulary" / "messages" / "services.toml").read_text("utf-8")
    named = set(re.findall(r"ช่อง “([^”{]+)”", said))
    assert named
    labels = tuple(text["th"] for key, text in words.catalogue().items() if not key.endswith(("save", "record")))
    assert {name for name in named if not any(re.match(rf"{name}( \(|$)", label) for label in labels)} == set()


def test_both_languages_have_the_same_fields() -> None:
    different = [key for key, text in words.catalogue().items() if fields(text["th"]) != fields(text["en"])]
    assert different == []


def test_no_text_is_empty_and_thai_is_thai() -> None:
    for key, text in words.catalogue().items():
        assert text["th"].strip(), key
        assert text["en"].strip(), key
    # What is the same in both languages is a name, an abbreviation or the switch between them.
    thai = [key for key, text in words.catalogue().items() if re.search("[ก-๛]", text["th"])]
    assert len(thai) > 0.95 * len(words.catalogue())


def test_thai_texts_and_letters_address_people_as_an_office_does() -> None:
    """ท่าน, never คุณ (which begins quality, feature and value too)."""
    letters = {path.name: path.read_text("utf-8") for path in (WEB / "templates").rglob("*.txt")}
    said = {key: text["th"] for key, text in words.catalogue().items()} | letters
    assert len(letters) > 1
    assert [key for key, text in said.items() if re.search("คุณ(?!ภาพ|สมบัติ|ลักษณะ|ค่า|วุฒิ|ธรรม)", text)] == []


def test_english_texts_hold_no_thai_but_names_of_languages() -> None:
    found = [key for key, text in words.catalogue().items() if re.search("[ก-๙]", text["en"])]
    assert [key for key in found if key not in ("frame.switch_language", "frame.switch_language_label")] == []


def test_every_text_is_used() -> None:
    sources = [path.read_text("utf-8") for path in PACKAGE.rglob("*.py")]
    sources += [path.read_text("utf-8") for path in (WEB / "templates").rglob("*.*")]
    sources += [path.read_text("utf-8") for path in (WEB / "static").rglob("*.js")]
    everything = "\n".join(sources)
    named = set(re.findall(r"[\w-]+(?:\.[\w-]+)+", everything))
    # Keys put together from a part and a code: word(f"role.{code}"), "state." with |add.
    begun = tuple(set(re.findall(r"""["']([a-z_]+(?:\.[a-z_]+)*[._])(?:\{|["'])""", everything)))
    begun += tuple(
        f"{group}_" for group in re.findall(r"""wordy:["']([a-z_.]+)["']""", everything)
    )  # the filter's keys
    # And keys whose last part stands in a table: {"fund": …, "note": …}, or begins there: f"filter_{name}".
    quoted = set(re.findall(r"""["']([a-z_]+)["']""", everything))
    parts = tuple(set(re.findall(r"""["']([a-z]+_)(?:\{|["'])""", everything)))
    unused = [
        key
        for key in words.catalogue()
        if key not in named and not key.startswith(begun)
        for last in [key.rpartition(".")[2]]
        if last not in quoted and not last.startswith(parts)
    ]
    assert not unused, " ".join(unused)


def test_what_follows_a_number_is_chosen_by_it() -> None:
    counted = {n: words.word("my_work.late", "en", count=n) for n in (0, 1, 2, "1", "1,000")}
    assert set(counted.values()) == {
        "0 reports are late",
        "1 report is late",
        "2 reports are late",
        "1,000 reports are late",
    }
    assert words.word("confirm.all", "en", count=1) == "Confirm the report"
    assert words.word("confirm.all", "en", count=3) == "Confirm all 3 reports"
    assert words.word("my_work.late", "th", count=1) == "รายงานเลยกำหนด 1 ฉบับ"


def test_no_english_text_counts_one_thing_as_several() -> None:
    """Whatever is counted, one of it is said in the singular: {count} {count:report|reports}."""
    several = re.compile(
        r"\b1 (?:more |evidence |recovery |wrong )?(?!(?:is|was|has|as)\b)(?:[a-z]+s|people|are|have)\b"
    )
    once = {key: filled(text["en"], dict.fromkeys(fields(text["en"]), 1)) for key, text in words.catalogue().items()}
    assert {key: text for key, text in once.items() if several.search(text)} == {}


def test_an_unknown_key_is_an_error_and_not_an_empty_place() -> None:
    with pytest.raises(words.UnknownWordError):
        words.word("nothing.of.the.kind")


def test_an_unknown_language_gets_thai() -> None:
    assert words.word("frame.name", "de") == words.word("frame.name", "th")
