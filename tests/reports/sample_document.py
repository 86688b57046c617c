"""A document with every kind of block, in real office Thai, for the tests of the writers.

Figures and names are invented; the words are chosen for what is hard to print: sara am
after tone marks, stacked upper marks, names longer than a column, spans in both
directions, every band, and mixed Thai and Latin text.
"""

from __future__ import annotations

from decimal import Decimal

from samrit.reports.document.model import (
    BandStyle,
    Cell,
    Chart,
    Contents,
    Cover,
    Diagram,
    Document,
    Heading,
    Items,
    Node,
    Paragraph,
    Row,
    Run,
    Section,
    Series,
    TableBlock,
)

BANDS = (
    BandStyle("improve", "ปรับปรุง", "✕", "#b42318"),
    BandStyle("low", "ต่ำ", "▲", "#c2410c"),
    BandStyle("fair", "ปานกลาง", "◐", "#b58900"),
    BandStyle("good", "ดี", "✓", "#1a7f37"),
)

_MONTHS = ("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.")
_LONG_NAME = (
    "โครงการจัดหาระบบดับเพลิงอัตโนมัติแบบหมอกน้ำ (Water Mist) จำนวน 1 ระบบ พร้อมติดตั้งใช้งานเพื่อทดแทนระบบเดิม "
    "ณ ศูนย์คอมพิวเตอร์สำรอง รวมทั้งค่าบำรุงรักษาเครื่องกำเนิดไฟฟ้าและน้ำมันเชื้อเพลิงตามมาตรฐาน ISO/IEC 20000-1"
)


def sample_document(language: str = "th", digits: str = "arabic") -> Document:
    """Return the sample: cover, contents, text, lists, tables, charts, a diagram and a landscape annex."""
    return Document(
        title="การประเมินผลตามแผนปฏิบัติการ 2568 ไตรมาส 2",
        language=language,
        author="สำนักงานตัวอย่าง",
        subject="ผลการดำเนินงานเดือนมกราคม – มิถุนายน 2568",
        blocks=(*_front(), *_text(), *_tables(), *_charts(), _diagram(), *_annex()),
        bands=BANDS,
        digits=digits,
        plan_id="sample-2568",
        as_of=6,
    )


def _front() -> tuple[Cover | Contents | Section | Heading, ...]:
    cover = Cover(
        "การประเมินผลตามแผนปฏิบัติการ",
        ("2568", "ไตรมาส 2", "(มกราคม – มิถุนายน 2568)"),
        ("สำนักงานตัวอย่าง", "กองทุนที่หนึ่ง", "กองทุนเงินทดแทน"),
    )
    return cover, Section(), Contents("สารบัญ"), Section(), Heading("บทสรุปผู้บริหาร", 1)


def _text() -> tuple[Heading | Paragraph | Items, ...]:
    return (
        Paragraph("หน่วยงานต้องรายงานความก้าวหน้าตัวชี้วัดภายในวันที่ 5 ของทุกเดือน จึงนำมาสรุปเป็นผลการดำเนินงานได้ดังนี้", "lead"),
        Paragraph(
            (
                Run("ผลการประเมินอยู่ใน"),
                Run("ระดับดี (สีเขียว)", bold=True, band="good"),
                Run(" จำนวน 1,234 งาน/โครงการ คิดเป็นร้อยละ 84.68 และ"),
                Run("ระดับปรับปรุง (สีแดง)", bold=True, band="improve"),
                Run(" จำนวน 12 งาน/โครงการ "),
                Run("ทั้งนี้ ไม่นับงานที่ยังไม่ถึงกำหนด", italic=True),
            )
        ),
        Paragraph("คำที่พิมพ์ยาก: น้ำ ค้ำประกัน ซ้ำ ทั้งนี้ ที่ปรึกษา ปู่ ญี่ปุ่น ฐาน กตัญญู ผู้ทุพพลภาพ เป๋าตัง ก๋วยเตี๋ยว ฎีกา พิจารณ์", "body"),
        Paragraph("หมายเหตุ: เครื่องหมาย “–” หมายถึงไม่มีแผนในเดือนนั้น", "note"),
        Paragraph("ข้อความกึ่งกลางหน้า", "centre"),
        Heading("รายการหลายระดับ", 2),
        Items(
            (
                "พัฒนาช่องทางการรับชำระเงินผ่านแอปพลิเคชันสำหรับผู้ประกันตนที่อยู่ห่างไกล",
                "ออกหน่วยบริการเคลื่อนที่ มีผู้มาขอรับคำปรึกษา 1,250 คน",
                (Run("ข้อเสนอ ", bold=True), Run("ควรสืบราคาก่อนกำหนดราคากลาง (TOR)")),
                "เพิ่มสิทธิให้ผู้สูงอายุ",
            ),
            depths=(0, 1, 2, 0),
            numbered=True,
        ),
        Items(("ผู้รับจ้างส่งมอบงานล่าช้ากว่ากำหนดในสัญญา", "ไม่มีผู้ยื่นข้อเสนอ"), depths=(0, 1)),
    )


def _tables() -> tuple[Heading | TableBlock, ...]:
    head = (
        Row(
            (
                Cell("ผลการประเมิน", "centre", bold=True, rowspan=2, shade="head"),
                Cell("งาน/โครงการที่ดำเนินการ ไตรมาส 2 (ม.ค. – มิ.ย. 68)", "centre", bold=True, rowspan=2, shade="head"),
                Cell("ผลการประเมิน (ระดับ)", "centre", bold=True, colspan=4, shade="head"),
            ),
            keep_with_next=True,
        ),
        Row(tuple(Cell(b.name, "centre", True, band=b.code, shade="head") for b in reversed(BANDS)), True),
    )
    rows = (
        _count_row("ยุทธศาสตร์ที่ 1", ("20", "16", "1", "–", "3")),
        _count_row("ยุทธศาสตร์ที่ 2", ("102", "89", "5", "2", "6")),
        _count_row("รวม", ("122", "105", "6", "2", "9"), "total"),
        _count_row("ร้อยละของโครงการทั้งหมด", ("100", "86.07", "4.92", "1.64", "7.38"), "quiet"),
    )
    spans = TableBlock(
        head=(Row((Cell("กลุ่ม", shade="head"), Cell("รายการ", shade="head"), Cell("บาท", "right", shade="head"))),),
        rows=(
            Row((Cell("ค่าน้ำมันและค่าบำรุงรักษา", rowspan=2), Cell("ครั้งที่ 1"), Cell("1,234,567.89", "right"))),
            Row((Cell(_LONG_NAME), Cell("0", "right"))),
            Row((Cell("รวมทั้งสิ้น", bold=True, colspan=2, shade="total"), Cell("1,234,567.89", "right", shade="total"))),
        ),
        widths=(2.0, 4.0, 1.5),
        caption="ตารางที่มีเซลล์รวมทั้งแนวตั้งและแนวนอน",
    )
    return (
        Heading("ตารางสรุป", 2),
        TableBlock(head, rows, (3.0, 2.0, 1.2, 1.2, 1.2, 1.2), caption="สรุปผลการประเมินจำแนกตามยุทธศาสตร์"),
        spans,
    )


def _count_row(name: str, counts: tuple[str, ...], shade: str = "") -> Row:
    bold = shade == "total"
    return Row((Cell(name, bold=bold, shade=shade), *(Cell(c, "right", bold, shade=shade) for c in counts)))


def _charts() -> tuple[Heading | Chart, ...]:
    strategies = ("ยุทธศาสตร์ที่ 1 การพัฒนาเทคโนโลยีเพื่อให้บริการเชิงรุก", "ยุทธศาสตร์ที่ 2 ธรรมาภิบาล")
    by_band = {"good": (16, 89), "fair": (1, 5), "low": (0, 2), "improve": (3, 6)}
    stacked = tuple(Series(b.name, tuple(Decimal(n) for n in by_band[b.code]), band=b.code) for b in reversed(BANDS))
    bars = (Series("จำนวน", tuple(Decimal(sum(by_band[b.code])) for b in reversed(BANDS))),)
    planned = Series("แผน", tuple(Decimal(10 * m) for m in range(1, 13)), dashed=True)
    actual = Series("ผล", (*(Decimal("9.5") * m for m in range(1, 7)), *(None,) * 6))
    pie = (Series("คน", (Decimal(2020), Decimal(95), Decimal(328), Decimal(4510))),)
    groups = ("ข้าราชการ", "ลูกจ้างประจำ", "พนักงานราชการ", "พนักงานประกันสังคม")
    heat = (
        Series("หน่วยงานกลาง", (Decimal(3), Decimal(0), None)),
        Series("พื้นที่/จังหวัด/สาขา", (Decimal(1), Decimal(7), Decimal(2))),
    )
    names = tuple(b.name for b in reversed(BANDS))
    return (
        Heading("แผนภูมิ", 2),
        Chart("bar", "งานเก้าในสิบอยู่ในระดับดี", names, bars, "แท่งสี่แท่ง ดี 105 ปานกลาง 6 ต่ำ 2 ปรับปรุง 9", unit="งาน/โครงการ"),
        Chart("stacked", "ระดับปรับปรุงอยู่ในยุทธศาสตร์ที่ 2 มากที่สุด", strategies, stacked, "แท่งซ้อนสองแท่ง", "จำแนกตามยุทธศาสตร์"),
        Chart("line", "ผลต่ำกว่าแผนเล็กน้อยทุกเดือน", _MONTHS, (planned, actual), "เส้นแผนและเส้นผล", unit="ร้อยละ", marked=5),
        Chart("pie", "พนักงานประกันสังคมมีมากที่สุด", groups, pie, "วงกลมสี่ส่วน", "สัดส่วนอัตรากำลัง", unit="คน"),
        Chart("heat", "เดือนกุมภาพันธ์ขาดรายงานมากที่สุด", _MONTHS[:3], heat, "ตารางสีสองแถวสามเดือน", unit="รายการ"),
    )


def _diagram() -> Diagram:
    nodes = (
        Node("v", "วิสัยทัศน์: องค์กรแห่งการเรียนรู้", 0, "วิสัยทัศน์"),
        Node("s1", "ยุทธศาสตร์ที่ 1 พัฒนาบุคลากรให้มีสมรรถนะสูง", 1, "ยุทธศาสตร์"),
        Node("s2", "ยุทธศาสตร์ที่ 2 สร้างความผูกพันและความก้าวหน้า", 1, "ยุทธศาสตร์"),
        Node("t11", "1.1 วางแผนกำลังคน", 2, "กลยุทธ์"),
        Node("t21", "2.1 ยกระดับคุณภาพชีวิตการทำงาน", 2, "กลยุทธ์"),
    )
    edges = (("v", "s1"), ("v", "s2"), ("s1", "t11"), ("s2", "t21"))
    return Diagram("แผนหนึ่งหน้า", nodes, edges, "วิสัยทัศน์แตกเป็นสองยุทธศาสตร์ ยุทธศาสตร์ละหนึ่งกลยุทธ์", "แผนหนึ่งหน้า")


def _annex() -> tuple[Section | Heading | TableBlock, ...]:
    table = TableBlock(
        _annex_head(),
        (*_annex_rows("1"), *_annex_rows("2")),
        (0.9, 4, 1.2, 1, 0.9, 1, *(0.75,) * 12, 1, 1.1),
        small=True,
    )
    return (
        Section(landscape=True, header="กองทุนที่หนึ่ง – ยุทธศาสตร์ที่ 1"),
        Heading("ยุทธศาสตร์ที่ 1 การพัฒนาเทคโนโลยีเพื่อให้บริการเชิงรุก", 2),
        table,
        Section(),
        Heading("สิ่งที่รายงานนี้ไม่ทราบ", 2),
    )


def _annex_head() -> tuple[Row, ...]:
    names = ("ลำดับที่", "ตัวชี้วัด งาน/โครงการ", "เป้าหมาย", "หน่วยนับ", "แผน/ผล", "น้ำหนัก")
    first = [Cell(n, "centre", True, rowspan=2, shade="head") for n in names]
    first += [Cell(f"ไตรมาสที่ {q}", "centre", True, colspan=3, shade="head") for q in (1, 2, 3, 4)]
    first += [Cell(n, "centre", True, rowspan=2, shade="head") for n in ("รวม", "ผล (ร้อยละ)")]
    return Row(tuple(first), True), Row(tuple(Cell(m, "centre", True, shade="head") for m in _MONTHS), True)


def _annex_rows(number: str) -> tuple[Row, ...]:
    planned = tuple(Cell("1,000" if m % 3 == 0 else "–", "right") for m in range(1, 13))
    actual = tuple(Cell("1,250" if m == 3 else "0" if m == 6 else "", "right") for m in range(1, 13))
    return (
        Row((Cell("กลยุทธ์ที่ 1.1 : การส่งเสริมแพลตฟอร์มกลาง", bold=True, colspan=20, shade="group"),), True),
        Row((Cell(f"{number}.", "centre", True), Cell(_LONG_NAME, bold=True, colspan=19)), True),
        Row(
            (
                Cell("ตัวชี้วัดที่ 1", rowspan=2),
                Cell("ร้อยละของผู้รับบริการที่พึงพอใจต่อคำแนะนำ", rowspan=2),
                Cell("4,000", "right", rowspan=2),
                Cell("คน", "centre", rowspan=2),
                Cell("แผน", "centre"),
                Cell("100", "right", rowspan=2),
                *planned,
                Cell("2,000", "right"),
                Cell(""),
            ),
            True,
        ),
        Row((Cell("ผล", "centre"), *actual, Cell("1,250", "right"), Cell("62.5", "right", band="low")), True),
        Row(
            (
                Cell("ระยะเวลาโครงการ : มกราคม – ธันวาคม 2568", colspan=6),
                Cell("ร้อยละเฉลี่ยของงาน/โครงการ", "right", True, colspan=13),
                Cell("62.5", "right", True, band="low"),
            ),
        ),
        Row((Cell("คำอธิบาย: ระดับ 1 แต่งตั้งคณะกรรมการ ระดับ 2 จัดทำ TOR และราคากลาง", colspan=20, shade="quiet"),)),
    )
