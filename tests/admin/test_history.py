"""Who changed which field: the 历史 page of a row, and the audit's list of everything."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from members.models import Appointment, Person
from proposals.models import Category
from tests.factories import people
from workflow import changes

from .scene import text

pytestmark = pytest.mark.django_db
FIELDS = "/admin/workflow/event/fields/"


def person_saved(s, person, role: str = "staff", **data):
    empty = {
        f"{name}-{key}": 0 for name in ("seats", "appointments")
        for key in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")
    }  # fmt: skip
    form = {"name": person.name, "pinyin": person.pinyin, "phone": "", "email": ""}
    return s.client(role).post(f"/admin/members/person/{person.pk}/change/", {**form, **empty, **data})


def plain(entry: changes.Entry) -> tuple:
    return entry.action, entry.who, entry.door, [(c.label, c.old, c.new) for c in entry.changes]


def test_a_changed_field_tells_who_from_what_to_what(s):
    person = people.person("方新", employer="县一中")
    person_saved(s, person, employer="县二中")
    assert plain(changes.of_object(person)[0]) == ("修改", "何静", "后台", [("工作单位", "县一中", "县二中")])
    page = text(s.client("staff").get(f"/admin/members/person/{person.pk}/history/"))
    assert re.search(r"何静.*工作单位：</span><del>县一中</del> → <ins>县二中</ins>", page, re.S)


def test_newest_first_and_the_first_is_the_making(s):
    person = people.person("方新")
    for employer in ("一中", "二中", "三中"):
        person_saved(s, person, employer=employer)
    found = [[(c.label, c.old, c.new) for c in entry.changes] for entry in changes.of_object(person)]
    assert found[:3] == [
        [("工作单位", "二中", "三中")], [("工作单位", "一中", "二中")], [("工作单位", "（空）", "一中")],
    ]  # fmt: skip
    assert found[3][0] == ("姓名", "", "方新")


def test_bulk_updates_leave_a_trace_too(s):
    person = people.person("方新")
    Person.objects.filter(pk=person.pk).update(gender="male")
    assert plain(changes.of_object(person)[0]) == ("修改", "系统", "程序", [("性别", "（空）", "男")])


def test_links_and_choices_are_read_as_words(s):
    post = Appointment.objects.get(person=s.users["operator"].person)
    Appointment.objects.filter(pk=post.pk).update(organization=s.c.other_unit, post="unit_leader")
    assert [(c.label, c.old, c.new) for c in changes.of_object(post)[0].changes] == [
        ("机构", "县教育局", "县财政局"), ("职务", "经办人", "单位领导"),
    ]  # fmt: skip


def test_contact_data_shows_its_head_and_tail_only(s):
    person = people.person("方新", phone="13812345678", email="fang@example.com")
    Person.objects.filter(pk=person.pk).update(phone="13987654321")
    change = changes.of_object(person)[0].changes
    assert [(c.old, c.new) for c in change] == [("138****5678", "139****4321")]
    assert ("邮箱" in str(changes.of_object(person)), "fang@" in str(changes.of_object(person))) == (True, False)


@pytest.mark.parametrize("count", [1, 3])
def test_a_history_asks_the_same_for_one_change_and_three(s, count):
    post = Appointment.objects.get(person=s.users["operator"].person)
    for n in range(count):
        Appointment.objects.filter(pk=post.pk).update(organization=[s.c.unit, s.c.other_unit][(n + 1) % 2])
    with CaptureQueriesContext(connection) as asked:
        changes.of_object(post)
    assert len(asked) == 4


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_everything_asks_the_same_for_one_change_and_three(s, count):
    for n in range(count):
        Person.objects.filter(pk=s.users["member"].person_id).update(employer=f"单位{n}")
    with CaptureQueriesContext(connection) as asked:
        found = changes.everything(changes.Wanted(label="members.person", action="update"))
        assert (found.count(), len(found[0:50])) == (count, count)
    assert len(asked) == 5


def test_the_audit_filters_everything(s):
    # First: within one transaction (here: the test's) the name of a request's user stays.
    Category.objects.filter(pk=s.c.business.pk).update(name="教育文化")
    person_saved(s, people.person("方新"), employer="县二中")
    client = s.client("audit")
    by_staff = text(client.get(FIELDS, {"who": s.users["staff"].username}))
    assert ("县二中" in by_staff, "教育文化" in by_staff) == (True, False)
    categories = text(client.get(FIELDS, {"label": "proposals.category", "action": "update"}))
    assert ("县二中" in categories, "教育文化" in categories) == (False, True)
    assert "没有符合条件的记录。" in text(client.get(FIELDS, {"since": "2001-01-01", "until": "2001-01-02"}))


@pytest.mark.parametrize(
    "query",
    [{"label": "no.such"}, {"who": "没有这个人"}, {"since": "昨天"}, {"p": "x"}, {"p": "99999"}, {"action": "%00"}],
)
def test_nonsense_in_the_filter(s, query):
    assert s.client("audit").get(FIELDS, query).status_code == 200


def test_an_unknown_account_gets_a_sentence(s):
    assert "没有这个账号，请核对后再查。" in text(s.client("audit").get(FIELDS, {"who": "nobody"}))


def test_every_tracked_table_and_field_has_a_chinese_name():
    from workflow.changes.tables import tables

    names = [table.title for table in tables().values()]
    names += [table.label_of(field) for table in tables().values() for field in table.fields]
    assert [name for name in names if not re.search(r"[一-鿿]", name)] == []


def test_what_is_tracked():
    assert sorted(label for label, _title in changes.titles()) == [
        "consultations.topickind", "deadlines.calendarday", "deadlines.duerule", "deadlines.holidaynotice", "grassroots.venue", "members.appointment",
        "members.delegation", "members.duty", "members.member", "members.organization", "members.person", "members.session", "members.term", "members.user",
        "notices.noticetext",
        "proposals.awardjudge", "proposals.awardnomination", "proposals.awardscore", "proposals.awardselection",
        "proposals.category", "proposals.groupcategory", "proposals.groupreviewer", "proposals.leadcollection",
        "proposals.noticecode",
        "proposals.rejectionreason", "proposals.reviewgroup", "proposals.secrecymark",
        "reports.assessmentscheme", "reports.assessmentweight", "reports.monthlyrecipient",
    ]  # fmt: skip


def test_a_deleted_day_is_still_in_the_list(s):
    from deadlines.models import CalendarDay

    CalendarDay.objects.create(date="2090-01-04", name="全县活动放假", source="county").delete()
    page = text(s.client("audit").get(FIELDS, {"label": "deadlines.calendarday"}))
    assert ("删除" in page, "2090-01-04" in page) == (True, True)
