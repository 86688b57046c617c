"""Documents as other offices write them, none of them made by our own code: each builder writes a file and returns it.

What they hold is known, so the tests can say what must come back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path

import docx
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

JANUARY = "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.".split()
OCTOBER = [*JANUARY[9:], *JANUARY[:9]]
ENGLISH = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
Figure = float | int | None

SCREENED: list[Figure] = [380, 410, 395, 420, 0, 450, 400, 390, 405, 412, 398, 376]
REFERRED: list[Figure] = [88, 91, 92, 90, None, 95, 93, 90, 91, 92, 94, 90]
TRAINED: list[Figure] = [None, None, 38, None, None, None, 41, None, None, None, None, None]


def _down(sheet: Worksheet, columns: Iterable[int], rows: tuple[int, int]) -> None:
    for column in columns:
        sheet.merge_cells(start_row=rows[0], end_row=rows[1], start_column=column, end_column=column)


def hospital(folder: Path) -> Path:
    """Write a hospital's year from October: merged headings, a sum after every quarter, merged cells of works."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet["A1"] = "แผนปฏิบัติการประจำปีงบประมาณ พ.ศ. 2568"
    sheet["A2"] = "โรงพยาบาลบางน้ำเปรี้ยว จังหวัดฉะเชิงเทรา"
    front = "ลำดับ|ชื่อโครงการ|ตัวชี้วัด|เป้าหมาย|หน่วยนับ|น้ำหนัก|ผู้รับผิดชอบ|งบประมาณ (บาท)|แผน/ผล".split("|")
    for at, text in enumerate(front, 1):
        sheet.cell(4, at, text)
    for quarter in range(4):
        first = 10 + 4 * quarter
        sheet.cell(4, first, f"ไตรมาสที่ {quarter + 1}")
        sheet.merge_cells(start_row=4, end_row=4, start_column=first, end_column=first + 3)
        for at, text in enumerate([*OCTOBER[3 * quarter : 3 * quarter + 3], f"รวม Q{quarter + 1}"]):
            sheet.cell(5, first + at, text)
    sheet.cell(4, 26, "รวมทั้งปี")
    sheet.cell(4, 27, "ร้อยละ")
    _down(sheet, (*range(1, 10), 26, 27), (4, 5))
    sheet["A6"] = "ยุทธศาสตร์ที่ 1 ส่งเสริมสุขภาพและป้องกันโรค"
    sheet.merge_cells("A6:AA6")
    _hospital_rows(sheet)
    path = folder / "โรงพยาบาล.xlsx"
    book.save(path)
    return path


def _hospital_rows(sheet: Worksheet) -> None:
    works = [
        (7, 1, "โครงการคัดกรองเบาหวานและความดันโลหิตสูงในชุมชน", "กลุ่มงานเวชกรรมสังคม", 250000, [
            ("จำนวนประชาชนที่ได้รับการคัดกรอง", 4800, "คน", 60, [400] * 12, SCREENED),
            ("ร้อยละผู้ที่พบความเสี่ยงได้รับการส่งต่อ", 90, "ร้อยละ", 40, [90] * 12, REFERRED),
        ]),
        (11, 2, "โครงการอบรมฟื้นฟูวิชาการพยาบาล", "กลุ่มการพยาบาล", 120000, [
            ("จำนวนผู้เข้าอบรม", 80, "คน", 100, [None, None, 40, None, None, 40, *[None] * 6], TRAINED),
        ]),
    ]  # fmt: skip
    for row, number, title, unit, money, indicators in works:
        for at, text in ((1, number), (2, title), (7, unit), (8, money)):
            sheet.cell(row, at, text)
        _down(sheet, (1, 2, 7, 8), (row, row + 2 * len(indicators) - 1))
        for order, (name, target, measure, weight, plan, actual) in enumerate(indicators):
            first = row + 2 * order
            for at, text in ((3, name), (4, target), (5, measure), (6, weight)):
                sheet.cell(first, at, text)
            _down(sheet, (3, 4, 5, 6), (first, first + 1))
            for line, side, months in ((first, "แผน", plan), (first + 1, "ผล", actual)):
                sheet.cell(line, 9, side)
                for at, value in enumerate(_with_quarters(months, measure)):
                    sheet.cell(line, 10 + at, "-" if value is None else value)
            sheet.cell(first + 1, 27, round((_total(actual, measure) or 0) * 100 / target, 2))


def _with_quarters(months: Sequence[Figure], measure: str) -> list[Figure]:
    made: list[Figure] = []
    for first in range(0, 12, 3):
        quarter = months[first : first + 3]
        made += [*quarter, _total(quarter, measure)]
    return [*made, _total(months, measure)]


def _total(months: Sequence[Figure], measure: str) -> Figure:
    values = [value for value in months if value is not None]
    if not values:
        return None
    return round(sum(values) / len(values), 2) if measure == "ร้อยละ" else sum(values)


def municipality(folder: Path) -> Path:
    """Write a municipality's report in Word: one table per project, months below each other, Thai digits."""
    document = docx.Document()
    document.add_paragraph("รายงานผลการดำเนินงานตามแผนปฏิบัติการ ประจำปีงบประมาณ พ.ศ. ๒๕๖๘")
    document.add_paragraph("เทศบาลตำบลหนองปลาหมอ")
    document.add_paragraph("ยุทธศาสตร์ที่ ๑ การพัฒนาโครงสร้างพื้นฐาน")
    months = [f"{name} {2567 if at < 3 else 2568}" for at, name in enumerate(OCTOBER)]
    for number, title, name, target, measure in (
        (1, "โครงการซ่อมแซมถนนลูกรังภายในตำบล", "จำนวนสายทางที่ซ่อมแซม", 12, "สาย"),
        (2, "โครงการขุดลอกท่อระบายน้ำ", "ความยาวท่อที่ขุดลอก", 3600, "เมตร"),
    ):
        document.add_paragraph(f"{number}. {title}")
        document.add_paragraph(f"ตัวชี้วัด {name} เป้าหมาย {target:,} {measure} งบประมาณ 350,000 บาท ผู้รับผิดชอบ กองช่าง")
        table = document.add_table(1, 4)
        rows = [["เดือน", "แผน", "ผล", "ร้อยละ"]]
        rows += [[month, f"{target // 12:,}", f"{target // 12 - at % 2:,}", ""] for at, month in enumerate(months)]
        rows.append(["รวม", f"{target:,}", f"{target - 6:,}", f"{(target - 6) * 100 / target:.2f}"])
        for at, texts in enumerate(rows):
            cells = table.rows[0].cells if at == 0 else table.add_row().cells
            for cell, text in zip(cells, texts, strict=True):
                cell.text = text
    path = folder / "เทศบาล.docx"
    document.save(str(path))
    return path


def university(folder: Path) -> Path:
    """Write a university's list as CSV in the old Thai encoding: the responsible unit stands after the months."""
    front, months = "ที่,กิจกรรม/โครงการ,ตัวชี้วัด,หน่วยนับ,ค่าเป้าหมาย,น้ำหนัก (ร้อยละ),แผน-ผล", ",".join(OCTOBER)
    lines = [
        "แผนปฏิบัติราชการ มหาวิทยาลัยราชภัฏเมืองเหนือ ปีงบประมาณ 2568",
        f"{front},{months},รวม,ร้อยละความสำเร็จ,ผู้รับผิดชอบ",
        "1,โครงการพัฒนาหลักสูตรระยะสั้น,จำนวนหลักสูตรที่พัฒนา,หลักสูตร,6,50,แผน,,,1,,1,,1,,1,,1,1,6,,สำนักส่งเสริมวิชาการ",
        ",,,,,,ผล,,,1,,,1,1,,1,,1,1,6,100,",
        ",,ร้อยละความพึงพอใจของผู้เรียน,ร้อยละ,85,50,แผน,,,85,,85,,85,,85,,85,85,85,,",
        ",,,,,,ผล,,,88.5,,,90,91,,87,,86,89,88.58,104.21,",
        "2,โครงการบริการวิชาการแก่ชุมชน,จำนวนชุมชนที่เข้าร่วม,ชุมชน,24,100,แผน,2,2,2,2,2,2,2,2,2,2,2,2,24,,สถาบันวิจัยและพัฒนา",
        ",,,,,,ผล,2,2,1,3,2,2,2,2,2,0,2,2,22,91.67,",
    ]
    path = folder / "มหาวิทยาลัย.csv"
    path.write_bytes("".join(f"{line}\r\n" for line in lines).encode("cp874"))
    return path


def english(folder: Path) -> Path:
    """Write a web page with English headings and a year of the Common Era."""
    works = [
        (1, "Modernise the claims counter", "Counters refitted", "Claims Office", "1,200,000", 24, "counters", 100,
         "2 2 2 2 2 2 2 2 2 2 2 2 24", "2 2 1 2 3 2 2 2 2 2 2 2 24 100.00"),
        (2, "Train inspectors", "Inspectors trained", "Training Division", "300,000", 90, "persons", 100,
         "- 30 - - 30 - - 30 - - - - 90", "- 28 - - 33 - - - 30 - - - 91 101.11"),
    ]  # fmt: skip
    heads = "No.|Project|Indicator|Responsible unit|Budget (baht)|Target|Unit of measure|Weight (%)|Plan/Actual".split(
        "|"
    )
    top = "".join(f"<th rowspan=2>{text}</th>" for text in heads)
    rows = [
        f"<tr>{top}<th colspan=12>2025</th><th rowspan=2>Total</th><th rowspan=2>Percent</th></tr>",
        f"<tr>{''.join(f'<th>{month}</th>' for month in ENGLISH)}</tr>",
    ]
    for *front, plan, actual in works:
        cells = "".join(f"<td rowspan=2>{text}</td>" for text in front)
        rows.append(f"<tr>{cells}<td>Plan</td>{''.join(f'<td>{text}</td>' for text in plan.split())}<td></td></tr>")
        rows.append(f"<tr><td>Actual</td>{''.join(f'<td>{text}</td>' for text in actual.split())}</tr>")
    path = folder / "office.html"
    path.write_text(
        "<html><body><h1>Action plan of the Provincial Office, fiscal year 2025</h1><h2>Strategy 1: Better service</h2>"
        f"<table>{''.join(rows)}</table></body></html>",
        "utf-8",
    )
    return path


def two_tables(folder: Path) -> Path:
    """Write two tables on one sheet, each under its strategy, numbers beginning again, weight after the unit."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet["B2"] = "แผนปฏิบัติการ กรมพัฒนาที่ดิน ประจำปี พ.ศ. 2567"
    heads = ["ลำดับที่", "งาน/โครงการ", "หน่วยนับ", "น้ำหนัก", "เป้าหมาย", "แผน/ผล", *JANUARY, "รวม", "ร้อยละ", "หมายเหตุ"]
    tables: list[tuple[int, str, list[tuple[str, str, int, list[Figure], list[Figure]]]]] = [
        (4, "ประเด็นยุทธศาสตร์ที่ 1 การจัดการดิน", [
            ("โครงการปรับปรุงดินเปรี้ยว", "ไร่", 1200, [100] * 12, [90, 110, *[100] * 10]),
            ("งานตรวจวิเคราะห์ดิน", "ตัวอย่าง", 600, [50] * 12, [*[50] * 11, 61]),
        ]),
        (12, "ประเด็นยุทธศาสตร์ที่ 2 การพัฒนาบุคลากร", [
            ("โครงการอบรมหมอดินอาสา", "คน", 300, [None, None, 100] * 3 + [None] * 3, [None, None, 98] * 3 + [None] * 3),
        ]),
    ]  # fmt: skip
    for row, strategy, works in tables:
        sheet.cell(row, 2, strategy)
        for at, text in enumerate(heads, 2):
            sheet.cell(row + 1, at, text)
        for order, (title, measure, target, plan, actual) in enumerate(works):
            line = row + 2 + 2 * order
            for at, cell in enumerate([order + 1, title, measure, 100, target, "แผน", *plan, _total(plan, "")], 2):
                sheet.cell(line, at, cell)
            done = _total(actual, "") or 0
            for at, value in enumerate(["ผล", *actual, done, round(done * 100 / target)], 7):
                sheet.cell(line + 1, at, value)
    path = folder / "กรม.xlsx"
    book.save(path)
    return path


def health_office(folder: Path) -> Path:
    """Write a plan in Word without figures: Thai digits, a table continued with its headings on the next page."""
    document = docx.Document()
    document.add_paragraph("แผนปฏิบัติการประจำปีงบประมาณ พ.ศ. ๒๕๖๙")
    document.add_paragraph("สำนักงานสาธารณสุขจังหวัดน่าน")
    document.add_paragraph("ยุทธศาสตร์ที่ ๒ บริการเป็นเลิศ")
    heads = "ลำดับ|โครงการ/กิจกรรม|ตัวชี้วัด|ค่าเป้าหมาย|ระยะเวลา|งบประมาณ|ผู้รับผิดชอบ".split("|")
    works = [
        "๑|โครงการพัฒนาระบบส่งต่อผู้ป่วย|ร้อยละของผู้ป่วยที่ส่งต่อภายในเวลา|ร้อยละ ๙๐|ต.ค. ๖๘ - ก.ย. ๖๙|๔๕๐,๐๐๐|กลุ่มงานคุณภาพ",
        "๒|โครงการอบรม อสม. เชี่ยวชาญ|จำนวน อสม. ที่ผ่านการอบรม|๒๔๐ คน|ม.ค. - มี.ค. ๒๕๖๙|๑๒๐,๐๐๐|กลุ่มงานสุขภาพภาคประชาชน",
        "๓|โครงการประเมิน รพ.สต.|๑. จำนวน รพ.สต.\n๒. ร้อยละที่ผ่านเกณฑ์|๖๐ แห่ง\nร้อยละ ๘๐|เม.ย. - มิ.ย. ๒๕๖๙|ไม่ใช้งบ|กองแผน",
    ]
    for part in (works[:2], works[2:]):
        table = document.add_table(1, len(heads))
        for row, texts in enumerate([heads, *(work.split("|") for work in part)]):
            cells = table.rows[0].cells if row == 0 else table.add_row().cells
            for cell, text in zip(cells, texts, strict=True):
                cell.text = text
        document.add_page_break()
    path = folder / "สาธารณสุข.docx"
    document.save(str(path))
    return path


def transport(folder: Path) -> Path:
    """Write a report by quarter: plan and result below each quarter, no months anywhere."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.append(["แบบรายงานผลการปฏิบัติงานตามแผนปฏิบัติการ ปีงบประมาณ 2568 สำนักงานขนส่งจังหวัดตาก"])
    sheet.append([])
    quarters = [text for q in range(1, 5) for text in (f"ไตรมาส {q}", None)]
    sheet.append(["ลำดับ", "งาน/โครงการ", "ตัวชี้วัด", "หน่วยนับ", "เป้าหมาย", "น้ำหนัก", *quarters, "รวม", None, "ร้อยละ"])
    sheet.append([*[None] * 6, *["แผน", "ผล"] * 5])
    for area in ("G3:H3", "I3:J3", "K3:L3", "M3:N3", "O3:P3"):
        sheet.merge_cells(area)
    _down(sheet, (*range(1, 7), 17), (3, 4))
    sheet.append(
        [
            1,
            "โครงการตรวจสภาพรถโรงเรียน",
            "จำนวนรถที่ตรวจ",
            "คัน",
            400,
            100,
            100,
            95,
            100,
            102,
            100,
            110,
            100,
            98,
            400,
            405,
            101.25,
        ]
    )
    sheet.append(
        [2, "งานบริการใบอนุญาต", "ร้อยละความพึงพอใจ", "ร้อยละ", 85, 100, 85, 88, 85, 87, 85, 90, 85, 91, 85, 89, 104.71]
    )
    path = folder / "ขนส่ง.xlsx"
    book.save(path)
    return path


def five_years(folder: Path) -> Path:
    """Write a five-year plan's indicators with a target for every year."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.append(["แผนปฏิบัติราชการระยะ 5 ปี (พ.ศ. 2566 - 2570) กรมการค้าภายใน"])
    sheet.append([])
    sheet.append(["ลำดับ", "ตัวชี้วัด", "หน่วยนับ", "ค่าเป้าหมาย", *[None] * 4, "ผู้รับผิดชอบ"])
    sheet.append([*[None] * 3, 2566, 2567, 2568, 2569, 2570])
    sheet.merge_cells("D3:H3")
    _down(sheet, (1, 2, 3, 9), (3, 4))
    sheet.append(["ยุทธศาสตร์ที่ 1 ดูแลค่าครองชีพ"])
    sheet.merge_cells("A5:I5")
    sheet.append([1, "ร้อยละของร้านค้าที่ติดป้ายราคา", "ร้อยละ", 80, 82, 84, 86, 88, "กองตรวจสอบ"])
    sheet.append([2, "จำนวนตลาดนัดธงฟ้า", "ครั้ง", 120, 130, 140, 150, 160, "กองส่งเสริม"])
    path = folder / "ห้าปี.xlsx"
    book.save(path)
    return path


def ticks(folder: Path) -> Path:
    """Write a plan whose months are ticked."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.append(["แผนปฏิบัติการด้านดิจิทัล ประจำปี 2568 สำนักงานสถิติแห่งชาติ"])
    sheet.append(["ลำดับ", "งาน/โครงการ", "ตัวชี้วัด", "ค่าเป้าหมาย", "งบประมาณ (บาท)", "หน่วยงาน", *JANUARY])
    works = [
        [1, "โครงการคลังข้อมูลกลาง", "ระดับความสำเร็จของการจัดทำคลังข้อมูล", "ระดับ 5", 5000000, "ศูนย์เทคโนโลยี", *["✓"] * 6],
        [2, "งานบำรุงรักษาเครือข่าย", "ร้อยละเวลาที่ระบบพร้อมใช้", "ร้อยละ 99", 800000, "ศูนย์เทคโนโลยี", *["/"] * 12],
    ]
    for work in works:
        sheet.append(work)
    path = folder / "ดิจิทัล.xlsx"
    book.save(path)
    return path


def labour_office(folder: Path) -> Path:
    """Write a monthly table in Word that goes on, headings repeated, on a second page."""
    document = docx.Document()
    for text in ("แผนปฏิบัติการ ประจำปี 2568", "สำนักงานแรงงานจังหวัดเลย", "ยุทธศาสตร์ที่ 1 ยกระดับแรงงาน"):
        document.add_paragraph(text)
    section = document.sections[0]
    section.page_width, section.page_height = section.page_height, section.page_width
    heads = ["ลำดับ", "โครงการ", "หน่วยนับ", "น้ำหนัก", "แผน/ผล", *JANUARY, "รวม", "ร้อยละ", "หมายเหตุ"]
    for first, last in pairwise((1, 4, 7)):
        table = document.add_table(1, len(heads))
        table.style = "Table Grid"
        rows: list[list[str]] = [heads]
        for number in range(first, last):
            done = [20 + month * number % 5 for month in range(12)]
            rows.append(
                [str(number), f"โครงการส่งเสริมอาชีพรุ่นที่ {number}", "คน", "100", "แผน", *["20"] * 12, "240", "", ""]
            )
            percent = f"{sum(done) * 100 / 240:.1f}"
            rows.append(["", "", "", "", "ผล", *map(str, done), str(sum(done)), percent, ""])
        for at, texts in enumerate(rows):
            cells = table.rows[0].cells if at == 0 else table.add_row().cells
            for cell, text in zip(cells, texts, strict=True):
                cell.text = text
        document.add_page_break()
    path = folder / "แรงงาน.docx"
    document.save(str(path))
    return path


FRONT = ["ลำดับ", "โครงการ", "ตัวชี้วัด", "หน่วยนับ", "เป้าหมาย", "น้ำหนัก", "แผน/ผล"]


def schools(folder: Path) -> Path:
    """Write a sheet for every strategy, months with two digits of the year, one heading as a date."""
    book = Workbook()
    first = book.active
    assert isinstance(first, Worksheet)
    months: list[object] = [f"{name}-{67 if at < 3 else 68}" for at, name in enumerate(OCTOBER)]
    months[0] = date(2024, 10, 1)
    for number, (name, titles) in enumerate(
        (("พัฒนาคน", ("โครงการอบรมครู", "งานนิเทศ")), ("พัฒนาสื่อ", ("โครงการจัดทำสื่อ",))), 1
    ):
        sheet = first if number == 1 else book.create_sheet()
        sheet.append(["แผนปฏิบัติการประจำปีงบประมาณ 2568 สำนักงานเขตพื้นที่การศึกษา"])
        sheet.append([f"ยุทธศาสตร์ที่ {number} {name}"])
        sheet.append([*FRONT, *months, "รวมทั้งสิ้น", "% ผลสำเร็จ", "ผู้รับผิดชอบ"])
        sheet.cell(3, 8).number_format = "mmm-yy"
        for order, title in enumerate(titles, 1):
            sheet.append([order, title, "จำนวนผู้เข้าร่วม", "คน", 120, 100, "แผน", *[10] * 12, 120, None, "กลุ่มนิเทศ"])
            sheet.append([*[None] * 6, "ผล", 10, 9, 11, *[10] * 9, 120, 100])
    path = folder / "การศึกษา.xlsx"
    book.save(path)
    return path


def tourism(folder: Path) -> Path:
    """Write quarters as Q1 to Q4, plan and actual as rows, English, the unit of measure called "Unit"."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.append(["Annual Action Plan FY 2025 - Department of Tourism"])
    quarters = [f"Q{number}" for number in range(1, 5)]
    sheet.append(
        ["No.", "Project", "Indicator", "Unit", "Target", "Weight", "Plan/Actual", *quarters, "Total", "Percent"]
    )
    sheet.append([1, "Open visitor centres", "Centres opened", "centres", 8, 100, "Plan", 2, 2, 2, 2, 8])
    sheet.append([*[None] * 6, "Actual", 2, 1, 3, 2, 8, 100])
    path = folder / "tourism.xlsx"
    book.save(path)
    return path
