"""The sentences on what stands around an indicator: its rhythm, its breakdowns, and scores above the works."""

AROUND: dict[str, tuple[str, str]] = {
    "second_reading": (
        "ถ้าจำกัดตัวชี้วัดแต่ละตัวไม่เกิน {cap} จะได้ {exact}",
        "With every indicator capped at {cap} the figure would be {exact}",
    ),
    "lowest": (
        "ตัวชี้วัดที่ต่ำที่สุด: {indicator} ได้ {shown}",
        "The lowest indicator: {indicator} with {shown}",
    ),
    "breakdown": (
        "แยกตาม{dimension}: {terms} รวม {shown}",
        "By {dimension}: {terms}, together {shown}",
    ),
    "breakdown_gap": (
        "แยกตาม{dimension}: {terms} รวม {shown} ต่างจากค่ารวม {gap}",
        "By {dimension}: {terms}, together {shown}, {gap} short of the whole",
    ),
    "breakdown_apart": (
        "แยกตาม{dimension}: {terms} (ค่าเหล่านี้รวมกันไม่ได้)",
        "By {dimension}: {terms} (these cannot be put together)",
    ),
    "score_above": (
        "คะแนนของ{level} {name}: ({terms}) ÷ {weights} = {exact} แสดงเป็น {shown} ระดับ{band}",
        "Score of {level} {name}: ({terms}) ÷ {weights} = {exact}, shown as {shown}, band {band_en}",
    ),
    "score_none": (
        "{level} {name}: ยังไม่มีงานที่นับผล จึงไม่มีคะแนน",
        "{level} {name}: nothing below it counts yet, so there is no score",
    ),
    "score_work": (
        "{record} {title}: {shown} น้ำหนัก {weight}",
        "{record} {title}: {shown}, weight {weight}",
    ),
    "score_left": (
        "{level} {record}: ยังไม่มีผล น้ำหนักกระจายให้ส่วนอื่น",
        "{level} {record}: no figure yet, its weight is spread over the others",
    ),
    "rhythm": (
        "รายงาน{rhythm} จึงคิดผลถึงรอบล่าสุดที่สิ้นสุดแล้ว คือ{month}",
        "Reported {rhythm}: figures count up to the last time that is over, {month}",
    ),
    "rhythm_first": (
        "รายงาน{rhythm} และรอบแรกของปียังไม่สิ้นสุด จึงยังไม่ถึงกำหนด",
        "Reported {rhythm}: its first time of the year is not over yet, so nothing is due",
    ),
}
