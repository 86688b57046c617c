"""The administrators' pages: people, their roles, the register of units."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from samrit.plans.models import HistoryEntry, Person, Plan, Role, RoleAssignment, Unit
from samrit.plans.records.snapshots import snapshot
from samrit.plans.reporting.register_file import UnitRow
from samrit.plans.services.office.units import unit_save
from samrit.plans.services.writing import SYSTEM
from tests.plans.office import People
from tests.web.signing_in import is_signed_in, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client: Client, person: People, register: dict[str, Unit]) -> Client:
    sign_in(client, person("administrator"))
    return client


class TestPeople:
    def test_a_new_person_gets_an_account_without_a_password(self, admin: Client) -> None:
        form = {"username": "somchai.j", "display_name": "สมชาย ใจดี", "email": "s@example.org", "language": "th"}
        assert admin.post("/people/new/", form).headers["Location"] == "/person/somchai.j/"
        made = Person.objects.get(username="somchai.j")
        assert not made.has_usable_password()
        assert HistoryEntry.objects.filter(action="person.create", record=made.reference).exists()

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"username": "administrator-1"}, "administrator-1"),
            ({"username": "has space"}, "ไม่มีช่องว่าง"),
            ({"email": "administrator-1@example.org"}, "อีเมลนี้เป็นของบัญชีอื่นแล้ว"),
            ({"email": "not an address"}, "id_email_error"),
            ({"display_name": ""}, "id_display_name_error"),
            ({"language": "xx"}, "id_language_error"),
        ],
    )
    def test_a_wrong_form_says_what_is_wrong_and_keeps_what_was_typed(
        self, admin: Client, changes: dict[str, str], said: str
    ) -> None:
        form = {"username": "somchai.j", "display_name": "สมชาย", "email": "", "language": "th", **changes}
        answer = admin.post("/people/new/", form)
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert Person.objects.count() == 1

    def test_several_roles_can_be_given_with_unit_plan_and_dates(self, admin: Client, person: People, hr: Plan) -> None:
        auditor = person("auditor")
        address = f"/person/{auditor.username}/roles/"
        given = {"role": "reporter", "unit": "กฝ.", "valid_from": "1/10/2568", "valid_to": "30 ก.ย. 2569"}
        assert admin.post(address, {**given, "reason": "คำสั่งที่ 1"}).status_code == 302
        assert admin.post(address, {"role": "planner", "plan": hr.code}).status_code == 302
        roles = {a.role: a for a in RoleAssignment.objects.filter(person=auditor)}
        assert set(roles) == {Role.AUDITOR, Role.REPORTER, Role.PLANNER}
        assert (roles["reporter"].valid_from, roles["reporter"].valid_to) == (date(2025, 10, 1), date(2026, 9, 30))
        assert roles["planner"].plan == hr
        html = admin.get(f"/person/{auditor.username}/").content.decode()
        assert "กองฝึกอบรม" in html
        assert hr.title in html

    @pytest.mark.parametrize(
        ("form", "field"),
        [
            ({"role": "reporter"}, "unit"),
            ({"role": "reporter", "unit": "ไม่มี"}, "unit"),
            ({"role": "boss"}, "role"),
            ({"role": "auditor", "plan": "none"}, "plan"),
            ({"role": "auditor", "valid_from": "31/2/2569"}, "valid_from"),
            ({"role": "auditor", "valid_from": "2/1/2569", "valid_to": "1/1/2569"}, "valid_to"),
        ],
    )
    def test_a_wrong_role_is_not_given(self, admin: Client, person: People, form: dict[str, str], field: str) -> None:
        auditor = person("auditor")
        answer = admin.post(f"/person/{auditor.username}/roles/", form)
        assert answer.status_code == 422
        assert set(answer.context["page"].role_form.errors) == {field}
        assert RoleAssignment.objects.filter(person=auditor).count() == 1

    def test_a_role_taken_away_closes_its_pages_at_once(self, admin: Client, person: People) -> None:
        auditor, other = person("auditor"), Client()
        sign_in(other, auditor)
        assert other.get("/people/").status_code == 200
        assignment = RoleAssignment.objects.get(person=auditor)
        admin.post(f"/person/{auditor.username}/roles/{assignment.pk}/take/")
        assert other.get("/people/").status_code == 403
        assert HistoryEntry.objects.latest("sequence").action == "role.take"

    def test_an_account_is_closed_and_opened_again_but_never_ones_own(self, admin: Client, person: People) -> None:
        auditor, own = person("auditor"), person("administrator")
        admin.post(f"/person/{auditor.username}/switch/", {"active": "no", "reason": "ย้าย"})
        assert not Person.objects.get(pk=auditor.pk).is_active
        admin.post(f"/person/{auditor.username}/switch/", {"active": "yes"})
        assert Person.objects.get(pk=auditor.pk).is_active
        admin.post(f"/person/{own.username}/switch/", {"active": "no"})
        assert is_signed_in(admin)

    def test_the_list_finds_by_name_address_unit_role_and_state(self, admin: Client, person: People) -> None:
        person("reporter", unit="กฝ.")
        found = {
            query: [row.person.username for row in admin.get(f"/people/?{query}").context["page"].rows]
            for query in ("q=reporter", "q=กองฝึกอบรม", "role=reporter", "active=no", "q=zzz", "page=99", "page=x")
        }
        assert found["q=reporter"] == found["q=กองฝึกอบรม"] == found["role=reporter"] == ["reporter-2"]
        assert found["active=no"] == found["q=zzz"] == []
        assert len(found["page=99"]) == len(found["page=x"]) == 2


class TestUnits:
    def test_the_register_is_shown_as_a_tree_and_cut_by_what_is_asked(self, admin: Client) -> None:
        whole = admin.get("/units/").context["page"]
        assert whole.count == len(whole.lines) == Unit.objects.count()
        assert whole.lines[0].depth == 0
        some = admin.get("/units/?type=rehabilitation").context["page"]
        assert len(some.lines) == 5
        assert [line.unit.code for line in admin.get("/units/?q=กองฝึก").context["page"].lines] == ["กฝ."]
        assert admin.get("/units/?held=no").context["page"].lines == ()

    def test_a_unit_is_added_with_parent_aliases_dates_and_successor(self, admin: Client) -> None:
        form = {
            "code": "กทล.", "name": "กองทดลอง", "name_en": "Trial", "type": "central", "region": "", "parent": "สปส.",
            "aliases": "ทดลอง\nกองทดลอง 1", "valid_from": "1 ต.ค. 2568", "valid_to": "", "successor": "กฝ.",
        }  # fmt: skip
        assert admin.post("/units/new/", form).status_code == 302
        made = Unit.objects.get(code="กทล.")
        assert (made.parent and made.parent.code, made.successor and made.successor.code) == ("สปส.", "กฝ.")
        assert made.aliases == ["กองทดลอง 1", "ทดลอง"]
        assert made.valid_from == date(2025, 10, 1)
        assert HistoryEntry.objects.filter(action="unit.save", record="กทล.").exists()

    def test_a_unit_is_renamed_from_a_day_on_and_a_wrong_day_stands_beside_its_field(self, admin: Client) -> None:
        unit, new = Unit.objects.select_related("parent").get(code="กฝ."), "กองพัฒนาบุคลากร"
        assert unit.parent is not None
        old, form = unit.name, {"name": new, "name_en": unit.name_en, "type": "central", "parent": unit.parent.code}
        unchanged = {**form, "name": old, "called_since": "31/12/2599"}
        assert "called_since" in admin.post("/unit/กฝ./", unchanged).context["page"].form.errors
        ahead = admin.post("/unit/กฝ./", {**form, "called_since": "31/12/2599", "reason": "คำสั่งที่ 9"}, follow=True)
        assert all(said in ahead.content.decode() for said in ("ตั้งแต่ 31 ธ.ค. 2599 · คำสั่งที่ 9", "31 ธันวาคม 2599"))
        back = admin.post("/unit/กฝ./", {**form, "name": old, "take_back": "on"}, follow=True)
        assert "31 ธ.ค. 2599" not in back.content.decode()
        assert Unit.objects.get(code="กฝ.").name == old
        assert admin.post("/unit/กฝ./", {**form, "called_since": "16 มี.ค. 2568"}).status_code == 302
        shown = admin.get("/unit/กฝ./")
        assert [called.name for called in shown.context["page"].details.unit.earlier] == [old]
        assert "ถึง 15 มี.ค. 2568" in shown.content.decode()
        again = {**form, "name": f"{new}ฯ", "called_since": "16/03/2568"}
        assert "ทุกเดือนที่ใช้ชื่อนี้" in admin.post("/unit/กฝ./", again, follow=True).content.decode()
        assert [line.unit.code for line in admin.get(f"/units/?q={old}").context["page"].lines] == ["กฝ."]

    def test_a_groups_members_are_typed_by_their_codes(self, admin: Client) -> None:
        group = Unit.objects.filter(type="group").first()
        assert group is not None
        form = {"name": group.name, "type": "group", "members": "กฝ.\nกม.; กค."}
        assert admin.post(f"/unit/{group.code}/", form).status_code == 302
        assert set(group.members.values_list("code", flat=True)) == {"กฝ.", "กม.", "กค."}

    def test_saving_a_form_unchanged_changes_nothing(self, admin: Client) -> None:
        before = HistoryEntry.objects.count()
        for code in ("กฝ.", *Unit.objects.filter(type="group").values_list("code", flat=True)):
            form = admin.get(f"/unit/{code}/").context["page"].form
            sent = {name: form[name].value() or "" for name in form.fields}
            assert admin.post(f"/unit/{code}/", sent).status_code == 302, code
        assert HistoryEntry.objects.count() == before

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"code": "กฝ."}, "code"),
            ({"parent": "ไม่มี"}, "parent"),
            ({"members": "กฝ.\nไม่มี"}, "members"),
            ({"successor": "ไม่มี"}, "successor"),
            ({"valid_from": "2/1/2569", "valid_to": "1/1/2569"}, "valid_to"),
            ({"valid_from": "เมื่อวาน"}, "valid_from"),
            ({"type": " "}, "type"),
            ({"aliases": "กองฝึกอบรม"}, "__all__"),
        ],
    )
    def test_a_wrong_form_says_where(self, admin: Client, changes: dict[str, str], field: str) -> None:
        before = Unit.objects.count()
        answer = admin.post("/units/new/", {"code": "กทล.", "name": "กองทดลอง", "type": "central", **changes})
        assert answer.status_code == 422
        assert set(answer.context["page"].form.errors) == {field}
        assert Unit.objects.count() == before

    def test_an_office_has_types_of_units_of_its_own(self, admin: Client) -> None:
        """What the first office calls its units is offered to nobody who has none of them (issue M)."""
        form = {"code": "รพ.1", "name": "รพ.สต. 1", "type": "รพ.สต."}
        assert admin.post("/units/new/", form).status_code == 302
        assert Unit.objects.get(code="รพ.1").type == "รพ.สต."
        named = {"name": "รพ.สต. 1", "type": "ส่วนกลาง"}
        assert admin.post("/unit/รพ.1/", named).status_code == 302
        assert Unit.objects.get(code="รพ.1").type == "central"
        Unit.objects.exclude(code="รพ.1").update(type="")
        page = admin.get("/units/new/").content.decode()
        offered = page.partition('id="unit-types"')[2].partition("</datalist>")[0]
        assert "ศูนย์ฟื้นฟู" not in offered
        assert "กลุ่มหน่วยงาน" in offered

    def test_a_unit_does_not_stand_under_itself(self, admin: Client) -> None:
        top = Unit.objects.get(code="สปส.")
        answer = admin.post("/unit/สปส./", {"name": top.name, "type": top.type, "parent": "กฝ."})
        assert answer.status_code == 422
        assert Unit.objects.get(code="สปส.").parent is None

    def test_a_register_is_taken_whole_or_not_at_all(self, admin: Client) -> None:
        def send(text: str, encoding: str = "utf-8") -> int:
            file = SimpleUploadedFile("units.csv", text.encode(encoding))
            return admin.post("/units/register/", {"file": file}).status_code

        head = "code,name,type,parent\n"
        assert send(head + "ก1,หนึ่ง,section,\nก2,สอง,section,ก1\n") == 302
        assert Unit.objects.get(code="ก2").parent == Unit.objects.get(code="ก1")
        before = Unit.objects.count()
        assert send(head + "ก3,สาม,section,\nก3,สาม,section,\n") == 422
        assert send(head + "ก4,สี่,section,ไม่มี\n") == 422
        assert send("name\nx\n") == 422
        assert send(head + "ก5,ห้า,section,\n", "utf-32") == 422
        assert admin.post("/units/register/").status_code == 422
        assert Unit.objects.count() == before

    def test_a_column_that_is_absent_leaves_things_and_a_blank_cell_clears(self, admin: Client) -> None:
        def send(text: str) -> None:
            answer = admin.post("/units/register/", {"file": SimpleUploadedFile("units.csv", text.encode("tis-620"))})
            assert answer.status_code == 302, answer.content.decode()

        send(
            "code,name,type,region,parent,aliases,groups,valid_from\nกก,กลุ่ม,group,,,,,\nก1,หนึ่ง,branch,ภาคใต้,กก,ก.1|ก๑,กก,1/10/2568\n"
        )
        before = snapshot(Unit.objects.get(code="ก1"))
        assert (before["valid_from"], before["parent"], before["aliases"]) == ("2025-10-01", "กก", ["ก.1", "ก๑"])
        send("code,name\nกก,กลุ่มใหม่\nก1,หนึ่ง\n")
        assert snapshot(Unit.objects.get(code="ก1")) == before
        assert [m.code for m in Unit.objects.get(code="กก").members.all()] == ["ก1"]
        send("code,name,region,groups\nกก,กลุ่ม,,\nก1,หนึ่ง,,\n")
        assert snapshot(Unit.objects.get(code="ก1")) == {**before, "region": ""}
        assert Unit.objects.get(code="กก").members.count() == 0

    @pytest.mark.parametrize("day", ["2569-01-01", "1/1/2569", "1 ม.ค. 69", "2026-01-01"])
    def test_a_day_of_either_era_is_the_same_day(self, admin: Client, day: str) -> None:
        """F.1: 2569 is a Buddhist year wherever it is typed, and the unit's page can show it."""
        file = SimpleUploadedFile("units.csv", f"code,name,valid_from\nก1,หนึ่ง,{day}\n".encode())
        assert admin.post("/units/register/", {"file": file}).status_code == 302
        assert Unit.objects.get(code="ก1").valid_from == date(2026, 1, 1)
        assert admin.get("/unit/ก1/").status_code == 200

    @pytest.mark.parametrize("day", ["3112-01-01", "0001-01-01", "2568-02-30", "พรุ่งนี้"])
    def test_a_day_that_no_office_can_mean_is_refused_with_its_line(self, admin: Client, day: str) -> None:
        file = SimpleUploadedFile("units.csv", f"code,name,valid_from\nก1,หนึ่ง,{day}\n".encode())
        answer = admin.post("/units/register/", {"file": file})
        assert answer.status_code == 422
        assert "2" in answer.content.decode()
        assert day in answer.content.decode()

    def test_the_register_that_is_handed_out_changes_nothing_when_it_is_taken_back(self, admin: Client) -> None:
        unit_save(SYSTEM, unit=UnitRow("ก1", {"name": "=1+1", "aliases": ("@x",), "valid_to": date(2027, 9, 30)}))
        content = admin.get("/units/register.csv").content
        assert b"'=1+1" in content
        before = HistoryEntry.objects.count()
        answer = admin.post("/units/register/", {"file": SimpleUploadedFile("units.csv", content)})
        assert answer.status_code == 302
        assert HistoryEntry.objects.count() == before

    def test_who_only_looks_sees_no_form(self, person: People, register: dict[str, Unit]) -> None:
        client = Client()
        sign_in(client, person("planner"))
        html = client.get("/unit/กฝ./").content.decode()
        assert "กองฝึกอบรม" in html
        assert 'name="valid_from"' not in html
