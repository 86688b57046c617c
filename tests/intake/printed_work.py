"""One work in a monitoring table of text, its rows given as cells with bars between them."""

from __future__ import annotations

from collections.abc import Sequence

from samrit.engine.model import Project
from samrit.intake.draft import Draft
from samrit.intake.grid import SourceReading
from samrit.intake.importer import draft_of
from samrit.intake.review.corrections import Correction
from samrit.intake.sources.text import grids_of

MONTHS = "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค."
HEAD = f"ลำดับที่|งาน/โครงการ|หน่วยงาน|งบประมาณ|ค่าเป้าหมาย|แผน/ผล|หน่วยนับ|น้ำหนัก|{MONTHS.replace(' ', '|')}|รวม|ร้อยละ"
DASHES = "-|" * 11


def drafted(*rows: str, average: str = "100", corrections: Sequence[Correction] = ()) -> Draft:
    """Return the draft of one work; rows are cells with bars between them."""
    lines = [
        "แผนปฏิบัติการ ประจำปี 2568", "", HEAD, "1.|โครงการอบรมอาสาสมัครสาธารณสุข|กบค.|50,000",
        *rows, f"|ระยะเวลาโครงการ : มกราคม - ธันวาคม 2568|||||||ร้อยละเฉลี่ยของงาน/โครงการ||||||||||||||{average}",
    ]  # fmt: skip
    text = "\n".join(line.replace("|", "\t") for line in lines) + "\n"
    reading = SourceReading("work.txt", "text", tuple(grids_of("work.txt", text)))
    return draft_of([reading], plan_id="work", corrections=corrections)


def work_of(draft: Draft) -> Project:
    """Return the one work of a draft."""
    assert draft.package is not None
    return draft.package.plan.projects[0]
