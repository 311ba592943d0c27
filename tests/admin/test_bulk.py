"""Many cases at once: the form first, then a result for each row above the same list."""

import pytest

from proposals.models import Proposal
from tests.factories import county as make
from workflow import batch
from workflow.engine import perform
from workflow.models import Event

from .doing import PROPOSALS, SHARES, confirm, press, report, state
from .scene import text

pytestmark = pytest.mark.django_db
GONE = "没有找到这件事项，或者您无权查看。请返回列表，从“我的待办”进入。"


def three(s, build):
    return [build(s.c, title=f"关于第{n}条道路的提案") for n in "一二三"]


def test_a_night_of_reviewing_ends_with_units_at_work(s):
    cases = three(s, make.submitted)
    reviewer, head, staff = s.client("reviewer"), s.client("head"), s.client("staff")
    page = press(reviewer, "pre_review", cases)
    assert "将对下列 3 件逐件“初审”" in text(page)
    confirm(reviewer, "pre_review", cases, {"recommendation": "file", "business_category": s.c.business.pk})
    assert [state(case) for case in cases] == ["reviewed"] * 3
    confirm(head, "file", cases)
    confirm(staff, "number", cases)
    answer = confirm(staff, "assign", cases, {"division": "sole", "unit": s.c.unit.pk})
    assert [line["text"] for line in report(answer)["done"]] == [
        "001 关于第一条道路的提案", "002 关于第二条道路的提案", "003 关于第三条道路的提案",
    ]  # fmt: skip
    assert [state(case) for case in cases] == ["handling"] * 3
    doors = Event.objects.filter(act__in=["pre_review", "file", "number", "assign"]).values_list("door", flat=True)
    assert set(doors) == {"admin"}


def test_numbers_follow_category_then_receipt_whatever_was_ticked_first(s):
    other = make.business_category("经济建设")
    other.order = s.c.business.order - 1 if s.c.business.order else 0
    other.save()
    s.c.business.order = other.order + 1
    s.c.business.save()
    first, second, third = three(s, lambda c, title: make.filed(c, numbered=False, title=title))
    Proposal.objects.filter(pk=third.pk).update(business_category=other)
    confirm(s.client("staff"), "number", [second, third, first])
    serials = dict(Proposal.objects.values_list("pk", "serial"))
    assert [serials[case.pk] for case in (third, first, second)] == [1, 2, 3]


def test_a_receipt_number_of_five_digits_comes_after_those_of_four(s):
    from proposals.numbering import in_numbering_order

    late, early = three(s, lambda c, title: make.filed(c, numbered=False, title=title))[:2]
    Proposal.objects.filter(pk=late.pk).update(receipt_number="11-4-10000")
    Proposal.objects.filter(pk=early.pk).update(receipt_number="11-4-9999")
    rows = in_numbering_order(Proposal.objects.filter(pk__in=[late.pk, early.pk]))
    assert [row.pk for row in rows] == [early.pk, late.pk]


def test_each_row_says_how_it_went(s):
    good, taken = make.reviewed(s.c), make.reviewed(s.c, title="关于另一件事的提案")
    client, versions = s.client("head"), [f"{case.pk}-{case.version}" for case in (good, taken)]
    perform("file", taken, s.c.head, {})
    sent = {"action": "file", "confirmed": "1", "rows": [*versions, "999999-1"]}
    found = report(client.post(PROPOSALS, sent, follow=True))
    fresh = Proposal.objects.get(pk=good.pk)
    assert (found["label"], [line["text"] for line in found["done"]]) == (
        "立案",
        [f"{fresh.receipt_number} {fresh.title}"],
    )
    assert [line["why"] for line in found["failed"]] == [
        "目前状态是“已立案（待交办）”，不能“立案”。请刷新页面查看最新情况。", GONE,
    ]  # fmt: skip


def test_a_row_that_somebody_changed_meanwhile_is_left_alone(s):
    case = make.filed(s.c, numbered=False)
    mark = f"{case.pk}-{case.version - 1}"
    sent = {"action": "number", "confirmed": "1", "rows": [mark]}
    found = report(s.client("staff").post(PROPOSALS, sent, follow=True))
    assert found["failed"][0]["why"].startswith("这件事项刚刚被其他人更新过。")
    assert Proposal.objects.get(pk=case.pk).serial is None


def test_the_filter_and_the_page_are_kept(s):
    case, url = make.reviewed(s.c), f"{PROPOSALS}?state=reviewed&p=1"
    client = s.client("head")
    assert f'<a class="closelink" href="{url.replace("&", "&amp;")}">' in text(press(client, "file", [case], url))
    sent = {"action": "file", "confirmed": "1", "rows": [f"{case.pk}-{case.version}"]}
    assert client.post(url, sent)["Location"] == url


def test_the_report_is_shown_once(s):
    case, client = make.reviewed(s.c), s.client("head")
    assert report(confirm(client, "file", [case])) is not None
    assert report(client.get(PROPOSALS)) is None


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"action": "file", "index": "0"}, "还没有勾选。请先在列表中勾选，再选“立案”。"),
        ({"action": "file", "index": "0", "_selected_action": ["x", "-1", "9" * 30]}, "还没有勾选。"),
        ({"action": "file", "index": "0", "_selected_action": ["999999"]}, "勾选的事项都找不到了"),
        ({"action": "fly", "index": "0", "_selected_action": ["1"]}, "没有选择操作，或者您不能进行这项操作。"),
        ({"action": "file", "index": "x9", "_selected_action": []}, "还没有勾选。"),
        ({}, "没有选择操作，或者您不能进行这项操作。"),
    ],
)
def test_a_selection_that_is_none_gets_a_sentence(s, data, sentence):
    answer = s.client("head").post(f"{PROPOSALS}?state=reviewed", data, follow=True)
    assert (answer.status_code, answer.redirect_chain) == (200, [(f"{PROPOSALS}?state=reviewed", 302)])
    assert sentence in text(answer)


def test_more_than_a_batch_is_refused_before_anything_happens(s, monkeypatch):
    monkeypatch.setattr(batch, "MOST", 2)
    cases = three(s, make.reviewed)
    client = s.client("head")
    press(client, "file", cases, select_across="1")
    assert "一次最多处理 2 件。请先用筛选或搜索缩小范围。" in text(client.get(PROPOSALS))
    assert [state(case) for case in cases] == ["reviewed"] * 3


def test_all_pages_of_a_filter_can_be_chosen(s):
    cases = three(s, make.reviewed)
    page = press(s.client("head"), "file", cases[:1], f"{PROPOSALS}?state=reviewed", select_across="1")
    assert "将对下列 3 件逐件“立案”" in text(page)


def test_a_wrong_form_does_nothing_and_says_so(s):
    cases = three(s, make.reviewed)
    answer = confirm(s.client("head"), "reject", cases, {"disposition": "suggestion"})
    assert answer.status_code == 400
    assert "还有内容需要改正，请看下面标出的各项。一件也没有办理。" in text(answer)
    assert [state(case) for case in cases] == ["reviewed"] * 3


def test_polishing_is_no_business_of_a_batch(s):
    case = make.submitted(s.c)
    client = s.client("reviewer")
    page = text(press(client, "pre_review", [case]))
    assert ('name="title"' in page, 'name="situation"' in page) == (False, False)
    data = {"recommendation": "file", "business_category": s.c.business.pk, "title": "都叫这个名字"}
    confirm(client, "pre_review", [case], data)
    assert Proposal.objects.get(pk=case.pk).title == case.title


BUTTONS = {
    "reviewer": ["pre_review"],
    "staff": ["pre_review", "number", "assign", "publish", "archive"],
    "head": ["pre_review", "file", "return", "reject", "number", "assign", "publish", "archive"],
    "dispatch": ["assign"],
}


@pytest.mark.parametrize("role", BUTTONS)
def test_buttons_only_for_what_one_can_ever_do(s, role):
    make.filed(s.c)
    page = s.client(role).get(PROPOSALS)
    shown = [act for act, _label in page.context["action_form"].fields["action"].choices if act]
    assert shown == BUTTONS[role]


def test_buttons_follow_the_chosen_queue(s):
    make.reviewed(s.c)
    page = s.client("head").get(f"{PROPOSALS}?state=reviewed")
    shown = [act for act, _label in page.context["action_form"].fields["action"].choices if act]
    assert shown == ["file", "return", "reject"]


def test_the_dispatch_office_cannot_file_by_any_means(s):
    case = make.reviewed(s.c)
    sent = {"action": "file", "confirmed": "1", "rows": [f"{case.pk}-{case.version}"]}
    answer = s.client("dispatch").post(PROPOSALS, sent, follow=True)
    assert "没有选择操作，或者您不能进行这项操作。" in text(answer)
    assert state(case) == "reviewed"


def test_ids_out_of_sight_are_not_found(s):
    hidden = make.reviewed(s.c)  # the dispatch office comes in with filing
    sent = {
        "action": "assign",
        "confirmed": "1",
        "rows": [f"{hidden.pk}-{hidden.version}"],
        "division": "sole",
        "unit": s.c.unit.pk,
    }
    found = report(s.client("dispatch").post(PROPOSALS, sent, follow=True))
    assert [(line["text"], line["why"]) for line in found["failed"]] == [(f"编号 {hidden.pk}", GONE)]
    assert state(hidden) == "reviewed"


def test_the_dispatch_office_checks_many_replies_at_once(s):
    share = make.signed(s.c)
    make.contact(s.c, share)
    make.write_reply(share, s.c.operator)
    perform("send_draft", share, s.c.operator)
    perform("comment_on_draft", share, s.c.author, {"comment": "同意"})
    perform("submit_reply", share, s.c.operator)
    perform("sign_off", share, s.c.leader, {})
    client = s.client("dispatch")
    assert "复核通过：所选 1 件" in text(press(client, "check", [share], SHARES))
    found = report(confirm(client, "check", [share], {}, SHARES))
    assert len(found["done"]) == 1
    share.refresh_from_db()
    assert share.replies.get().checked_by == s.c.dispatch


def test_pre_review_in_a_batch_keeps_every_category(s):
    cases, other = three(s, make.submitted), make.business_category("农业农村")
    Proposal.objects.filter(pk=cases[1].pk).update(business_category=other)
    client = s.client("reviewer")
    page = text(press(client, "pre_review", cases))
    assert "留空则用各件现有类别。" in page and "---------" not in page
    confirm(client, "pre_review", cases, {"recommendation": "file"})
    assert [state(case) for case in cases] == ["reviewed"] * 3
    names = Proposal.objects.order_by("pk").values_list("business_category__name", flat=True)
    assert list(names) == [s.c.business.name, "农业农村", s.c.business.name]
