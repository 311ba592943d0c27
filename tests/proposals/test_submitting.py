"""提: drafts, what a submission needs, which session and window it falls into."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from members.models import Member, Session
from proposals import by_date, drafting
from proposals.acts import ProposalAct
from proposals.kinds import Kind, Timing
from proposals.models import Proposal, TextSnapshot
from proposals.states import ProposalState
from proposals.windows import timing_at
from tests.factories import county as make
from tests.factories import people
from workflow.engine import perform
from workflow.errors import NotAllowed, NotFound, Refused, TooLate

pytestmark = pytest.mark.django_db


def gaps(proposal, user) -> str:
    with pytest.raises(Refused) as refused:
        perform(ProposalAct.SUBMIT, proposal, user)
    assert refused.value.code == "incomplete"
    return refused.value.sentence


def test_an_empty_draft_says_all_that_is_missing(c):
    assert gaps(drafting.create(c.author), c.author) == (
        "还不能提交：请填写案由；请填写情况分析；请至少填写一条具体建议；请选择类别；"
        "请确认内容不含国家秘密和工作秘密；请确认系本人（本单位）调研撰写；请选择是否同意公开。"
    )


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("title", "  ", "请填写案由"), ("situation", "\n", "请填写情况分析"), ("business_category", None, "请选择类别"),
        ("no_secrets", False, "请确认内容不含国家秘密和工作秘密"),
        ("own_work", False, "请确认系本人（本单位）调研撰写"), ("publish_consent", None, "请选择是否同意公开"),
        ("publish_consent", False, "不同意公开的，请说明理由"),
    ],
)  # fmt: skip
def test_each_gap_by_itself(c, field, value, sentence):
    proposal = drafting.save(make.draft(c), c.author, {field: value})
    assert gaps(proposal, c.author) == f"还不能提交：{sentence}。"


def test_a_first_submission_gets_its_receipt_and_keeps_its_text(c):
    proposal = make.submitted(c)
    fresh = Proposal.objects.get(pk=proposal.pk)
    assert (fresh.receipt_number, fresh.kind, fresh.state) == ("11-4-0001", Kind.INDIVIDUAL, ProposalState.SUBMITTED)
    kept = TextSnapshot.objects.get()
    assert (kept.occasion, kept.title, kept.suggestions) == ("提交", fresh.title, ["增设减速带", "错时上下学"])


def test_receipts_run_on_and_a_second_submission_keeps_its_own(c):
    first, second = make.reviewed(c), make.submitted(c)
    perform(ProposalAct.RETURN, first, c.head, {"reason": "请补充数据"})
    perform(ProposalAct.SUBMIT, first, c.author)
    numbers = [Proposal.objects.get(pk=p.pk).receipt_number for p in (first, second)]
    assert numbers == ["11-4-0001", "11-4-0002"]
    assert TextSnapshot.objects.filter(proposal=first).count() == 2


@pytest.mark.parametrize(
    ("hour", "timing"),
    [
        (datetime(2026, 1, 20, 23, 59, 59), Timing.ADJOURNED), (datetime(2026, 1, 21), Timing.PLENARY),
        (datetime(2026, 4, 22, 14), Timing.PLENARY), (datetime(2026, 4, 22, 14, 0, 1), Timing.ADJOURNED),
    ],
)  # fmt: skip
def test_the_window_closes_to_the_second(c, hour, timing):
    assert timing_at(c.session, hour.replace(tzinfo=people.SHANGHAI)) == timing


def test_after_the_window_a_proposal_is_not_lost(c, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 5, 1, tzinfo=people.SHANGHAI))
    assert Proposal.objects.get(pk=make.submitted(c).pk).timing == Timing.ADJOURNED


def test_texts_go_with_the_session_whose_window_has_opened(c):
    draft, submitted = make.draft(c), make.submitted(c)
    now = timezone.now()
    following = Session.objects.create(
        term=c.session.term, ordinal=5, opens=now, closes=now, window_opens=now - timedelta(hours=1),
        window_closes=now + timedelta(days=30),
    )  # fmt: skip
    by_date.advance_all()
    sessions = [Proposal.objects.get(pk=p.pk).session for p in (draft, submitted)]
    assert sessions == [following, c.session]
    perform(ProposalAct.SUBMIT, draft, c.author)
    fresh = Proposal.objects.get(pk=draft.pk)
    assert (fresh.receipt_number, fresh.timing) == ("11-5-0001", Timing.PLENARY)


def test_who_may_begin_a_draft(c):
    with pytest.raises(NotAllowed):
        drafting.create(c.staff)
    with pytest.raises(NotAllowed):
        drafting.create(c.author, c.party)
    assert drafting.create(c.contact, c.party).kind == Kind.COLLECTIVE


def test_without_a_session_nothing_can_be_begun(c):
    Session.objects.all().delete()
    with pytest.raises(Refused, match="尚未设置届次"):
        drafting.create(c.author)


def test_a_collective_s_new_contact_takes_over_from_the_old(c):
    proposal = make.confirmed(c)
    yesterday = timezone.localdate() - timedelta(days=1)
    c.contact.person.appointments.update(ends=yesterday)
    del c.contact._posts
    successor = people.holder(c.party, "contact", "新联系人")
    with pytest.raises(NotFound):
        perform(ProposalAct.SUBMIT, proposal, c.contact)
    perform(ProposalAct.SUBMIT, proposal, successor)
    fresh = Proposal.objects.get(pk=proposal.pk)
    assert (fresh.kind, fresh.first_proposer, fresh.organization) == (Kind.COLLECTIVE, None, c.party)


def test_a_seat_that_has_ended_does_not_end_authorship(c):
    proposal = make.draft(c)
    Member.objects.filter(person=c.author.person).update(ends=timezone.localdate() - timedelta(days=1))
    vars(c.author).pop("_posts", None)
    perform(ProposalAct.SUBMIT, proposal, c.author)
    with pytest.raises(NotAllowed):
        drafting.create(c.author)


def test_saving_counts_up_and_notices_another_window(c):
    proposal = make.draft(c)
    saved = drafting.save(proposal, c.author, {"title": "新案由"}, seen_version=proposal.version)
    assert saved.version == proposal.version + 1
    with pytest.raises(TooLate) as refused:
        drafting.save(proposal, c.author, {"title": "旧窗口"}, seen_version=proposal.version)
    assert refused.value.code == "stale_page"
    assert Proposal.objects.get(pk=proposal.pk).title == "新案由"


def test_nobody_else_writes_in_a_draft(c):
    proposal = make.draft(c)
    with pytest.raises(NotFound):
        drafting.save(proposal, c.other_member, {"title": "别人的"})
    cosigned = make.cosigning(c)
    with pytest.raises(NotAllowed):
        drafting.save(cosigned, c.cosigner, {"title": "联名人的"})


def test_suggestions_keep_their_rows_when_they_keep_their_place(c):
    proposal = make.draft(c)
    before = list(proposal.suggestions.values_list("pk", "text"))
    drafting.save(proposal, c.author, {}, suggestions=["增设减速带", " ", "修建过街天桥", "错时上下学"])
    after = list(proposal.suggestions.values_list("pk", "text"))
    assert [text for _pk, text in after] == ["增设减速带", "修建过街天桥", "错时上下学"]
    assert [pk for pk, _text in after][:2] == [pk for pk, _text in before]
    drafting.save(proposal, c.author, {}, suggestions=[])
    assert list(proposal.suggestions.all()) == []
