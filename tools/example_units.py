"""The unit register of the examples: codes as the documents print them, full names where a document gives them.

The office has 163 units: 20 central, 12 areas of Bangkok, 126 in the provinces and 5
rehabilitation centres.  Only some are named in the documents; the rest stand as groups.
Abbreviations that text recognition mixed up are aliases of one unit (requirement R271);
where it is not certain which unit is meant, the code stays a unit of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from samrit.engine.model import Unit

OFFICE = "สปส."
CENTRAL = "ส่วนกลาง"
AREAS = "พื้นที่"
PROVINCES = "จังหวัด"
BRANCHES = "สาขา"
REHABILITATION = "ศฟง."
EVERYBODY = "ทุกหน่วยงาน"

FULL_NAMES = {
    "กบค.": "กองบริหารทรัพยากรบุคคล",
    "กฝ.": "กองฝึกอบรม",
    "กม.": "กองกฎหมาย",
    "กค.": "กองคลัง",
    "กนผ.": "กองนโยบายและแผนงาน",
    "สลก.": "สำนักงานเลขานุการกรม",
    "สปย.": "สำนักสิทธิประโยชน์",
    "สภท.": "สำนักงานกองทุนเงินทดแทน",
    "สบท.": "สำนักบริหารเทคโนโลยีสารสนเทศ",
}
ALIASES = {
    "กฝ.": ("กฟ.", "กผ.", "กองฝึกอบรม"),
    "สลก.": ("สสท.", "สสจ.", "สำนักงานเลขาธิการกรม", "สำนักงานเลขานุการกรม"),
    "กม.": ("ก.ม.", "กองกฎหมาย"),
    "กบค.": ("กองบริหารทรัพยากรบุคคล",),
    "กค.": ("กองคลัง",),
    "สปย.": ("สำนักสิทธิประโยชน์",),
    "สภท.": ("สำนักงานกองทุนเงินทดแทน",),
}
_GROUPS = (
    Unit(OFFICE, "สำนักงานประกันสังคม", "Social Security Office", type="office"),
    Unit(EVERYBODY, "ทุกหน่วยงาน (163 หน่วยงาน)", "All 163 units", parent=OFFICE, type="group"),
    Unit(CENTRAL, "หน่วยงานส่วนกลาง (20 หน่วยงาน)", "Central units (20)", parent=OFFICE, type="group"),
    Unit(
        AREAS,
        "สำนักงานประกันสังคมกรุงเทพมหานครเขตพื้นที่ (12 เขตพื้นที่)",
        "Bangkok area offices (12)",
        parent=OFFICE,
        type="group",
        region="กรุงเทพมหานคร",
        aliases=("กรุงเทพมหานครเขตพื้นที่",),
    ),
    Unit(
        PROVINCES,
        "สำนักงานประกันสังคมจังหวัด (ส่วนภูมิภาครวมสาขา 126 หน่วยงาน)",
        "Provincial offices (with branches: 126)",
        parent=OFFICE,
        type="group",
        aliases=("สปส.จังหวัด",),
    ),
    Unit(BRANCHES, "สำนักงานประกันสังคมจังหวัด สาขา", "Branch offices", parent=PROVINCES, type="group"),
    Unit(
        REHABILITATION,
        "ศูนย์ฟื้นฟูสมรรถภาพคนงานประจำภาค (5 ศูนย์)",
        "Regional rehabilitation centres (5)",
        parent=OFFICE,
        type="group",
    ),
)
_CENTRE = re.compile(r"ศฟง\. ?(?:ภาค )?([1-5])(?: ?- ?([1-5]))?")
_CODE = re.compile(r"[ก-ฮ]{2,5}\.")
_CANONICAL = {alias: code for code, aliases in ALIASES.items() for alias in aliases}


def unit_codes(printed: str | None) -> tuple[str, ...]:
    """Return the register codes named by a printed cell, the lead first; what can't be read is left out."""
    if not printed:
        return ()
    codes: list[str] = []
    for part in re.split(r"\s*[/,]\s*", printed.strip()):
        codes.extend(code for code in _codes_of(part) if code not in codes)
    return tuple(codes)


def _codes_of(part: str) -> list[str]:
    if part in _CANONICAL:
        return [_CANONICAL[part]]
    if match := _CENTRE.fullmatch(part):
        first, last = int(match[1]), int(match[2] or match[1])
        return [f"ศฟง.ภาค {n}" for n in range(first, last + 1)]
    if part in {unit.code for unit in _GROUPS} or _CODE.fullmatch(part):
        return [part]
    return [unit.code for unit in _GROUPS if part in unit.aliases]


def site_unit(printed: str) -> str:
    """Return the register code of a provincial office or branch as the site list prints it."""
    return printed.strip()


def register(codes: Iterable[str], provincial: Iterable[str] = ()) -> tuple[Unit, ...]:
    """Return the register: groups, centres, Bangkok areas, the central ``codes`` and ``provincial`` offices seen."""
    centres = [
        Unit(f"ศฟง.ภาค {n}", f"ศูนย์ฟื้นฟูสมรรถภาพคนงานประจำภาค {n}", parent=REHABILITATION, type="rehabilitation")
        for n in range(1, 6)
    ]
    areas = [
        Unit(
            f"พื้นที่ {n}",
            f"สำนักงานประกันสังคมกรุงเทพมหานครพื้นที่ {n}",
            parent=AREAS,
            type="area",
            region="กรุงเทพมหานคร",
        )
        for n in range(1, 13)
    ]
    known = {unit.code for unit in (*_GROUPS, *centres)}
    central = [
        Unit(code, FULL_NAMES.get(code, code), parent=CENTRAL, type="central", aliases=ALIASES.get(code, ()))
        for code in sorted(set(codes) - known)
    ]
    offices = [
        Unit(
            code,
            f"สำนักงานประกันสังคมจังหวัด{code}",
            parent=BRANCHES if "สาขา" in code else PROVINCES,
            type="branch" if "สาขา" in code else "province",
        )
        for code in sorted(set(provincial))
    ]
    return (*_GROUPS, *centres, *areas, *central, *offices)
