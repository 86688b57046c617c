"""Files meant to harm are refused with a finding, soon, and before they cost memory."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import pytest
from openpyxl import Workbook

from samrit.intake.sources import Confined, limits, read_document
from samrit.intake.sources.job import Job
from samrit.intake.sources.refusal import Refused
from samrit.intake.sources.sheets.typed import TypedCell
from samrit.intake.sources.wire import Answer, packed_cells
from tests import processor_time
from tests.intake.sources.documents import errors, write_docx, write_ods_content, write_xlsx
from tests.source_tree import ROOT

_MEASURE = """
import json, os, resource, sys
from samrit.intake.sources import Confined, read_document
start = sum(os.times()[:4])
with Confined() as confined:  # ended, so that what it took is known
    reading = read_document(sys.argv[1], confined=confined)
# Unlike ru_maxrss, this does not count the process that started this one.
used = int(open("/proc/self/status").read().split("VmHWM:")[1].split()[0])
child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(json.dumps([[f.code for f in reading.findings], sum(os.times()[:4]) - start, used // 1024, child // 1024]))
"""


def measured(path: Path) -> tuple[list[str], float, int]:
    """Return the codes, the processor time in seconds and the most megabytes that reading ``path`` takes by itself."""
    import json

    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    run = subprocess.run([sys.executable, "-c", _MEASURE, str(path)], capture_output=True, check=True, env=environment)
    codes, seconds, own, child = json.loads(run.stdout)
    return codes, seconds, max(own, child)


def rewritten(path: Path, **parts: bytes) -> Path:
    """Replace or add parts of a zipped document; "__" stands for "/" and "_xml" for ".xml" in their names."""
    with zipfile.ZipFile(path) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    content.update({name.replace("__", "/").replace("_xml", ".xml"): data for name, data in parts.items()})
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return path


SHEET = "xl__worksheets__sheet1_xml"
SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def _with_rows(path: Path, rows: list[str], after: str = "") -> None:
    """Write rows into the first sheet of a workbook, piece by piece so that the test itself needs little memory."""
    with zipfile.ZipFile(path) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, data in content.items():
            if name != "xl/worksheets/sheet1.xml":
                archive.writestr(name, data)
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            part.write(f"<worksheet {SPACE}><sheetData>".encode())
            for row in rows:
                part.write(row.encode())
            part.write(f"</sheetData>{after}</worksheet>".encode())


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return write_xlsx([["งาน", "ผล"], ["ก", "1"]], tmp_path / "book.xlsx")


def test_a_zip_bomb_is_refused_by_its_ratio(book: Path) -> None:
    path = rewritten(book, xl__sharedStrings_xml=b" " * (100 << 20))
    codes, seconds, megabytes = measured(path)
    assert codes == ["intake_zip_bomb"]
    assert seconds < 5
    assert megabytes < 200


def test_a_bomb_of_many_parts_is_refused_by_their_sum(book: Path) -> None:
    part = bytes(15 << 20)  # each small enough for its ratio not to count
    path = rewritten(book, **{f"xl__media__image{n}_xml": part for n in range(40)})
    assert errors(read_document(path)) == ["intake_zip_bomb"]


def test_sizes_that_the_zip_lies_about_are_counted_in_truth(book: Path) -> None:
    with zipfile.ZipFile(book) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    content["xl/worksheets/sheet1.xml"] = b"<worksheet><!--" + b" " * (300 << 20)
    with zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    raw = book.read_bytes()
    true_size = struct.pack("<I", len(content["xl/worksheets/sheet1.xml"]))
    assert raw.count(true_size) == 2
    book.write_bytes(raw.replace(true_size, struct.pack("<I", 5000)))
    codes, _, megabytes = measured(book)
    assert codes in (["intake_zip_bomb"], ["intake_damaged"])
    assert megabytes < 300


def test_a_zip_with_too_many_entries_is_refused_before_they_are_listed(tmp_path: Path) -> None:
    entry = struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 0, 0, 33, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    directory = entry * 1_000_000
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, len(directory), 4, 0)
    path = tmp_path / "many.xlsx"
    path.write_bytes(b"PK\x03\x04" + directory + end)
    codes, seconds, megabytes = measured(path)
    assert codes == ["intake_zip_entries"]
    assert (seconds < 5, megabytes < 300) == (True, True)


def test_some_thousand_entries_are_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "many.docx", "w") as archive:
        for n in range(limits.MOST_ENTRIES + 1):
            archive.writestr(str(n), "")
    assert errors(read_document(tmp_path / "many.docx")) == ["intake_zip_entries"]


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    + "]><x>&a11;</x>"
).encode()
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><x>&f;</x>'
UTF16 = LAUGHS.decode().replace("?>", ' encoding="utf-16"?>', 1).encode("utf-16")


@pytest.mark.parametrize("attack", [LAUGHS, OUTSIDE, UTF16], ids=["laughs", "outside", "utf16"])
@pytest.mark.parametrize(
    "part", ["xl__workbook_xml", "xl__sharedStrings_xml", "xl__styles_xml", "xl__worksheets__sheet1_xml"]
)
def test_entities_are_refused_in_every_part(book: Path, attack: bytes, part: str) -> None:
    assert errors(read_document(rewritten(book, **{part: attack}))) == ["intake_xml_entities"]


@pytest.mark.parametrize("part", ["word__document_xml", "word__numbering_xml", "word__styles_xml", "_rels__.rels"])
def test_entities_are_refused_in_word_files(tmp_path: Path, part: str) -> None:
    path = rewritten(write_docx([["ก", "1"]], tmp_path / "a.docx"), **{part: LAUGHS})
    assert errors(read_document(path)) == ["intake_xml_entities"]


def test_entities_of_a_web_page_stay_as_they_are(tmp_path: Path) -> None:
    page = '<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY f SYSTEM "file:///etc/passwd">]><html><p>&a;&f;จบ</p></html>'
    (tmp_path / "a.html").write_text(page, "utf-8")
    text = " ".join(c.text for g in read_document(tmp_path / "a.html").grids for r in g.rows for c in r)
    assert "root" not in text
    assert "จบ" in text


def test_endless_nesting_is_refused(tmp_path: Path) -> None:
    deep = write_ods_content("<table:table>" * 5000, tmp_path / "deep.ods")
    assert errors(read_document(deep)) == ["intake_xml_depth"]
    (tmp_path / "deep.html").write_text("<html>" + "<table><tr><td>ก" * 20_000, "utf-8")
    reading = read_document(tmp_path / "deep.html")
    assert set(errors(reading)) <= {"intake_xml_depth"}


def test_an_attribute_without_end_is_refused(book: Path) -> None:
    path = rewritten(book, xl__workbook_xml=b'<workbook a="' + os.urandom(1 << 15).hex().encode() * 200)
    assert errors(read_document(path)) == ["intake_damaged"]


@pytest.mark.slow
def test_eight_million_cells_are_refused_in_time_and_memory(tmp_path: Path) -> None:
    book = rewritten(write_xlsx([["1"]], tmp_path / "huge.xlsx"), **{SHEET: b""})
    row = "<row>" + "".join(f'<c t="n"><v>{n}</v></c>' for n in range(100)) + "</row>"
    _with_rows(book, [row * 1000] * 80)
    codes, seconds, megabytes = measured(book)
    assert codes == ["intake_too_many_cells"]
    assert seconds < 60
    assert megabytes < 1000


def test_cells_repeated_by_a_number_are_refused_before_they_are_made(tmp_path: Path) -> None:
    row = (
        '<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="16000">'
        "<text:p>ก</text:p></table:table-cell></table:table-row>"
    )
    path = write_ods_content(f"<table:table table:name='S'>{row}</table:table>", tmp_path / "huge.ods")
    start = processor_time.own()
    assert errors(read_document(path)) == ["intake_too_many_cells"]
    assert processor_time.own() - start < 5


def test_one_text_shown_a_million_times_is_refused(book: Path) -> None:
    text = "ก" * 20_000
    shared = f"<sst {SPACE}><si><t>{text}</t></si></sst>".encode()
    path = rewritten(book, xl__sharedStrings_xml=shared, **{SHEET: b""})
    _with_rows(path, ['<row><c t="s"><v>0</v></c></row>' * 10_000])
    assert errors(read_document(path)) == ["intake_too_much_text"]


def test_merged_cells_cannot_be_used_to_fill_memory(tmp_path: Path) -> None:
    book = rewritten(write_xlsx([["1"]], tmp_path / "wide.xlsx"), **{SHEET: b""})
    rows = [f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 3000)]
    merged = "".join(f'<mergeCell ref="A{n}:WQK{n}"/>' for n in range(1, 3000))
    far = '<row r="3001"><c r="WQK3001"><v>1</v></c></row>'
    _with_rows(book, [*rows, far], f"<mergeCells>{merged}</mergeCells>")
    assert errors(read_document(book)) == ["intake_too_many_cells"]


def test_cells_far_apart_cost_nothing(tmp_path: Path) -> None:
    book = Workbook()
    book.active["A1"] = "ก"
    book.active["XFD1048576"] = "ข"
    book.save(tmp_path / "far.xlsx")
    reading = read_document(tmp_path / "far.xlsx")
    assert [[cell.name for row in grid.rows for cell in row] for grid in reading.grids] == [
        ["Sheet!A1"], ["Sheet!XFD1048576"],
    ]  # fmt: skip


def test_links_pipes_and_devices_are_not_opened(tmp_path: Path, book: Path) -> None:
    (tmp_path / "link.xlsx").symlink_to(book)
    os.mkfifo(tmp_path / "pipe.xlsx")
    assert errors(read_document(tmp_path / "link.xlsx")) == ["intake_link_refused"]
    assert errors(read_document(tmp_path / "pipe.xlsx")) == ["intake_not_a_file"]
    assert errors(read_document("/dev/zero")) == ["intake_not_a_file"]


def test_a_file_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "large.xlsx"
    with path.open("wb") as stream:
        stream.truncate(limits.LARGEST_FILE + 1)
    codes, seconds, megabytes = measured(path)
    assert codes == ["intake_too_large"]
    assert (seconds < 2, megabytes < 100) == (True, True)


def test_links_to_other_files_are_said_and_not_followed(book: Path) -> None:
    path = rewritten(book, xl__externalLinks__externalLink1_xml=b"<externalLink/>")
    reading = read_document(path)
    assert [f.code for f in reading.findings] == ["intake_external_links"]
    assert len(reading.grids) == 1


def _pdf(stream: bytes, filters: str) -> bytes:
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R>>",
        b"<</Length %d/Filter[%s]>>stream\n%s\nendstream" % (len(stream), filters.encode(), stream),
    ]  # fmt: skip
    body = b"".join(b"%d 0 obj%s endobj\n" % (n, o) for n, o in enumerate(objects, 1))
    return b"%PDF-1.7\n" + body + b"trailer<</Root 1 0 R>>\n%%EOF"


def test_a_pdf_that_unpacks_without_end_stays_within_memory(tmp_path: Path) -> None:
    packer = zlib.compressobj(9)
    once = b"".join(packer.compress(b"0 0 m 9 9 l S " * 75_000) for _ in range(300)) + packer.flush()
    path = tmp_path / "bomb.pdf"
    path.write_bytes(_pdf(zlib.compress(once, 9), "/FlateDecode/FlateDecode"))
    assert path.stat().st_size < 1 << 20
    codes, seconds, megabytes = measured(path)
    assert codes  # refused, or nothing found: never silently
    assert seconds < 220
    assert megabytes < 1000


def test_a_reader_that_dies_gives_a_finding_and_the_next_document_is_read(tmp_path: Path) -> None:
    good = tmp_path / "a.pdf"
    good.write_bytes(_pdf(b"BT ET", "").replace(b"/Filter[]", b""))
    with Confined() as confined:
        process = confined._started()
        process.kill()
        process.wait()
        assert errors(read_document(good, confined=confined)) == ["intake_reader_died"]
        assert errors(read_document(good, confined=confined)) == []


def test_a_reader_that_hangs_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that never answers stands for an endless loop in a library."""
    monkeypatch.setattr("samrit.intake.sources.limits.SECONDS", 1.0)
    monkeypatch.setattr("samrit.intake.sources.confined._GRACE", 0.0)
    with Confined() as confined:
        confined._process = subprocess.Popen(
            [sys.executable, "-c", "import sys, time; sys.stdin.buffer.read(1); time.sleep(10**6)"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        with pytest.raises(Refused) as refused:
            confined.read(b"x", Job("a.txt"))
    assert refused.value.finding.code == "intake_reader_died"
    assert confined._process is None


def test_a_document_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("samrit.intake.sources.limits.SECONDS", -1.0)
    path = write_xlsx([["ก", "1"]], tmp_path / "slow.xlsx")
    assert errors(read_document(path)) == ["intake_too_slow"]


def test_nothing_is_imported_from_the_folder_of_the_documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('taken over')", "utf-8")
    (tmp_path / "pypdfium2.py").write_text("raise SystemExit('taken over')", "utf-8")
    (tmp_path / "a.pdf").write_bytes(_pdf(b"BT ET", "").replace(b"/Filter[]", b""))
    monkeypatch.chdir(tmp_path)
    assert errors(read_document("a.pdf")) == []


def test_the_reading_process_has_no_secrets_in_its_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMRIT_SECRET_KEY", "not for readers")
    with Confined() as confined:
        confined.read(b"a,b\n1,2\n", Job("a.csv"), suffix=".csv")
        assert confined._process is not None
        environment = Path(f"/proc/{confined._process.pid}/environ").read_bytes()
    assert b"PYTHONPATH=" in environment
    assert b"not for readers" not in environment


def test_cells_go_over_many_at_a_time_and_come_out_as_they_were() -> None:
    """Each line costs the process that serves pages; a sheet of 20,000 cells was that many of them."""
    cells = [TypedCell(n // 20 + 1, n % 20 + 1, "text", f"ก{n}") for n in range(1_234)]
    lines = list(packed_cells("รายงาน", cells))
    assert len(lines) == 1 + 3
    answer = Answer()
    assert not any(answer.take(word, rest) for word, _, rest in (line.partition(b" ") for line in lines))
    assert answer.sheets == {"รายงาน": cells}
