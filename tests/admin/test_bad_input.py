"""What the forms of people, accounts, seats and posts refuse, and where they say so."""

from datetime import date

import pytest

from members.models import Appointment, Member, Person, User
from tests.factories import people

from .scene import text

pytestmark = pytest.mark.django_db
PEOPLE, USERS = "/admin/members/person/", "/admin/members/user/"
NO_ROWS = {
    f"{name}-{kind}_FORMS": count
    for name in ("seats", "appointments")
    for kind, count in (("TOTAL", 0), ("INITIAL", 0), ("MIN_NUM", 0), ("MAX_NUM", 1000))
}


def save_person(s, **data):
    return s.client("staff").post(f"{PEOPLE}add/", {"name": "新人", **data, **NO_ROWS})


def errors(page) -> dict[str, list[str]]:
    return page.context["adminform"].form.errors


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"phone": "abc"}, "不是手机号：应是 1 开头的 11 位数字。请核对。"),
        ({"phone": "139 0000 0001"}, "这个手机号已登记在另一人名下或用于另一账号。"),
        ({"born": "很久以前"}, "请写成四位年、两位月，例如 1975-03。"),
        ({"employer": "县医院 411721197503120011"}, "像身份证号。本系统不收身份证号，请删去。"),
        ({"native_place": "41172119750312001X"}, "像身份证号。本系统不收身份证号，请删去。"),
    ],
)
def test_personal_data_are_checked_at_the_field(s, data, sentence):
    Person.objects.create(name="先登记的人", phone="13900000001")
    (field,) = data
    assert errors(save_person(s, **data))[field][0].startswith(sentence)
    assert not Person.objects.filter(name="新人").exists()


def test_people_are_registered_without_a_phone_and_with_one(s):
    assert save_person(s).status_code == 302
    assert save_person(s, name="又一人", phone="139-0000-0002", born="1975-03").status_code == 302
    assert Person.objects.get(name="又一人").phone == "13900000002"


def test_staff_do_not_change_their_own_data(s):
    me = s.users["staff"].person
    url = f"{PEOPLE}{me.pk}/change/"
    assert "本人资料请在“我的资料”里申请更正，由其他工作人员核对。" in text(s.client("staff").get(url))
    answer = s.client("staff").post(url, {"name": me.name, "employer": "别处", **NO_ROWS})
    assert (answer.status_code, Person.objects.get(pk=me.pk).employer) == (403, me.employer)
    other = s.users["head"].person
    assert s.client("staff").post(f"{PEOPLE}{other.pk}/change/", {"name": other.name, **NO_ROWS}).status_code == 302


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"username": "13900000001"}, "这个账号与另一人的手机号相同"),
        ({"phone": "13900000002"}, "这个手机号已登记在另一人名下或用于另一账号。"),
        ({"phone": "abc"}, "不是手机号"),
    ],
)
def test_what_one_logs_in_with_belongs_to_one_account(s, data, sentence):
    people.user(phone="13900000001")
    User.objects.create_user("13900000002", person=people.person())
    form = {"username": "xinren", "phone": "", "person": people.person("新人").pk, "is_active": "on", **data}
    page = s.client("system").post(f"{USERS}add/", form)
    (field,) = data
    assert errors(page)[field][0].startswith(sentence)
    assert not User.objects.filter(person__name="新人").exists()


def test_an_account_may_be_called_like_its_own_phone(s):
    who = people.person("新人", phone="13900000003")
    form = {"username": "13900000003", "phone": "13900000003", "person": who.pk, "is_active": "on"}
    assert s.client("system").post(f"{USERS}add/", form).status_code == 302


def seat(s, **data):
    form = {"person": people.person("新人").pk, "term": people.term().pk, "seat_kind": "member", "starts": "2023-01-01"}
    return s.client("staff").post("/admin/members/member/add/", {**form, **data})


def test_a_seat_is_in_a_sector_and_group_of_its_day(s):
    gone = people.organization("sector", "旧界别", ends=date(2022, 12, 31))
    new = people.organization("county_group", "新组", starts=date(2024, 1, 1))
    assert errors(seat(s, sector=gone.pk))["sector"] == ["旧界别在 2023-01-01 没有设立或已经撤销，请另选。"]
    assert errors(seat(s, group=new.pk))["group"] == ["新组在 2023-01-01 没有设立或已经撤销，请另选。"]
    assert seat(s, group=new.pk, starts="2024-01-01").status_code == 302


@pytest.mark.parametrize("starts", ["2022-03-31", "2027-04-02"])
def test_a_seat_begins_within_its_term(s, starts):
    term = people.term()
    type(term).objects.filter(pk=term.pk).update(ends="2027-04-01")
    sentence = "不在第十一届任期内（2022-04-01 至 2027-04-01），请核对开始日期或另选届。"
    assert errors(seat(s, starts=starts))["starts"] == [sentence]
    assert not Member.objects.filter(person__name="新人").exists()


def test_a_post_does_not_begin_before_its_organization(s):
    who, unit = people.person("新人"), people.organization("unit", starts=date(2024, 1, 1))
    form = {"person": who.pk, "organization": unit.pk, "post": "operator", "starts": "2023-12-31"}
    page = s.client("staff").post("/admin/members/appointment/add/", form)
    assert errors(page)["starts"][0].startswith("该机构 2024-01-01 才设立，任职不能早于这一天")
    assert not Appointment.objects.filter(person=who).exists()
