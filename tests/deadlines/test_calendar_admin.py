"""Staff change the calendar and the rules; what follows is listed before it happens."""

import datetime

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from deadlines import calendar, recompute, rules
from deadlines.models import CalendarDay, DueRule, HolidayNotice, Source
from deadlines.recompute import Change
from tests.deadlines.state_council import TEXT_OF_2026

pytestmark = pytest.mark.django_db

D = datetime.date
ADD_DAY = "admin:deadlines_calendarday_add"
CHANGE_DAY = "admin:deadlines_calendarday_change"
DAY_OFF = {"date": "2026-11-24", "name": "全县统一活动", "source": "county", "note": ""}
OPEN_RULE = {
    "step": "sign",
    "kind": "",
    "amount": "4",
    "unit": "working_days",
    "counted_from": "交办之日",
    "yellow_before": "",
    "orange_before": "",
    "valid_from": "2026-12-01",
    "valid_to": "",
    "basis": "新办法",
}


@pytest.fixture
def open_item(monkeypatch):
    """An item open since 23 November and due by the sign rule; its date is kept in a table."""
    start = D(2026, 11, 23)
    item = HolidayNotice.objects.create(year=2099, note="2026-11-26")

    def func():
        item.refresh_from_db()
        old, new = D.fromisoformat(item.note), rules.due("sign", start).on
        HolidayNotice.objects.filter(pk=item.pk).update(note=new.isoformat())
        return [Change("第 001 号 签收", old, new)] if old != new else []

    monkeypatch.setattr(recompute, "_registered", [func])
    return item


def due_on(item) -> str:
    item.refresh_from_db()
    return item.note


def words(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_a_day_off_is_listed_first_and_then_applied(admin_client, open_item):
    response = admin_client.post(reverse(ADD_DAY), DAY_OFF)
    assert response.status_code == 200
    assert response.context["changes"] == [Change("第 001 号 签收", D(2026, 11, 26), D(2026, 11, 27))]
    assert (CalendarDay.objects.filter(date=D(2026, 11, 24)).count(), words(response)) == (0, [])
    assert due_on(open_item) == "2026-11-26"

    response = admin_client.post(reverse(ADD_DAY), dict(response.context["posted"]) | {"_due_dates_listed": "1"})
    assert response.status_code == 302
    assert words(response)[0] == "已重新计算到期日，1 个未办结事项有变化。"
    assert due_on(open_item) == "2026-11-27"
    assert calendar.is_workday(D(2026, 11, 24)) is False


def test_a_day_that_moves_nothing_is_saved_at_once(admin_client, open_item):
    response = admin_client.post(reverse(ADD_DAY), DAY_OFF | {"date": "2026-12-24"})
    assert response.status_code == 302
    assert CalendarDay.objects.get(date=D(2026, 12, 24)).name == "全县统一活动"


def test_a_form_with_an_error_is_shown_again(admin_client, open_item):
    response = admin_client.post(reverse(ADD_DAY), DAY_OFF | {"date": "2026-10-01"})
    assert response.status_code == 200
    assert response.context["errors"][0] == ["具有 日期 的 节假日与调休 已存在。"]


def test_a_change_that_leaves_an_open_item_without_a_rule_is_refused(admin_client, open_item):
    rule = DueRule.objects.get(step="sign")
    posted = OPEN_RULE | {"valid_from": "2000-01-01", "valid_to": "2026-06-30"}
    response = admin_client.post(reverse("admin:deadlines_duerule_change", args=[rule.pk]), posted)
    assert response.status_code == 200
    assert "现在还不能保存：2026-11-23 没有适用于“签收”的办理期限规则。" in response.content.decode()
    rule.refresh_from_db()
    assert (rule.valid_to, rule.amount) == (None, 3)


def test_a_library_row_that_staff_edit_becomes_theirs(admin_client):
    row = CalendarDay.objects.get(date=D(2026, 10, 10))
    posted = {"date": "2026-10-10", "name": "不上班", "source": "county", "note": ""}
    response = admin_client.post(reverse(CHANGE_DAY, args=[row.pk]), posted)
    assert response.status_code == 302
    row.refresh_from_db()
    assert (row.is_workday, row.source) == (False, Source.COUNTY)
    response = admin_client.post(reverse("admin:deadlines_calendarday_delete", args=[row.pk]), {"post": "yes"})
    assert response.status_code == 302
    row = CalendarDay.objects.get(date=D(2026, 10, 10))
    assert (row.is_workday, row.source) == (True, Source.LIBRARY)


def test_a_library_row_cannot_be_deleted(admin_client):
    row = CalendarDay.objects.get(date=D(2026, 10, 10))
    url = reverse("admin:deadlines_calendarday_delete", args=[row.pk])
    assert admin_client.post(url, {"post": "yes"}).status_code == 403
    assert CalendarDay.objects.filter(pk=row.pk).count() == 1


def test_overlapping_rules_are_refused_with_a_sentence(admin_client):
    response = admin_client.post(reverse("admin:deadlines_duerule_add"), OPEN_RULE)
    assert response.context["errors"] == [
        ["“签收”已有一条 2000-01-01 至现在有效的规则，与这一条的有效期重叠。请先给那条规则填写失效日期，再保存这一条。"]
    ]
    DueRule.objects.filter(step="sign").update(valid_to=D(2026, 11, 30))
    response = admin_client.post(reverse("admin:deadlines_duerule_add"), OPEN_RULE)
    assert response.status_code == 302
    assert rules.due("sign", D(2026, 12, 1)).on == D(2026, 12, 7)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"valid_to": "2026-11-01"}, "失效日期不能早于生效日期。"),
        (
            {"yellow_before": "5"},
            "黄灯和橙灯的天数要么都填，要么都不填（按期限过半和最后一个工作日亮灯）。",
        ),
        (
            {"yellow_before": "5", "orange_before": "5"},
            "橙灯应晚于黄灯：这里的天数要小于黄灯的天数。",
        ),
        ({"amount": "0"}, "不能小于 1。"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(admin_client, fields, sentence):
    DueRule.objects.filter(step="sign").delete()
    response = admin_client.post(reverse("admin:deadlines_duerule_add"), OPEN_RULE | fields)
    assert response.context["errors"] == [[sentence]]
    assert DueRule.objects.filter(step="sign").count() == 0


def test_the_notice_is_entered_by_pasting_it(admin_client):
    CalendarDay.objects.filter(date__year=2026).delete()
    HolidayNotice.objects.filter(year=2026).delete()
    CalendarDay.objects.create(date=D(2026, 10, 10), name="县里不上班", source=Source.COUNTY)
    posted = {"year": "2026", "number": "国办发明电〔2025〕7号", "text": TEXT_OF_2026, "note": ""}
    response = admin_client.post(reverse("admin:deadlines_holidaynotice_add"), posted)
    assert response.status_code == 302
    notice = HolidayNotice.objects.get(year=2026)
    assert (notice.source, notice.calendarday_set.count()) == (Source.NOTICE, 38)
    assert calendar.is_workday(D(2026, 2, 14)) is True
    assert calendar.is_workday(D(2026, 2, 23)) is False
    assert calendar.is_workday(D(2026, 10, 10)) is False  # the county's row stands


def test_a_notice_is_pasted_again_and_deleted(admin_client):
    posted = {"year": "2026", "number": "", "text": TEXT_OF_2026, "note": ""}
    notice = HolidayNotice.objects.get(year=2026)
    url = reverse("admin:deadlines_holidaynotice_change", args=[notice.pk])
    assert [admin_client.post(url, posted).status_code for _ in range(2)] == [302, 302]
    assert CalendarDay.objects.filter(date__year=2026, source=Source.NOTICE).count() == 39
    url = reverse("admin:deadlines_holidaynotice_delete", args=[notice.pk])
    assert admin_client.post(url, {"post": "yes"}).status_code == 302
    assert HolidayNotice.objects.get(year=2026).source == Source.LIBRARY
    assert set(CalendarDay.objects.filter(date__year=2026).values_list("source", flat=True)) == {"library"}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "请粘贴通知正文，否则系统不知道哪些日子放假。"),
        ("放假", "没有找到“一、元旦：…”这样的条目，请把通知正文各条完整粘贴进来。"),
    ],
)
def test_a_notice_without_readable_text_is_refused(admin_client, text, sentence):
    posted = {"year": "2027", "number": "", "text": text, "note": ""}
    response = admin_client.post(reverse("admin:deadlines_holidaynotice_add"), posted)
    assert response.context["errors"] == [[sentence]]
    assert HolidayNotice.objects.filter(year=2027).count() == 0


@pytest.mark.parametrize("model", ["calendarday", "duerule", "holidaynotice"])
def test_lists_open_search_and_filter(admin_client, model):
    url = reverse(f"admin:deadlines_{model}_changelist")
    for query in (
        {},
        {"q": "2026"},
        {"q": "签收"},
        {"source__exact": "library"} if model != "duerule" else {"step": "sign"},
    ):
        assert admin_client.get(url, query).status_code == 200


def test_rules_are_found_by_the_words_of_their_step(admin_client):
    response = admin_client.get(reverse("admin:deadlines_duerule_changelist"), {"q": "签收"})
    assert [rule.step for rule in response.context["cl"].queryset] == ["opinion_sign", "opinion_sign", "sign"]


def test_the_missing_year_is_announced_above_the_calendar(admin_client, monkeypatch):
    monkeypatch.setattr(calendar.timezone, "localdate", lambda: D(2026, 11, 23))
    response = admin_client.get(reverse("admin:deadlines_calendarday_changelist"), {"year": "2026"})
    assert words(response) == [
        "2027 年的放假安排还没有录入，这些年的期限暂按法定节假日推算。"
        "国务院通知公布后，请到“年度放假安排”里粘贴通知正文。"
    ]
