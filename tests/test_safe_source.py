"""What never stands in the source: doors that attacks of whole kinds would need (ASVS 5.0, by number)."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from samrit.vocabulary.filling import filled
from tests.source_tree import ROOT, called, modules

TEMPLATES = sorted((ROOT / "src/samrit/web/templates").rglob("*.html"))
SCRIPTS = sorted((ROOT / "src/samrit/web/static").rglob("*.js"))


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Yield every call of the source with its place."""
    for module in modules():
        for node in module.walk():
            if isinstance(node, ast.Call):
                yield f"{module.where}:{node.lineno}", node


def faults(*wrong: str) -> list[str]:
    return [where for where, node in calls() if called(node) in wrong]


def test_no_text_becomes_a_program() -> None:
    """1.3.2, 1.5.2: no eval, exec, compile, pickle, marshal or yaml."""
    assert faults("eval", "exec", "compile", "__import__") == []
    assert imported({"pickle", "marshal", "shelve", "yaml", "dill"}) == []


def test_programs_are_started_without_a_shell_and_by_a_list() -> None:
    """1.2.5: fixed commands; what a user gives is one argument at most."""
    assert faults("os.system", "os.popen", "subprocess.getoutput", "subprocess.getstatusoutput") == []
    started = [node for _, node in calls() if called(node) in ("subprocess.run", "subprocess.Popen")]
    assert len(started) >= 2
    for node in started:
        assert not any(k.arg == "shell" for k in node.keywords)
        assert isinstance(node.args[0], ast.List | ast.Name), ast.unparse(node)


def test_a_pattern_is_never_made_of_what_people_type() -> None:
    """1.2.9: a pattern is written out, a constant, or goes through ``re.escape``."""
    names = {
        f"re.{name}" for name in ("compile", "search", "match", "fullmatch", "sub", "findall", "finditer", "split")
    }
    loose = []
    for where, node in calls():
        if called(node) in names and node.args and not where.startswith(("intake", "src/samrit/intake")):
            text = ast.unparse(node.args[0])
            written = (
                isinstance(node.args[0], ast.Constant | ast.JoinedStr)
                or re.fullmatch(r"\w+\(\)", text)
                or text.isupper()
                or "re.escape" in text
            )
            if not (written or re.fullmatch(r"_?[A-Z_]+|pattern", text)):
                loose.append(f"{where} {text}")
    assert loose == []


def test_no_web_address_is_decoded_twice() -> None:
    """1.1.1: the framework decodes once; no page decodes again."""
    pages = [m for m in modules("web") if "unquote(" in m.text or "html.unescape" in m.text]
    assert [m.where for m in pages] == []


def test_a_person_s_text_is_filled_in_and_never_read_as_a_form() -> None:
    """1.3.10: braces and percent signs in what people type stay as they are."""
    assert filled("{name}", {"name": "{person.password} %s {0}"}) == "{person.password} %s {0}"


def test_what_is_random_comes_from_the_system() -> None:
    """11.5.1: no ``random`` but where a story is told."""
    assert [where for where in imported({"random"}) if "/demo/" not in where] == []


def test_only_sound_algorithms_are_named() -> None:
    """11.3.1, 11.4.1, 11.4.3, 11.4.4: SHA-256, scrypt, AES-GCM; no ECB, no MD5, no SHA-1."""
    hashes = set(re.findall(r"hashlib\.(\w+)", "".join(m.text for m in modules())))
    assert hashes == {"sha256", "scrypt", "file_digest"}
    digests = re.findall(r'file_digest\([^,]+, "(\w+)"', "".join(m.text for m in modules()))
    assert set(digests) == {"sha256"}
    ciphers = [m.text for m in modules() if "cryptography" in m.text]
    assert ciphers
    assert not [text for text in ciphers if re.search(r"\b(ECB|CBC|ARC4|TripleDES|Blowfish|MD5|SHA1)\b", text)]


def test_no_connection_goes_out_unchecked_or_unlisted() -> None:
    """12.3.2, 13.1.1: no certificate is left unchecked, and only mail, database, sign-in and scanner are called."""
    assert not [
        m.where for m in modules() if re.search(r"CERT_NONE|verify=False|_create_unverified|check_hostname", m.text)
    ]
    assert imported({"requests", "httpx", "ftplib", "telnetlib", "aiohttp"}) == []
    opened = imported({"socket", "smtplib", "urllib.request", "http.client"})
    assert {where.partition(":")[0].rpartition("/")[2] for where in opened} <= {
        "serving.py",
        "health.py",
        "scanning.py",
    }


def test_pages_use_nothing_that_browsers_gave_up() -> None:
    """3.7.1: no plug-ins."""
    assert len(TEMPLATES) > 60
    assert not [
        t.name for t in TEMPLATES if re.search(r"<(object|embed|applet|frame|frameset|marquee)\b", t.read_text())
    ]


def test_scripts_write_text_and_hold_no_table_of_foreign_keys() -> None:
    """3.2.2, 15.3.6: no HTML out of strings but the server's own answers, and no prototype in reach."""
    assert SCRIPTS
    for script in SCRIPTS:
        text = script.read_text("utf-8")
        assert not re.search(r"__proto__|constructor\[|\beval\(|new Function|document\.write", text), script.name


def test_kinds_are_never_guessed() -> None:
    """15.3.5: types are checked, and scripts compare what is the same."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["mypy"]
    assert settings["strict"] is True
    assert settings["packages"] == ["samrit"]
    loose = [s.name for s in SCRIPTS if re.search(r"[^=!]==[^=]|!=[^=]", s.read_text("utf-8"))]
    assert loose == []


def test_nothing_rests_on_less_than_128_bits() -> None:
    """11.2.3: lengths of keys and hashes where they are made."""
    source = "".join(module.text for module in modules())
    assert {int(length) for length in re.findall(r"\bHKDF\(.*?length=(\d+)", source)} == {32}
    assert {int(length) for length in re.findall(r"\bscrypt\(.*?dklen=(\d+)", source)} == {32}
    assert not re.findall(r"token_(?:bytes|hex|urlsafe)\((?:[0-9]|1[0-5])\)", source)


def test_passwords_may_be_pasted_and_are_not_shown() -> None:
    """6.2.6, 6.2.7: password fields hide what is typed, and nothing stands against pasting or a password manager."""
    for script in SCRIPTS:
        for listener in re.findall(r'addEventListener\("(?:paste|copy)"', script.read_text("utf-8")):
            assert script.name != "frame.js", listener
    pages = [t.read_text() for t in TEMPLATES if t.parent.name in ("account", "mfa", "_parts")]
    assert not [p for p in pages if re.search(r'onpaste|autocomplete="off"', p)]


def imported(names: set[str]) -> list[str]:
    """Return where one of these modules is imported."""
    found = []
    for module in modules():
        for node in module.walk():
            match node:
                case ast.Import(names=aliases):
                    used = {alias.name for alias in aliases}
                case ast.ImportFrom(module=str(name)):
                    used = {name}
                case _:
                    continue
            if used & names or {name.partition(".")[0] for name in used} & names:
                found.append(f"{module.where}:{node.lineno}")
    return found


def test_every_file_named_here_is_there() -> None:
    assert Path(ROOT / "src/samrit/web/static").is_dir()
