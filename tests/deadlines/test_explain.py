import datetime

import pytest
from django.urls import reverse

from deadlines import explain as explaining
from deadlines import rules, steps
from deadlines.explain import ExplainedDay, explain
from deadlines.models import CalendarDay, DueRule

pytestmark = pytest.mark.django_db

D = datetime.date
STEPS = [key for key, _ in steps.step_choices() if not steps.get(key).is_set]


def test_sign_day_by_day_over_a_holiday():
    explanation = explain("sign", D(2026, 4, 29))
    assert explanation.step_label == "签收"
    assert explanation.days == [
        ExplainedDay(D(2026, 4, 29), None, "交办之日，当日不计入"),
        ExplainedDay(D(2026, 4, 30), 1, "工作日"),
        ExplainedDay(D(2026, 5, 1), None, "劳动节，不计入"),
        ExplainedDay(D(2026, 5, 2), None, "劳动节，不计入"),
        ExplainedDay(D(2026, 5, 3), None, "星期日，不计入"),
        ExplainedDay(D(2026, 5, 4), None, "劳动节（补假），不计入"),
        ExplainedDay(D(2026, 5, 5), None, "调休放假（与5月9日对调），不计入"),
        ExplainedDay(D(2026, 5, 6), 2, "工作日"),
        ExplainedDay(D(2026, 5, 7), 3, "工作日", is_due=True),
    ]
    assert explanation.sentences == [
        "期限为 3 个工作日，从交办之日（2026年4月29日）起算，起算当日不计入。",
        "只数工作日：周末和放假的日子不计入，调休上班的周末计入。",
        "到期日是 2026年5月7日（星期四），当天 24 时前办完都不算逾期。",
    ]


def test_a_move_off_a_day_off_is_told():
    explanation = explain("reply", D(2026, 7, 3))
    assert explanation.days[-6:] == [
        ExplainedDay(D(2026, 10, 3), 92, "国庆节，期满日是休息日，顺延"),
        ExplainedDay(D(2026, 10, 4), None, "星期日，继续顺延"),
        ExplainedDay(D(2026, 10, 5), None, "国庆节（补假），继续顺延"),
        ExplainedDay(D(2026, 10, 6), None, "调休放假（与9月20日对调），继续顺延"),
        ExplainedDay(D(2026, 10, 7), None, "调休放假（与10月10日对调），继续顺延"),
        ExplainedDay(D(2026, 10, 8), None, "工作日，顺延到这一天", is_due=True),
    ]
    assert explanation.sentences[2] == (
        "期满日 2026年10月3日 是休息日（国庆节），按《民法典》第二百零三条顺延到下一个工作日。"
    )


def test_the_ceiling_and_a_provisional_year_are_told():
    explanation = explain("reply", D(2026, 12, 1), no_later_than=D(2027, 1, 20))
    assert explanation.sentences[2:4] == [
        "按以上计算会超过最晚日期，以最晚日期 2027年1月20日 为准，不再顺延。",
        "这段时间里有国务院尚未公布放假安排的年度，暂按法定节假日推算；公布后会重新计算。",
    ]


@pytest.mark.parametrize("step", STEPS)
def test_the_explanation_adds_up_to_the_due_date(step):
    start = D(2024, 1, 1)
    while start < D(2027, 6, 1):
        due, explanation = rules.due(step, start), explain(step, start)
        assert explanation.due == due
        assert [day.date for day in explanation.days] == [
            start + datetime.timedelta(days=n) for n in range((due.on - start).days + 1)
        ]
        assert [day.date for day in explanation.days if day.is_due] == [due.on]
        counted = [day for day in explanation.days if day.number is not None]
        assert [day.number for day in counted] == list(range(1, len(counted) + 1))
        assert counted[-1].date == due.counted_to
        if due.rule.unit != "months":
            assert len(counted) == due.rule.amount
        start += datetime.timedelta(days=23)


@pytest.fixture
def page(admin_client):
    def get(**query):
        return admin_client.get(reverse("deadlines:explain"), query)

    return get


def test_the_page_lists_every_day(page):
    response = page(step="sign", **{"from": "2026-04-29"})
    text = response.content.decode()
    assert response.status_code == 200
    assert text.count("<tr") == 10
    assert "2026年5月7日" in text and "劳动节（补假），不计入" in text


def test_the_address_given_by_the_code_opens_the_page(admin_client):
    address = explaining.url("reply", D(2026, 8, 3), no_later_than=D(2026, 9, 6))
    assert address == "/deadlines/explain/?step=reply&from=2026-08-03&no_later_than=2026-09-06"
    response = admin_client.get(address)
    assert response.context["explanation"].due.on == D(2026, 9, 6)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({}, "没有说明要计算哪个环节的期限，或者没有这个环节。"),
        (
            {"step": "nonsense", "from": "2026-04-29"},
            "没有说明要计算哪个环节的期限，或者没有这个环节。",
        ),
        (
            {"step": "sign\x00", "from": "2026-04-29"},
            "没有说明要计算哪个环节的期限，或者没有这个环节。",
        ),
        ({"step": "sign"}, "起算日期要写成 2026-03-01 这样的日期。"),
        ({"step": "sign", "from": "29/4/2026"}, "起算日期要写成 2026-03-01 这样的日期。"),
        ({"step": "sign", "from": "2026-02-30"}, "起算日期要写成 2026-03-01 这样的日期。"),
        ({"step": "sign", "from": "9999-12-31"}, "起算日期要在 1990 年到 2090 年之间。"),
        ({"step": "sign", "from": "0001-01-01"}, "起算日期要在 1990 年到 2090 年之间。"),
        ({"step": "sign", "from": "2026-04-29", "kind": "x"}, "没有这个提案种类。"),
        (
            {"step": "sign", "from": "2026-04-29", "no_later_than": "soon"},
            "最晚日期要写成 2026-03-01 这样的日期。",
        ),
        ({"step": "sign", "from": "1995-04-29"}, "1995-04-29 没有适用于“签收”的办理期限规则。"),
    ],
)
def test_a_bad_address_is_refused_with_a_sentence(page, query, sentence):
    response = page(**query)
    assert response.status_code == 400
    assert response.context["problem"] == sentence


def test_only_for_those_who_are_logged_in(client):
    response = client.get(reverse("deadlines:explain"))
    assert response.status_code == 302


def test_text_of_staff_is_escaped(page):
    CalendarDay.objects.create(date=D(2026, 11, 24), name="<script>x</script>")
    DueRule.objects.filter(step="sign").update(basis="<b>办法</b>")
    text = page(step="sign", **{"from": "2026-11-23"}).content.decode()
    assert "<script>x" not in text and "<b>办法" not in text
