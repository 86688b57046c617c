"""The sentences of derivations: code → (Thai, English); parameters are figures and words, never arithmetic."""

from samrit.engine.explain.wording_around import AROUND

SENTENCES: dict[str, tuple[str, str]] = {
    "project": (
        "{record} {title}: {shown} ระดับ{band}",
        "{record} {title}: {shown}, band {band_en}",
    ),
    "project_without_figure": (
        "{record} {title}: ไม่มีผลการประเมิน เพราะ{state}",
        "{record} {title}: no result, because: {state}",
    ),
    "band": (
        "ระดับ{band} {sign}: {exact} อยู่ในช่วง {interval} (ใช้ค่าที่ยังไม่ปัดเศษ)",
        "Band {band_en} {sign}: {exact} lies in {interval} (the unrounded figure decides)",
    ),
    "band_settled": (
        "ระดับ{band} {sign}: ผู้ประเมินปรับผล เหตุผล: {reason}",
        "Band {band_en} {sign}: settled by the evaluators, reason: {reason}",
    ),
    "band_held": (
        "ระดับ{band} {sign}: {exact} ถึงระดับ{best} แต่ {indicator} ได้ {lowest} และระดับนั้นต้องการทุกตัวชี้วัดไม่ต่ำกว่า {limit}",
        "Band {band_en} {sign}: {exact} would be {best_en}, which asks for {limit} of all; {indicator} has {lowest}",
    ),
    "without_plan_listed": (
        "สิ้นปีแล้วไม่มีตัวชี้วัดใดคิดคะแนนได้ จึงแสดงในช่อง “ไม่มีแผน” ของทุกตาราง",
        "No indicator could be scored by the year's end, so it stands in the “no plan” column of every table",
    ),
    "without_plan_red": (
        "สิ้นปีแล้วไม่มีตัวชี้วัดใดคิดคะแนนได้ และหลักเกณฑ์ให้งานที่ไม่มีแผนนับเป็น 0",
        "No indicator could be scored by the year's end, and the rule set counts a work without a plan as 0",
    ),
    "without_plan_as_reported": (
        "สิ้นปีแล้วไม่มีตัวชี้วัดใดคิดคะแนนได้ และหลักเกณฑ์ให้งานที่ไม่มีแผนนับเป็น 100 เมื่อมีการรายงานผล ถ้าไม่มีนับเป็น 0",
        "No indicator could be scored by the year's end; without a plan, what was reported counts 100, nothing 0",
    ),
    "band_nothing_reported": (
        "ไม่มีรายงานผลจนถึงสิ้นปี จึงนับผลเป็น 0",
        "Nothing was reported by the year's end, so it counts as 0",
    ),
    "override": (
        "ผู้ประเมินปรับผลเป็น {shown} (ค่าที่ระบบคำนวณ {computed}) เหตุผล: {reason} {who}",
        "The evaluators settled {shown} in place of the computed figure ({computed}), reason: {reason} {who}",
    ),
    "override_on_scale": (
        "ผู้ประเมินปรับผลเป็น {shown} (ค่าที่ระบบคำนวณ {computed}) คิดตามเกณฑ์ได้ {points} คะแนน เหตุผล: {reason} {who}",
        "The evaluators settled {shown} ({computed} computed), which the scale makes {points}, reason: {reason} {who}",
    ),
    "weighted": (
        "ร้อยละของงาน/โครงการ = ({terms}) ÷ 100 = {exact} แสดงเป็น {shown}",
        "Percent of the work or project = ({terms}) ÷ 100 = {exact}, shown as {shown}",
    ),
    "points": (
        "คะแนนของงาน/โครงการ = ({terms}) ÷ {weights} = {exact} แสดงเป็น {shown}",
        "Score of the work or project = ({terms}) ÷ {weights} = {exact}, shown as {shown}",
    ),
    "weights_wrong": (
        "น้ำหนักรวมได้ {weights} ไม่ใช่ 100: ถ้าหารด้วยน้ำหนักรวมจะได้ {exact}",
        "The weights add up to {weights}, not 100: divided by their sum the figure is {exact}",
    ),
    "weights_equal": (
        "ไม่ได้กำหนดน้ำหนักหรือเป็น 0 ทุกตัว จึงแบ่งเท่ากัน {count} ตัวชี้วัด ตัวละ {weight}",
        "No weights are given, or all are 0, so {count} indicators share equally, {weight} each",
    ),
    "weights_shared": (
        "ตัวชี้วัดที่ไม่ได้กำหนดน้ำหนัก ({absent}) แบ่งน้ำหนักที่เหลือถึง 100 เท่ากัน ตัวละ {weight}",
        "Indicators without a weight ({absent}) share what is left to 100, {weight} each",
    ),
    "weights_spread": (
        "ตัวชี้วัดที่{state} ({absent}) ไม่นำมาคำนวณ น้ำหนักของตัวชี้วัดดังกล่าวกระจายให้ตัวชี้วัดที่เหลือตามสัดส่วน",
        "Indicators that are “{state}” ({absent}) are excluded; their weight is redistributed proportionally",
    ),
    "indicator": (
        "{record} {name}: {shown}",
        "{record} {name}: {shown}",
    ),
    "indicator_without_figure": (
        "{record} {name}: {state}",
        "{record} {name}: {state}",
    ),
    "ratio": (
        "ผลสะสม {actual} ÷ แผนสะสม {plan} × 100 = {exact}",
        "actual total {actual} ÷ plan total {plan} × 100 = {exact}",
    ),
    "ratio_lower": (
        "ยิ่งน้อยยิ่งดี: แผนสะสม {plan} ÷ ผลสะสม {actual} × 100 = {exact}",
        "lower is better: plan total {plan} ÷ actual total {actual} × 100 = {exact}",
    ),
    "ratio_lower_ceiling": (
        "ยิ่งน้อยยิ่งดี: แผนสะสม {plan} ผลสะสม {actual} ได้ไม่เกิน {ceiling} = {exact}",
        "lower is better: plan total {plan}, actual total {actual}, at most {ceiling} = {exact}",
    ),
    "zero_kept": (
        "แผนสะสมเป็น 0 และยิ่งน้อยยิ่งดี: ผลสะสม {actual} เป็นไปตามแผน = {exact}",
        "the plan is 0 and lower is better: actual total {actual} keeps to it = {exact}",
    ),
    "zero_missed": (
        "แผนสะสมเป็น 0 และยิ่งน้อยยิ่งดี: ผลสะสม {actual} เกินแผน = {exact}",
        "the plan is 0 and lower is better: actual total {actual} is above it = {exact}",
    ),
    "difference": (
        "แผนติดลบ จึงคิดจากผลต่าง: 100 + (ผลสะสม {actual} − แผนสะสม {plan}) ÷ {size} × 100 = {exact}",
        "the plan is below 0, so the difference counts: 100 + (actual {actual} − plan {plan}) ÷ {size} × 100 = {exact}",
    ),
    "difference_lower": (
        "แผนติดลบ จึงคิดจากผลต่าง: 100 − (ผลสะสม {actual} − แผนสะสม {plan}) ÷ {size} × 100 = {exact}",
        "the plan is below 0, so the difference counts: 100 − (actual {actual} − plan {plan}) ÷ {size} × 100 = {exact}",
    ),
    "difference_below": (
        "แผนติดลบ ({plan}) และผล {actual} ห่างจากแผนเกินขนาดของแผน: {exact}",
        "the plan is below 0 ({plan}) and the result {actual} misses it by more than its size: {exact}",
    ),
    "partly_reported": (
        "รายงานแล้ว {reported} จาก {due} ตัวเลขที่ถึงกำหนด",
        "{reported} of {due} figures due were reported",
    ),
    "units_silent": (
        "รายงานแล้ว {reported} จาก {due} หน่วยงานที่ถึงกำหนด",
        "{reported} of {due} units due reported",
    ),
    "missing_as_planned": (
        "ตัวเลขที่ยังไม่รายงานใส่ตามแผนไว้ก่อน เพื่อไม่ให้แผนที่เล็กลงทำให้ผลดูดีขึ้น แล้วคิดตามส่วนที่รายงาน",
        "what is missing is put in as planned, so that a smaller plan cannot make the result look better",
    ),
    "missing_as_nothing": (
        "ตัวเลขที่ยังไม่รายงานนับเป็น 0: {shown}",
        "what is missing counts as 0: {shown}",
    ),
    "nothing_of_what_was_due": (
        "ไม่มีตัวเลขที่ถึงกำหนดรายการใดรายงานแล้ว นับเป็น {shown}",
        "nothing of what was due was reported: counts as {shown}",
    ),
    "part_counts": (
        "นับเฉพาะส่วนที่รายงาน: {percent} ไม่เกิน 100 × {part} ÷ {whole} = {exact}",
        "only what was reported counts: {percent}, at most 100, × {part} ÷ {whole} = {exact}",
    ),
    "part_below": (
        "ส่วนที่รายงานไม่ถึง 0 จึงใช้ตามนั้น: {exact}",
        "what was reported is not above 0 and stands as it is: {exact}",
    ),
    "set_aside": (
        "หน่วยงาน {unit} {period}: {shown} ไม่นับซ้ำ เพราะมีค่าของทุกหน่วยงานในเดือนนั้น",
        "unit {unit} {period}: {shown} is set aside, since a figure for all units stands in that month",
    ),
    "from_baseline": (
        "(ค่าฐาน {baseline} − ผล {actual}) ÷ (ค่าฐาน {baseline} − แผน {plan}) × 100 = {exact}",
        "(baseline {baseline} − actual {actual}) ÷ (baseline {baseline} − plan {plan}) × 100 = {exact}",
    ),
    "level_due": ("ระดับที่ถึงกำหนดถึง {as_of}: {level}", "level due up to {as_of}: {level}"),
    "level_reached": ("ระดับที่ทำได้ถึง {as_of}: {level}", "level reached up to {as_of}: {level}"),
    "value_is_level": ("ผล {value} เป็นระดับ {level}", "the result {value} is level {level}"),
    "planned_value_is_level": ("แผน {value} เป็นระดับ {level}", "the plan {value} is level {level}"),
    "range_kept": (
        "ผล {actual} อยู่ในช่วงที่วางแผน {lower} – {upper} = {exact}",
        "actual {actual} is within the planned range {lower} – {upper} = {exact}",
    ),
    "range_below": (
        "ต่ำกว่าช่วงที่วางแผน {lower} – {upper}: 100 − ({lower} − ผล {actual}) ÷ {size} × 100 = {exact}",
        "below the planned range {lower} – {upper}: 100 − ({lower} − actual {actual}) ÷ {size} × 100 = {exact}",
    ),
    "range_above": (
        "สูงกว่าช่วงที่วางแผน {lower} – {upper}: 100 − (ผล {actual} − {upper}) ÷ {size} × 100 = {exact}",
        "above the planned range {lower} – {upper}: 100 − (actual {actual} − {upper}) ÷ {size} × 100 = {exact}",
    ),
    "range_below_zero": (
        "ผล {actual} ต่ำกว่าช่วงที่เริ่มจาก 0 (ถึง {upper}) = {exact}",
        "actual {actual} is below a range that begins at 0 (up to {upper}) = {exact}",
    ),
    "range_above_zero": (
        "ผล {actual} สูงกว่าช่วงที่สิ้นสุดที่ 0 (ตั้งแต่ {lower}) = {exact}",
        "actual {actual} is above a range that ends at 0 (from {lower}) = {exact}",
    ),
    "range_below_far": (
        "ผล {actual} ต่ำกว่าช่วง {lower} – {upper} เกินขนาดของขอบ = {exact}",
        "actual {actual} is below the range {lower} – {upper} by more than its bound = {exact}",
    ),
    "range_above_far": (
        "ผล {actual} สูงกว่าช่วง {lower} – {upper} เกินขนาดของขอบ = {exact}",
        "actual {actual} is above the range {lower} – {upper} by more than its bound = {exact}",
    ),
    "deadline_kept": ("แล้วเสร็จตามกำหนด = {exact}", "reached in time = {exact}"),
    "deadline_late": (
        "ช้ากว่ากำหนด {late} เดือน: 100 − {late} × {step} = {exact}",
        "months late: {late}, so 100 − {late} × {step} = {exact}",
    ),
    "deadline_too_late": (
        "ช้ากว่ากำหนด {late} เดือน เดือนละ {step} จึงไม่เหลือ = {exact}",
        "months late: {late}, {step} each, which leaves nothing = {exact}",
    ),
    "deadline_missed": ("ถึงกำหนดแล้วยังไม่แล้วเสร็จ นับเป็น 0", "due and not reached: counts as 0"),
    "deadline_due": ("กำหนดแล้วเสร็จ {period}: {text}", "due by {period}: {text}"),
    "deadline_later": ("กำหนดแล้วเสร็จ {period} ยังไม่ถึงกำหนด: {text}", "due by {period}, which has not come: {text}"),
    "deadline_reached": ("แล้วเสร็จ {period}", "reached in {period}"),
    "deadline_open": ("ยังไม่แล้วเสร็จถึง {as_of}", "not reached up to {as_of}"),
    "level": (
        "ระดับที่ทำได้ {reached} ÷ ระดับตามแผน {planned} × 100 = {exact}",
        "level reached {reached} ÷ level planned {planned} × 100 = {exact}",
    ),
    "not_reported": (
        "ถึงกำหนดแล้วแต่ยังไม่รายงาน นับเป็น 0",
        "due but not reported: counts as 0",
    ),
    "capped": (
        "จำกัดไม่เกิน {cap}: {exact} → {shown}",
        "capped at {cap}: {exact} → {shown}",
    ),
    "score": (
        "คะแนนตามเกณฑ์ = {exact}",
        "points on the scale = {exact}",
    ),
    "plan_total": (
        "แผนสะสมถึง {as_of} (วิธี{how}): {arithmetic}",
        "plan total up to {as_of} ({how}): {arithmetic}",
    ),
    "actual_total": (
        "ผลสะสมถึง {as_of} (วิธี{how}): {arithmetic}",
        "actual total up to {as_of} ({how}): {arithmetic}",
    ),
    "nothing_planned": ("ไม่มีแผนถึง {as_of}", "nothing planned up to {as_of}"),
    "nothing_reported": ("ยังไม่มีรายงานผลถึง {as_of}", "nothing reported up to {as_of}"),
    "unit_total": ("หน่วยงาน {unit}: {arithmetic}", "unit {unit}: {arithmetic}"),
    "whole_total": ("ค่าของทุกหน่วยงาน: {arithmetic}", "figures for all units: {arithmetic}"),
    "month_total": ("{period}: {arithmetic}", "{period}: {arithmetic}"),
    "entry_of_unit": ("หน่วยงาน {unit} {period}: {shown}", "unit {unit} {period}: {shown}"),
    "entry_span_of_unit": (
        "หน่วยงาน {unit} {first} – {period} รวมกัน: {shown}",
        "unit {unit} {first} – {period}: {shown}",
    ),
    "entry": ("{period}: {shown}", "{period}: {shown}"),
    "entry_span": ("{first} – {period} รวมกัน: {shown}", "{first} – {period} together: {shown}"),
    "site": ("สถานที่ {title}: {outcome}", "site {title}: {outcome}"),
    "site_progress": (
        "สถานที่ {title}: ก้าวหน้าร้อยละ {reached} แผนร้อยละ {planned} (สัญญา {share} ที่เหลือตามงวดงาน {instalments} งวด)",
        "site {title}: {reached} % of {planned} % planned (contract {share}, the rest by {instalments} instalments)",
    ),
    "ratio_without_parts": (
        "บางงวดมีแต่ร้อยละ ไม่มีตัวตั้งและตัวหาร จึงใช้ค่าเฉลี่ยของร้อยละ",
        "some periods have only a percentage without its parts, so the simple average of the percentages is used",
    ),
    "mean_over_units": (
        "รวมหลายหน่วยงานด้วยค่าเฉลี่ยธรรมดา เพราะไม่มีตัวตั้งและตัวหาร",
        "units are combined by their plain mean, since there are no parts",
    ),
    "consolidation_missing": (
        "แผนยังไม่ได้กำหนดวิธีรวมผลของหลายหน่วยงาน จึงยังคำนวณไม่ได้",
        "the plan does not specify how units are consolidated, so there is no figure",
    ),
    "whole_figure_used": (
        "มีค่าของทั้งตัวชี้วัดอยู่แล้ว จึงไม่รวมค่าของแต่ละหน่วยงานซ้ำ",
        "a figure for the whole indicator is given, so the units' figures are not added to it",
    ),
    "cell": (
        "{row} × {column}: นับได้ {shown} งาน/โครงการ จากทั้งหมด {total} (ร้อยละ {share})",
        "{row} × {column}: {shown} works and projects of {total} ({share} %)",
    ),
    "money_work": (
        "{record} {title}: เบิกจ่าย {spent} จากงบประมาณ {budget} บาท ร้อยละ {shown}",
        "{record} {title}: {spent} of a budget of {budget} baht spent, {shown} %",
    ),
    "money_work_unfunded": (
        "{record} {title}: เบิกจ่าย {spent} บาท โดยไม่มีงบประมาณในแผน จึงไม่มีร้อยละ",
        "{record} {title}: {spent} baht spent without a budget in the plan, so there is no percent",
    ),
    "money_work_unknown": (
        "{record} {title}: ยังไม่มีข้อมูลการเบิกจ่าย (งบประมาณ {budget} บาท)",
        "{record} {title}: no data on money spent (budget {budget} baht)",
    ),
    "money_percent": (
        "เบิกจ่ายสะสม {spent} ÷ งบประมาณ {budget} × 100 = {exact}",
        "disbursed to date {spent} ÷ budget {budget} × 100 = {exact}",
    ),
    "money_budget": (
        "งบประมาณที่ใช้บังคับ ณ {as_of}: {arithmetic}",
        "budget in force in {as_of}: {arithmetic}",
    ),
    "money_state": ("{state}สะสมถึง {as_of}: {arithmetic}", "{state} up to {as_of}: {arithmetic}"),
    "money_moved": ("{period}: {amount}{texts}", "{period}: {amount}{texts}"),
    "money_sum": (
        "{row}: เบิกจ่าย {spent} จากงบประมาณ {budget} บาท ร้อยละ {shown}",
        "{row}: {spent} of budgets of {budget} baht spent, {shown} %",
    ),
    "money_sum_unknown": (
        "{row}: ยังไม่มีข้อมูลการเบิกจ่าย (งบประมาณ {budget} บาท)",
        "{row}: no data on money spent (budgets {budget} baht)",
    ),
    "money_missing": (
        "ยังไม่มีข้อมูลการเบิกจ่าย {unknown} จาก {funded} งาน/โครงการที่มีงบประมาณ (รวมงบประมาณไว้ในฐาน แต่ไม่มียอดเบิกจ่าย)",
        "no data on money spent for {unknown} of the {funded} works with a budget: their budgets count, no payments",
    ),
    "counted": ("{record} {title}: {figure}", "{record} {title}: {figure}"),
    "counted_once": (
        "{record} {title}: เป็นงาน/โครงการเดียวกับ {first} จึงนับครั้งเดียว",
        "{record} {title}: the same as {first}, counted once",
    ),
    **AROUND,
}
