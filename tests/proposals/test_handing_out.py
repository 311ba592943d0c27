"""交办工作台 and 交办机构工作台: many cases at one press, units proposed from the past, what the office has to decide."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from proposals.acts import AssignmentAct as A
from proposals.acts import ProposalAct
from proposals.assigning.choices import Choice, taken
from proposals.compared import KIND
from proposals.models import Assignment, Proposal
from proposals.states import ProposalState
from search import similar
from tests.factories import county as make
from tests.factories import people
from workflow.engine import perform

pytestmark = pytest.mark.django_db
PAGES = ("assigning", "dispatch", "assigned")
# Who opens which of the pages.
OPENS = {
    "staff": "assigning assigned", "head": "assigning dispatch assigned", "dispatch": "assigning dispatch assigned",
    "reviewer": "assigned", "operator": "assigned", "leader": "assigned", "other_operator": "assigned",
    "other_leader": "assigned", "third_operator": "assigned",
}  # fmt: skip


def test_who_opens_what(c, browse):
    make.assigned(c)
    wrong = {}
    for role, user in c.roles().items():
        for page in PAGES:
            status = browse(user).go(f"/proposals/{page}/").status
            if status != (200 if page in OPENS.get(role, "").split() else 403):
                wrong[role, page] = status
    assert wrong == {}
    assert browse(None).go("/proposals/assigning/").url == "/login/"


def html(page) -> str:
    return page.response.content.decode()


def choose(cases, unit: str = "县教育局") -> dict:
    """What a clerk fills in: every row ticked, one unit each."""
    rows = [f"{case.pk}-{Proposal.objects.get(pk=case.pk).version}" for case in cases]
    return {"rows": rows, **{f"unit_{case.pk}": unit for case in cases}}


def test_twenty_cases_at_one_press_two_of_them_refused(c, browse):
    cases = [make.filed(c, title=f"关于第 {n} 件事的提案") for n in range(20)]
    unknown, half, led, apart = cases[:4]
    given = choose(cases) | {
        f"unit_{unknown.pk}": "县教育厅", f"division_{half.pk}": "lead",
        f"division_{led.pk}": "lead", f"others_{led.pk}": "县财政局、县水利局",
        f"division_{apart.pk}": "separate", f"unit_{apart.pk}": "", f"others_{apart.pk}": "县财政局 县教育局",
        "reason": "请抓紧办理",
    }  # fmt: skip
    page = browse(c.staff).go("/proposals/assigning/").press("交办勾选的提案", **given)
    assert "交办：成功 18 件，失败 2 件" in page.text
    assert "没有办成：没有叫“县教育厅”的承办单位。请从列表里选，几个单位之间用顿号隔开。" in page.text
    assert "没有办成：请至少选择一个会办单位；没有会办单位的，请选“独办”。" in page.text
    kept = dict(page.form("交办勾选的提案").values)
    assert (kept[f"unit_{unknown.pk}"], kept[f"division_{half.pk}"], kept["reason"]) == (
        "县教育厅",
        "lead",
        "请抓紧办理",
    )
    ticked = [value for name, value in page.form("交办勾选的提案").values if name == "rows"]
    assert [mark.split("-")[0] for mark in ticked] == [str(unknown.pk), str(half.pk)]
    assert Proposal.objects.filter(state=ProposalState.HANDLING).count() == 18
    kinds = Assignment.objects.filter(proposal__in=[led, apart]).order_by("proposal_id", "position")
    assert [(str(row.unit), row.kind) for row in kinds] == [
        ("县教育局", "lead"), ("县财政局", "assist"), ("县水利局", "assist"),
        ("县财政局", "separate"), ("县教育局", "separate"),
    ]  # fmt: skip
    page = page.press("交办勾选的提案", **{f"unit_{unknown.pk}": "县水利局", f"others_{half.pk}": "县财政局"})
    assert "交办：成功 2 件" in page.text
    assert "没有待交办的提案" in page.text
    assert page.has_link("下载这批的交办单和清单（压缩包）")


def test_choices_are_kept_when_nothing_is_ticked_and_when_a_unit_is_taken(c, browse):
    case = make.filed(c)
    past = Proposal.objects.get(pk=make.assigned(c).pk)
    similar.refresh(KIND)
    page = browse(c.dispatch).go("/proposals/assigning/")
    assert f"与《{past}》（{past.number}）相近，当时由县教育局承办。" in page.text
    unit = f"unit_{case.pk}"
    assert dict(page.form("交办勾选的提案").values)[unit] == "县教育局"
    page = page.press("交办勾选的提案", **{unit: "县财政局", f"others_{case.pk}": "县水利局"})
    assert "还没有勾选提案。请先勾选要交办的，再点“交办勾选的提案”。" in page.text
    label = next(text for text in page.labels() if text.startswith("用县教育局"))
    values = dict(page.press(label).form("交办勾选的提案").values)
    assert (values[unit], values[f"others_{case.pk}"], values[f"division_{case.pk}"]) == (
        "县财政局", "县水利局、县教育局", "lead",
    )  # fmt: skip
    assert values["rows"] == f"{case.pk}-{Proposal.objects.get(pk=case.pk).version}"


def test_the_units_of_another_system_are_not_offered_and_a_typed_one_is_told(c, browse):
    theirs = people.organization("unit", "县委宣传部", system="party")
    clerk = people.holder(people.organization("dispatch", "县政府督查室", system="government"), "staff", "顾海涛")
    past, case = make.filed(c), make.filed(c)
    perform(ProposalAct.ASSIGN, past, c.staff, {"division": "sole", "unit": theirs.pk})
    similar.refresh(KIND)
    offered = browse(c.staff).go("/proposals/assigning/")
    assert "用县委宣传部" in " ".join(offered.labels()) and '<option value="县委宣传部">' in html(offered)
    page = browse(clerk).go("/proposals/assigning/")
    assert "用县委宣传部" not in " ".join(page.labels()) and '<option value="县委宣传部">' not in html(page)
    page = page.press("交办勾选的提案", **choose([case], "县委宣传部"))
    told = "没有办成：县委宣传部属党委系统，不由您交办。请改选本系统的单位；涉及其他系统单位的，请提案委交办。"
    assert told in page.text
    assert "交办：成功 1 件" in page.press("交办勾选的提案", **choose([case])).text


def test_all_of_the_page_are_ticked_once_and_not_again_after_the_press(c, browse):
    first, second = make.filed(c), make.filed(c)
    page = browse(c.staff).go("/proposals/assigning/?mark=page&page_size=50")
    rows = [value for name, value in page.form("交办勾选的提案").values if name == "rows"]
    assert len(rows) == 2
    page = page.press("交办勾选的提案", rows=None)
    assert "还没有勾选提案。" in page.text and "rows" not in dict(page.form("交办勾选的提案").values)
    mark = next(row for row in rows if row.startswith(f"{first.pk}-"))
    page = page.press("交办勾选的提案", rows=[mark], **{f"unit_{first.pk}": "县教育局"})
    query = page.response.request["QUERY_STRING"]
    assert (query, "交办：成功 1 件" in page.text) == ("page_size=50", True)
    assert "rows" not in dict(page.form("交办勾选的提案").values)
    assert Proposal.objects.get(pk=second.pk).state == ProposalState.FILED


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Choice(), Choice("sole", "甲局")),
        (Choice("sole", "乙局"), Choice("lead", "乙局", "甲局")),
        (Choice("sole", "甲局"), Choice("sole", "甲局")),
        (Choice("separate", "", "乙局"), Choice("separate", "", "乙局、甲局")),
    ],
)
def test_taking_a_proposed_unit(before, after):
    assert taken(before, "甲局") == after


def test_wishes_reviews_and_systems(c, browse):
    party = people.organization("unit", "县委组织部", system="party")
    wished, reviewed, neither = make.filed(c, title="甲"), make.filed(c, title="乙"), make.filed(c, title="丙")
    wished.suggested_units.add(party, c.unit)
    reviewed.reviews.get().units.add(c.third_unit)
    page = browse(c.head).go("/proposals/assigning/")
    values = dict(page.form("交办勾选的提案").values)
    assert [values[f"{name}_{wished.pk}"] for name in ("division", "unit", "others")] == [
        "lead",
        "县教育局",
        "县委组织部",
    ]
    assert [values[f"{name}_{reviewed.pk}"] for name in ("division", "unit", "others")] == ["sole", "县水利局", ""]
    assert values[f"unit_{neither.pk}"] == ""
    for figure in ("3件待交办", "1件党委系统", "1件政府系统", "2件没有建议单位"):
        assert figure in page.text
    shown = browse(c.head).go("/proposals/assigning/?system=party")
    assert [name for name, _value in shown.form("交办勾选的提案").values if name.startswith("unit_")] == [
        f"unit_{wished.pk}"
    ]


@pytest.mark.parametrize(
    "given",
    [
        {"rows": ["x", "-1", "99999999999999", "1-x"]}, {"rows": "1", "unit_1": "\x00", "division_1": "nonsense"},
        {"take": "1-x"}, {"take": ""}, {"division_x": "sole"}, {"rows": [], "reason": "字" * 600},
    ],
)  # fmt: skip
def test_nonsense_does_no_harm(c, client, given):
    case = make.filed(c)
    client.force_login(c.staff)
    answer = client.post("/proposals/assigning/?page=x&page_size=7&system=y", {**given, "assign": "1"}, follow=True)
    assert answer.status_code == 200
    assert Proposal.objects.get(pk=case.pk).state == ProposalState.FILED


def test_a_reason_too_long_is_refused_row_by_row(c, browse):
    case = make.filed(c)
    given = choose([case]) | {"reason": "字" * 501}
    page = browse(c.staff).go("/proposals/assigning/").press("交办勾选的提案", **given)
    assert "交办：成功 0 件，失败 1 件" in page.text
    assert dict(page.form("交办勾选的提案").values)["reason"] == "字" * 501


# --- 交办机构工作台 ---
@pytest.fixture
def clock(monkeypatch):
    def at(*day):
        monkeypatch.setattr(timezone, "now", lambda: datetime(*day, 10, tzinfo=people.SHANGHAI))

    at(2026, 5, 6)
    return at


def busy(c) -> dict:
    """One share for each part of the desk, all handed out on 6 May 2026."""
    found = {name: make.signed(c, title=f"关于{name}的提案") for name in ("退办", "延期", "复核", "逾期")}
    wish = {"reason": "不属本单位职责", "suggested_unit": c.third_unit.pk}
    perform(A.REQUEST_RETURN, found["退办"], c.operator, wish)
    perform(A.REQUEST_EXTENSION, found["延期"], c.operator, {"wanted_on": "2026-09-30", "reason": "需论证"})
    make.contact(c, found["复核"])
    make.write_reply(found["复核"], c.operator)
    perform(A.SEND_DRAFT, found["复核"], c.operator)
    perform(A.COMMENT_ON_DRAFT, found["复核"], c.author, {"comment": "同意"})
    perform(A.SUBMIT_REPLY, found["复核"], c.operator)
    perform(A.SIGN_OFF, found["复核"], c.leader, {})
    return found


def test_the_dispatch_offices_desk(c, clock, browse):
    found = busy(c)
    clock(2026, 8, 7)
    Assignment.objects.filter(pk=found["复核"].pk).update(due_on=date(2026, 8, 10))
    other = make.assigned(c, title="关于另一单位的提案")
    Assignment.objects.filter(proposal=other).update(unit=c.other_unit)
    page = browse(c.dispatch).go("/proposals/dispatch/")
    for words in (
        "建议改由县水利局。不属本单位职责", "申请延至 2026年9月30日。需论证", "3件 逾期", "至今 93 天",
        "逾期（红灯）3", "紧迫（橙灯）1",
    ):  # fmt: skip
        assert words in page.text
    links = {text.split("：")[0]: href for text, href in page.links if "：" in text}
    assert links["决定退办"] == f"/proposals/assignments/{found['退办'].pk}/"
    assert links["决定延期"] == f"/proposals/extensions/{found['延期'].extensions.get().pk}/acts/grant/"
    assert links["复核答复"] == f"/proposals/assignments/{found['复核'].pk}/acts/check/"
    late = browse(c.dispatch).go("/proposals/dispatch/?light=orange").text.split("逾期和临近到期", maxsplit=1)[1]
    assert ("关于复核的提案" in late, "关于逾期的提案" in late) == (True, False)
    assert "没有这样的交办件。" in browse(c.dispatch).go(f"/proposals/dispatch/?unit={c.other_unit.pk}&light=red").text
    for nonsense in ("unit=x", "unit=99999999999999999999", "light=blue", "page=x"):
        assert browse(c.head).go(f"/proposals/dispatch/?{nonsense}").status == 200
    clock(2026, 11, 7)
    assert browse(c.head).go("/proposals/dispatch/").has_link("重新定期限：001 县教育局")
    office = people.organization("dispatch", "县委督查室", system="party")
    foreign = browse(people.holder(office, "staff")).go("/proposals/dispatch/")
    assert "没有要决定的退办申请。" in foreign.text


def queries(client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def test_the_pages_ask_the_same_for_one_row_and_for_many(c, clock, client):
    counts = []
    for _ in range(2):
        busy(c)
        make.filed(c).suggested_units.add(c.unit)
        make.filed(c, title="关于延期的提案")
        similar.refresh(KIND)
        clock(2026, 8, 7)
        client.force_login(c.head)
        counts.append([queries(client, f"/proposals/{page}/") for page in PAGES])
        clock(2026, 5, 6)
    assert counts == [[12, 7, 6]] * 2


def test_assigned_by_somebody_else_meanwhile(c, browse):
    case = make.filed(c)
    page = browse(c.staff).go("/proposals/assigning/")
    perform(ProposalAct.ASSIGN, case, c.dispatch, {"division": "sole", "unit": c.unit.pk})
    page = page.press("交办勾选的提案", rows=[f"{case.pk}-1"], **{f"unit_{case.pk}": "县财政局"})
    assert "交办：成功 0 件，失败 1 件" in page.text
    assert [str(row.unit) for row in Assignment.objects.all()] == ["县教育局"]
    assert timezone.now() - Assignment.objects.get().assigned_at < timedelta(minutes=5)
