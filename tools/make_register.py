"""Make examples/register/units.csv: a register of 163 units in which every unit of the example plans is found.

The documents give the counts (20 central units, 12 areas of Bangkok, 126 offices in the
provinces, 5 rehabilitation centres) and some of the names.  The 76 provinces are facts;
which branches there are beside those that the documents name is made up, so that the
numbers are right.  Codes that are printed but may be misprints of others are sections:
they can report, and are not among the 163.

Run: python -m tools.make_register
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from tools.example_units import (
    ALIASES,
    AREAS,
    BRANCHES,
    CENTRAL,
    EVERYBODY,
    FULL_NAMES,
    OFFICE,
    PROVINCES,
    REHABILITATION,
    register,
)

TARGET = Path(__file__).resolve().parents[1] / "examples" / "register" / "units.csv"

# The file's own columns, in the order of ``_row``; what a register may hold besides is left out of it.
COLUMNS = (
    *("code", "name", "name_en", "type", "region", "parent"),
    *("groups", "aliases", "valid_from", "valid_to", "successor"),
)

CENTRAL_CODES = (
    *("กค.", "กตท.", "กตบ.", "กทพ.", "กนผ.", "กบข.", "กบค.", "กบง.", "กบช.", "กบส."),
    *("กฝ.", "กพร.", "กม.", "ศส.", "สจพ.", "สบท.", "สปย.", "สภท.", "สลก.", "สสร."),
)
PRINTED_CODES = (
    *("กบศ.", "กพท.", "กวท.", "คสณ.", "คสท.", "ณค.", "สกก."),
    *("สคส.", "สทท.", "สปป.", "สพย.", "สศส.", "สสน.", "สสย."),
)
REGIONS = {
    "ภาคกลาง": (
        *("กาญจนบุรี", "จันทบุรี", "ฉะเชิงเทรา", "ชลบุรี", "ชัยนาท", "ตราด", "นครนายก", "นครปฐม", "นนทบุรี"),
        *("ปทุมธานี", "ประจวบคีรีขันธ์", "ปราจีนบุรี", "พระนครศรีอยุธยา", "เพชรบุรี", "ระยอง", "ราชบุรี", "ลพบุรี"),
        *("สมุทรปราการ", "สมุทรสงคราม", "สมุทรสาคร", "สระแก้ว", "สระบุรี", "สิงห์บุรี", "สุพรรณบุรี", "อ่างทอง"),
    ),
    "ภาคเหนือ": (
        *("กำแพงเพชร", "เชียงราย", "เชียงใหม่", "ตาก", "นครสวรรค์", "น่าน", "พะเยา", "พิจิตร", "พิษณุโลก"),
        *("เพชรบูรณ์", "แพร่", "แม่ฮ่องสอน", "ลำปาง", "ลำพูน", "สุโขทัย", "อุตรดิตถ์", "อุทัยธานี"),
    ),
    "ภาคตะวันออกเฉียงเหนือ": (
        *("กาฬสินธุ์", "ขอนแก่น", "ชัยภูมิ", "นครพนม", "นครราชสีมา", "บึงกาฬ", "บุรีรัมย์", "มหาสารคาม", "มุกดาหาร"),
        *("ยโสธร", "ร้อยเอ็ด", "เลย", "ศรีสะเกษ", "สกลนคร", "สุรินทร์", "หนองคาย", "หนองบัวลำภู", "อำนาจเจริญ"),
        *("อุดรธานี", "อุบลราชธานี"),
    ),
    "ภาคใต้": (
        *("กระบี่", "ชุมพร", "ตรัง", "นครศรีธรรมราช", "นราธิวาส", "ปัตตานี", "พังงา", "พัทลุง", "ภูเก็ต"),
        *("ยะลา", "ระนอง", "สงขลา", "สตูล", "สุราษฎร์ธานี"),
    ),
}
# The first of each province are the documents'; the others stand for branches of that size.
BRANCH_NAMES = {
    "ชลบุรี": ("ศรีราชา", "พานทอง", "บางละมุง"),
    "บุรีรัมย์": ("หนอง",),
    "พระนครศรีอยุธยา": ("อุทัย", "บางปะอิน", "วังน้อย"),
    "สงขลา": ("หาดใหญ่", "สะเดา"),
    "สมุทรปราการ": ("พระประแดง", "บางพลี", "บางบ่อ"),
    "เชียงใหม่": ("ฝาง", "สันทราย"),
    "นนทบุรี": ("ปากเกร็ด", "บางใหญ่"),
    "ปทุมธานี": ("คลองหลวง", "ธัญบุรี", "ลำลูกกา"),
    "นครปฐม": ("สามพราน", "นครชัยศรี"),
    "สมุทรสาคร": ("กระทุ่มแบน", "บ้านแพ้ว"),
    "ระยอง": ("ปลวกแดง", "แกลง"),
    "ฉะเชิงเทรา": ("บางปะกง", "พนมสารคาม"),
    "ปราจีนบุรี": ("กบินทร์บุรี", "ศรีมหาโพธิ"),
    "สระบุรี": ("แก่งคอย", "หนองแค"),
    "ราชบุรี": ("บ้านโป่ง",),
    "กาญจนบุรี": ("ท่ามะกา",),
    "ลพบุรี": ("พัฒนานิคม",),
    "เพชรบุรี": ("ชะอำ",),
    "ประจวบคีรีขันธ์": ("หัวหิน",),
    "นครราชสีมา": ("ปากช่อง", "สูงเนิน", "พิมาย"),
    "ขอนแก่น": ("ชุมแพ",),
    "อุดรธานี": ("กุมภวาปี",),
    "อุบลราชธานี": ("เดชอุดม",),
    "เชียงราย": ("แม่สาย",),
    "นครสวรรค์": ("ตาคลี",),
    "พิษณุโลก": ("วังทอง",),
    "ตาก": ("แม่สอด",),
    "ภูเก็ต": ("ถลาง",),
    "สุราษฎร์ธานี": ("เกาะสมุย", "พุนพิน"),
    "นครศรีธรรมราช": ("ทุ่งสง",),
}
Row = dict[str, str]


def rows() -> Iterator[Row]:
    """Yield the rows of the register: the office, its groups, then its units from the capital outwards."""
    known = {unit.code: unit for unit in register(())}
    for code in (OFFICE, EVERYBODY, CENTRAL, AREAS, PROVINCES, BRANCHES, REHABILITATION):
        unit = known[code]
        groups = EVERYBODY if code in (CENTRAL, AREAS, PROVINCES, REHABILITATION) else ""
        yield _row(code, unit.name, unit.type, unit.parent, unit.region, groups, unit.aliases, unit.name_en)
    for code in CENTRAL_CODES:
        yield _row(code, FULL_NAMES.get(code, code), "central", CENTRAL, "ส่วนกลาง", aliases=ALIASES.get(code, ()))
    for code in PRINTED_CODES:
        yield _row(code, f"{code} (รหัสตามที่พิมพ์ในเอกสาร)", "section", OFFICE, "ส่วนกลาง")
    for unit in known.values():
        if unit.type in ("area", "rehabilitation"):
            yield _row(unit.code, unit.name, unit.type, unit.parent, unit.region or "ศูนย์ฟื้นฟู")
    yield from _provinces()


def _provinces() -> Iterator[Row]:
    for region, provinces in REGIONS.items():
        for province in provinces:
            name = f"สำนักงานประกันสังคมจังหวัด{province}"
            yield _row(province, name, "province", PROVINCES, region)
            for branch in BRANCH_NAMES.get(province, ()):
                code = f"{province} สาขา{branch}"
                yield _row(code, f"{name} สาขา{branch}", "branch", province, region, BRANCHES)


def _row(
    code: str,
    name: str,
    kind: str,
    parent: str,
    region: str = "",
    groups: str = "",
    aliases: tuple[str, ...] = (),
    name_en: str = "",
) -> Row:
    values = (code, name, name_en, kind, region, parent, groups, "|".join(aliases), "", "", "")
    return dict(zip(COLUMNS, values, strict=True))


def text() -> str:
    """Return the register as CSV text."""
    target = io.StringIO(newline="")
    writer = csv.DictWriter(target, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows())
    return target.getvalue()


if __name__ == "__main__":
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(text(), "utf-8")
    print(TARGET)
