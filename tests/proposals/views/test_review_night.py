"""A review night driven through the pages: every outcome, the figures beside it, and the numbers at its end."""

from collections import Counter

import pytest
from django.test import Client

from members.models import Session
from proposals.acts import ProposalAct as Act
from proposals.invariants import faults
from proposals.models import GroupCategory, GroupReviewer, Proposal, RejectionReason, ReviewGroup
from proposals.night import figures as night_figures
from proposals.night import queues
from proposals.statistics import session_report
from tests.counts import number
from tests.factories import county as make
from workflow.engine import perform

DESK = "/proposals/review/"


def group(name: str, *reviewers, categories=(), **more) -> ReviewGroup:
    made = ReviewGroup.objects.create(name=name, **more)
    GroupCategory.objects.bulk_create(GroupCategory(group=made, category=one) for one in categories)
    GroupReviewer.objects.bulk_create(GroupReviewer(group=made, person=user.person) for user in reviewers)
    return made


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def post(client, case, act: str, data=None, query: str = "", **extra):
    fresh = Proposal.objects.get(pk=case.pk)
    given = {"version": fresh.version, **(data or {})}
    return client.post(f"{DESK}{case.pk}/{act}/?{query}", given, **extra)


def page(client, path: str = DESK) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def counts(user, session) -> dict:
    return night_figures.figures(user, session).total.counts


@pytest.fixture
def other(c):
    return make.business_category("社会治理与法治")


# --- the night ---
RECOMMENDED = ("file",) * 9 + ("merge", "return", "reject")


@pytest.mark.timeout(300)
def test_a_night_with_every_outcome(c, other):
    """Two groups review, the head decides one by one and in batches, staff number all; every figure adds up."""
    dozens = number(2, 10)  # 120 cases in the campaign
    group("教育组", c.reviewer, categories=[c.business], order=1)
    cases = [make.submitted(c, title=f"关于第{n}件事的提案") for n in range(12 * dozens)]
    Proposal.objects.filter(pk__in=[case.pk for case in cases[6 * dozens :]]).update(business_category=other)
    review(c, cases)
    assert Counter(Proposal.objects.values_list("state", flat=True)) == {"reviewed": 12 * dozens}
    head = client_of(c.head)
    assert f"按初审建议立案：{9 * dozens} 件" in page(head, f"{DESK}file/")
    marks = [f"{p.pk}-{p.version}" for p in Proposal.objects.filter(reviews__recommendation="file")]
    told = head.post("/proposals/batch/", {"act": "file", "confirmed": "1", "desk": "1", "rows": marks}, follow=True)
    assert told.redirect_chain[0][0] == "/proposals/review/?"
    assert f"立案：成功 {9 * dozens} 件" in told.content.decode()
    decide(c, head, cases, dozens)
    number_all(c, 9 * dozens)
    now = counts(c.head, c.session)
    assert now == {
        "received": 12 * dozens, "examined": 12 * dozens, "submitted": 0, "reviewed": 0, "returned": dozens, "filed": 9 * dozens,
        "merged": dozens, "not_filed": dozens, "withdrawn": 0, "overdue": 0, "objected": 0,
    }  # fmt: skip
    report = session_report(c.session)
    figures = [report[name] for name in ("received", "filed", "merged", "not_filed", "pending")]
    assert figures == [12 * dozens, 9 * dozens, dozens, dozens, dozens]
    assert list(faults()) == []


def review(c, cases) -> None:
    """A dozen one by one, each leading to the next of the queue; then the others by the recommendation, in batches."""
    client = client_of(c.reviewer)
    for n, case in enumerate(cases[:12]):
        answer = post(client, case, Act.PRE_REVIEW, {"recommendation": RECOMMENDED[n]}, "group=all")
        assert answer["Location"].endswith(f"case={cases[n + 1].pk}")
    for word in dict.fromkeys(RECOMMENDED):
        marks = [f"{case.pk}-{case.version}" for n, case in enumerate(cases) if n >= 12 and RECOMMENDED[n % 12] == word]
        data = {"act": "pre_review", "confirmed": "1", "desk": "1", "rows": marks, "recommendation": word}
        told = client.post("/proposals/batch/", data, follow=True)
        assert f"初审：成功 {len(marks)} 件" in told.content.decode()


def decide(c, head, cases, dozens: int) -> None:
    """Return, reject and merge what is left: the first of each from the desk, the others in one batch."""
    main, reason = cases[0], RejectionReason.objects.get(code="beyond")
    given = {
        "merge": {"into": main.pk, "reason": "内容相同"}, "return": {"reason": "请补充数据"},
        "reject": {"rejection_reason": reason.pk, "disposition": "letter", "reason": "超越本级事权"},
    }  # fmt: skip
    for act, data in given.items():
        rows = list(Proposal.objects.filter(reviews__recommendation=act).order_by("pk"))
        assert post(head, rows[0], act, data, "queue=reviewed").status_code == 302
        marks = [f"{row.pk}-{row.version}" for row in rows[1:]]
        batch = {"act": act, "confirmed": "1", "desk": "1", "rows": marks, "back": "queue=reviewed", **data}
        assert f"成功 {dozens - 1} 件" in head.post("/proposals/batch/", batch, follow=True).content.decode()


def number_all(c, filed: int) -> None:
    staff = client_of(c.staff)
    assert f"从第 001 号到第 {filed:03} 号，共 {filed} 件" in page(staff, "/proposals/numbering/")
    rows = [f"{p.pk}-{p.version}" for p in Proposal.objects.filter(state="filed")]
    told = staff.post("/proposals/numbering/", {"rows": rows, "number": "1"}, follow=True).content.decode()
    assert f"已编号 {filed} 件：第 001 号至第 {filed:03} 号" in told
    numbered = Proposal.objects.filter(serial__isnull=False).order_by("serial")
    assert list(numbered.values_list("serial", flat=True)) == list(range(1, filed + 1))
    categories = list(numbered.values_list("business_category_id", flat=True))
    assert [a == b for a, b in zip(categories, categories[1:], strict=False)].count(False) == 1  # one after the other


# --- the desk ---
def test_the_queue_of_one_s_own_group(c, other):
    mine, rest = make.submitted(c), make.submitted(c, title="关于法治宣传的提案")
    Proposal.objects.filter(pk=rest.pk).update(business_category=other)
    group("教育组", c.reviewer, categories=[c.business])
    reviewer = client_of(c.reviewer)
    assert [row.pk for row in queues.desk(c.reviewer, {}).rows] == [mine.pk]
    assert [row.pk for row in queues.desk(c.reviewer, {"group": "rest"}).rows] == [rest.pk]
    assert [row.pk for row in queues.desk(c.reviewer, {"group": "all", "category": str(other.pk)}).rows] == [rest.pk]
    assert "这件归综合组审查" not in page(reviewer, f"{DESK}?group=all&case={rest.pk}")  # nobody's own
    group("法治组", c.head, categories=[other])
    assert "这件归法治组审查" in page(reviewer, f"{DESK}?group=all&case={rest.pk}")
    assert post(reviewer, rest, Act.PRE_REVIEW, {"recommendation": "file"}).status_code == 302
    assert rest.reviews.get().outside_group is True
    assert "建议立案（组外）" in page(client_of(c.head))


def test_a_session_s_own_groups_take_the_place_of_the_standing_ones(c, other):
    group("常设组", c.reviewer, categories=[c.business])
    group("本次组", c.staff, categories=[other], session=c.session)
    group("本次综合组", c.head, session=c.session, takes_rest=True)
    found = queues.desk(c.head, {}).groups
    assert [(one.name, len(one.categories), one.takes_rest) for one in found] == [
        ("本次组", 1, False), ("本次综合组", 0, True),
    ]  # fmt: skip


def test_who_comes_too_late_sees_the_other_s_decision(c):
    case = make.submitted(c)
    version = case.version
    perform(Act.PRE_REVIEW, case, c.staff, {"recommendation": "return", "reason": "数据不足"})
    url = f"{DESK}{case.pk}/pre_review/"
    typed = {"reason": "选题很好", "suggestion_2": "错峰上下学"}
    answer = client_of(c.reviewer).post(url, {"version": version, "recommendation": "file", **typed})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "错峰上下学" in text
    assert "何静" in text and "“初审”：数据不足" in text and "您的操作没有提交" in text and "选题很好" in text
    assert Proposal.objects.get(pk=case.pk).reviews.count() == 1


def test_a_wrong_form_stays_open_with_what_was_typed(c):
    case = make.submitted(c)
    answer = post(client_of(c.reviewer), case, Act.PRE_REVIEW, {"reason": "写到一半"})
    text = answer.content.decode()
    assert (answer.status_code, "写到一半" in text, 'name="recommendation" value="file"' in text) == (400, True, True)


def test_polish_with_the_difference_live_and_without_javascript(c):
    case, client = make.submitted(c), client_of(c.reviewer)
    text = page(client, f"{DESK}?case={case.pk}&polish=1")
    assert text.count("data-polish") == 5  # and once named by the fragment that follows them
    typed = {"suggestion_2": "错峰上下学", "recommendation": "file"}
    part = client.post(f"{DESK}{case.pk}/difference/", typed, headers={"HX-Request": "true"}).content.decode()
    assert "<h4>第 2 条建议</h4>" in part and "</del>" in part and "<html" not in part
    whole = client.post(f"{DESK}{case.pk}/difference/", typed).content.decode()
    assert "<h4>第 2 条建议</h4>" in whole and "错峰上下学</textarea>" in whole
    assert post(client, case, Act.PRE_REVIEW, typed).status_code == 302
    assert list(case.suggestions.values_list("text", flat=True)) == ["增设减速带", "错峰上下学"]
    kept = case.snapshots.get(occasion="初审润色前")
    assert kept.suggestions == ["增设减速带", "错时上下学"]
    seen = client_of(c.author).get(f"/proposals/{case.pk}/").content.decode()
    assert "具体建议的改动" in seen


def test_a_batch_polishes_no_suggestion(c):
    case = make.submitted(c)
    data = {
        "act": "pre_review",
        "confirmed": "1",
        "rows": [str(case.pk)],
        "recommendation": "file",
        "suggestion_1": "改掉",
    }
    client_of(c.reviewer).post("/proposals/batch/", data)
    assert list(case.suggestions.values_list("text", flat=True)) == ["增设减速带", "错时上下学"]


def test_the_desk_is_the_committee_s(c):
    case = make.submitted(c)
    for user in (c.author, c.operator, c.dispatch, c.other_member):
        client = client_of(user)
        for path in (DESK, f"{DESK}figures/", f"{DESK}file/", "/proposals/numbering/"):
            assert client.get(path).status_code == 403
        assert post(client, case, Act.PRE_REVIEW, {"recommendation": "file"}).status_code == 403
    reviewer = client_of(c.reviewer)
    assert [reviewer.get(p).status_code for p in (f"{DESK}file/", "/proposals/numbering/")] == [403, 403]
    assert post(reviewer, make.reviewed(c), Act.FILE).status_code == 403
    for nonsense in ("?case=99999", "?case=x&queue=y&group=z&session=0&category=q&act=submit", "?case=9999999999999"):
        assert reviewer.get(DESK + nonsense).status_code == 200
    draft = make.draft(c)
    assert "没有找到这件提案" in page(reviewer, f"{DESK}?case={draft.pk}")
    assert reviewer.post(f"{DESK}{draft.pk}/pre_review/", {}).status_code == 404
    assert reviewer.post(f"{DESK}{case.pk}/assign/", {}).status_code == 403


def test_each_figure_leads_to_as_many_rows(c, other):
    group("教育组", c.reviewer, categories=[c.business])
    main, merged = make.filed(c), make.reviewed(c)
    perform(Act.MERGE, merged, c.head, {"into": main.pk, "reason": "相同"})
    perform(Act.ANSWER_MERGE, merged, c.author, {"answer": "object", "reason": "不同"})
    one, two = make.submitted(c), make.submitted(c)
    Proposal.objects.filter(pk=one.pk).update(business_category=other)
    Proposal.objects.filter(pk=two.pk).update(business_category=None)
    perform(Act.WITHDRAW, make.submitted(c), c.author, {"reason": "不提了"})
    found, desk = night_figures.figures(c.head, c.session), queues.desk(c.head, {})
    cells = [
        cell for line in (found.total, *found.groups, *found.categories) for cell in night_figures.cells(line, desk)
    ]
    client = client_of(c.head)
    for cell in cells:
        if cell["value"]:
            assert f"共 {cell['value']} 件" in page(client, cell["href"]), cell
    assert (found.total.counts["received"], found.total.counts["objected"]) == (5, 1)
    fragment = client.get(f"{DESK}figures/", headers={"HX-Request": "true"}).content.decode()
    assert "并案有异议 1 件" in fragment and "<html" not in fragment


@pytest.mark.parametrize("rows", [1, 5])
def test_the_desk_asks_as_often_for_many_as_for_few(c, rows, django_assert_num_queries):
    for n in range(rows):
        group(f"{n}组", c.reviewer, categories=[c.business])
    cases = [make.submitted(c) for _ in range(rows)]
    decided = [make.reviewed(c) for _ in range(rows)]
    reviewer, head = client_of(c.reviewer), client_of(c.head)
    for client, path, asked in (
        (reviewer, f"?case={cases[0].pk}", 18),
        (head, f"?case={decided[0].pk}", 17),
        (head, "figures/", 8),
        (head, "file/", 8),
    ):
        page(client, f"{DESK}{path}")
        with django_assert_num_queries(asked):
            page(client, f"{DESK}{path}")


# --- numbers ---
def test_the_order_is_moved_within_a_category_only(c, other):
    cases = [make.filed(c, numbered=False) for _ in range(3)]
    Proposal.objects.filter(pk=cases[2].pk).update(business_category=other)
    client = client_of(c.staff)
    marks = [f"{p.pk}-{p.version}" for p in Proposal.objects.order_by("pk")]
    moved = client.post("/proposals/numbering/", {"rows": marks, "down": marks[0]}).content.decode()
    order = [line for line in moved.splitlines() if 'name="rows"' in line]
    assert [
        any(mark in line for line in order[n : n + 1]) for n, mark in enumerate((marks[1], marks[0], marks[2]))
    ] == [True] * 3
    client.post("/proposals/numbering/", {"rows": [marks[2], marks[1], marks[0]], "number": "1"})
    assert list(Proposal.objects.order_by("pk").values_list("serial", flat=True)) == [2, 1, 3]


def test_all_or_none_and_nothing_stale(c):
    cases = [make.filed(c, numbered=False) for _ in range(3)]
    client = client_of(c.staff)
    marks = [f"{p.pk}-{p.version}" for p in Proposal.objects.order_by("pk")]
    perform(Act.NUMBER, cases[0], c.head)
    answer = client.post("/proposals/numbering/", {"rows": marks, "number": "1"})
    assert (answer.status_code, "待编号的提案刚刚有变化，没有编号" in answer.content.decode()) == (409, True)
    assert list(Proposal.objects.order_by("pk").values_list("serial", flat=True)) == [1, None, None]
    assert client.post("/proposals/numbering/", {"rows": ["x-1", "9-9-9"], "number": "1"}).status_code == 409


def test_before_the_first_session_the_desk_says_what_is_missing(c, client):
    Session.objects.all().delete()
    client.force_login(c.head)
    for page in ("review/", "review/figures/", "review/file/", "numbering/"):
        answer = client.get(f"/proposals/{page}")
        assert (answer.status_code, "尚未设置届次" in answer.content.decode()) == (409, True)
