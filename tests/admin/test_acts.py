"""One act on one case in the admin, and what its page shows to whom."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from proposals.models import Lead, Proposal
from tests.documents.files import png
from tests.factories import county as make
from workflow.models import Event

from .doing import act_url, change_url, state
from .scene import text

pytestmark = pytest.mark.django_db


def offered(page) -> list[str]:
    return [option.act for option in page.context["options"] if not option.blocked]


@pytest.mark.parametrize(
    ("role", "acts"),
    [
        ("staff", ["admit_late", "split", "move_offline"]),
        ("reviewer", []),
        ("head", ["admit_late", "review_again", "file", "return", "merge", "split", "move_offline", "reject"]),
    ],
)
def test_buttons_of_a_reviewed_case(s, role, acts):
    assert offered(s.client(role).get(change_url(make.reviewed(s.c)))) == acts


@pytest.mark.parametrize(("role", "seen"), [("staff", True), ("head", True), ("reviewer", False)])
def test_who_brought_a_lead_is_for_the_staff(s, role, seen):
    lead = make.lead(s.c)
    Lead.objects.filter(pk=lead.pk).update(contact="老李 0396-6200000")
    assert ("老李" in text(s.client(role).get(change_url(lead)))) == seen


def test_a_case_out_of_sight_leads_back_with_a_sentence(s):
    answer = s.client("dispatch").get(change_url(make.reviewed(s.c)), follow=True)
    assert answer.redirect_chain == [("/admin/", 302)]
    assert "不存在" in text(answer)


def test_an_act_goes_through_the_engine(s):
    case = make.reviewed(s.c)
    answer = s.client("head").post(act_url(case, "file"), {"version": case.version, "reason": "同意"}, follow=True)
    assert (answer.redirect_chain, state(case)) == ([(change_url(case), 302)], "filed")
    event = Event.objects.get(act="file")
    assert (event.actor, event.door, event.reason, event.capacity) == (s.c.head, "admin", "同意", "提案委负责人")


def test_merging_is_a_single_act(s):
    main, other = make.filed(s.c), make.reviewed(s.c, title="关于校门口停车的提案")
    main.refresh_from_db()
    client = s.client("head")
    assert f"{main.short_number} {main.title}" in text(client.get(act_url(other, "merge")))
    client.post(act_url(other, "merge"), {"version": other.version, "into": main.pk, "reason": "内容相同"})
    assert Proposal.objects.get(pk=other.pk).merged_into_id == main.pk
    assert "并入本案的提案" in text(client.get(change_url(main)))


def test_what_is_wrong_stands_at_its_field_and_nothing_happens(s):
    case = make.filed(s.c)
    answer = s.client("staff").post(act_url(case, "assign"), {"version": case.version, "division": "sole"})
    assert answer.status_code == 400
    assert "请选择独办单位。" in text(answer)
    assert state(case) == "filed"


def test_a_stale_page_keeps_what_was_typed(s):
    case = make.filed(s.c)
    data = {"version": case.version - 1, "division": "sole", "unit": s.c.unit.pk, "reason": "请抓紧办理"}
    answer = s.client("staff").post(act_url(case, "assign"), data)
    assert answer.status_code == 409
    assert "这件事项刚刚被其他人更新过。" in text(answer)
    assert "请抓紧办理" in text(answer)
    assert state(case) == "filed"


def test_a_final_refusal_keeps_what_was_typed_too(s):
    case = make.assigned(s.c)
    data = {"version": case.version, "division": "sole", "unit": s.c.unit.pk, "reason": "请抓紧办理"}
    answer = s.client("staff").post(act_url(case, "assign"), data)
    assert answer.status_code == 409
    assert "目前状态是“办理中”，不能“交办”。" in text(answer)
    assert "请抓紧办理" in text(answer)


@pytest.mark.parametrize(
    ("role", "act", "status"),
    [
        ("reviewer", "file", 403),
        ("staff", "file", 403),
        ("dispatch", "file", 404),
        ("staff", "fly", 403),
        ("office", "file", 403),
    ],
)
def test_refusals(s, role, act, status):
    case = make.reviewed(s.c)
    client = s.client(role)
    assert client.get(act_url(case, act)).status_code == status
    assert client.post(act_url(case, act), {"version": case.version}).status_code == status
    assert state(case) == "reviewed"


@pytest.mark.parametrize("pk", [0, 999_999, 10**30])
def test_a_case_that_is_not_there(s, pk):
    assert s.client("head").get(f"/admin/proposals/proposal/{pk}/acts/file/").status_code == 404


def test_the_page_never_changes_a_case_itself(s):
    case = make.reviewed(s.c)
    assert s.client("head").post(change_url(case), {"title": "改个名字"}).status_code == 403
    assert Proposal.objects.get(pk=case.pk).title == case.title


def test_the_committee_reads_the_review_and_the_dispatch_office_does_not(s):
    case = make.filed(s.c)
    inside, outside = (text(s.client(role).get(change_url(case))) for role in ("staff", "dispatch"))
    assert ("初审意见" in inside, "初审意见" in outside) == (True, False)
    assert ("<td>初审" in inside, "<td>初审" in outside) == (True, False)
    assert ("<td>立案" in inside, "<td>立案" in outside) == (True, True)


def test_the_history_of_a_case_is_its_log(s):
    case = make.filed(s.c)
    pages = {
        role: text(s.client(role).get(change_url(case).replace("change", "history"))) for role in ("staff", "dispatch")
    }
    assert ("<td>初审" in pages["staff"], "<td>初审" in pages["dispatch"]) == (True, False)


def test_drafts_are_nobody_elses_business(s):
    case = make.draft(s.c)
    for role in ("staff", "head", "reviewer", "dispatch"):
        assert s.client(role).get(change_url(case)).status_code == 302


def test_who_works_on_a_case_inside_reads_the_draft_reply(s):
    share = make.signed(s.c)
    make.write_reply(share, s.c.operator)
    assert "答复稿（第 1 轮，未发出）" in text(s.client("staff").get(change_url(share.proposal)))
    assert "您提出的提案收悉" in text(s.client("dispatch").get(change_url(share)))


def test_ratings_contacts_and_answers_are_on_the_page(s):
    share = make.replied(s.c, make.signed(s.c))
    make.perform("rate", share, s.c.author, make.rating("basically", "satisfied"))
    page = text(s.client("staff").get(change_url(share.proposal)))
    for words in ("听取提案人意见", "已采纳，年内完成。", "基本满意", "第一提案人"):
        assert words in page


def test_a_paper_rating_is_entered_with_its_scan(s):
    share = make.replied(s.c, make.signed(s.c))
    data = {"version": share.version, "person": s.c.author.person_id, **make.rating()}
    data["scan_files"] = SimpleUploadedFile("评价表.png", png(), "image/png")
    answer = s.client("staff").post(act_url(share, "rate_by_proxy"), data, follow=True)
    assert answer.redirect_chain == [(change_url(share), 302)]
    assert Event.objects.get(act="rate_by_proxy").on_behalf_of == s.c.author.person.name


def test_a_refused_scan_says_why_and_keeps_the_rest(s):
    share = make.replied(s.c, make.signed(s.c))
    data = {"version": share.version, "person": s.c.author.person_id, **make.rating(reason="很好")}
    data["scan_files"] = SimpleUploadedFile("评价表.exe", b"MZ" + b"0" * 200)
    answer = s.client("staff").post(act_url(share, "rate_by_proxy"), data)
    assert answer.status_code == 400
    assert "很好" in text(answer)
    assert Event.objects.filter(act="rate_by_proxy").count() == 0
