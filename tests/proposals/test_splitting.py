"""分案: one proposal of two matters becomes two, and one again."""

import pytest

from proposals import drafting, history
from proposals.acts import ChangeRequestAct
from proposals.acts import ProposalAct as Act
from proposals.invariants import faults
from proposals.models import Proposal
from proposals.states import ProposalState
from proposals.statistics import session_report
from tests.factories import county as make
from workflow.engine import perform
from workflow.errors import Invalid, Refused
from workflow.models import Event

pytestmark = pytest.mark.django_db
TWO = ("增设减速带", "修建农村水渠", "错时上下学")


def joint(c) -> Proposal:
    """Submitted with a co-signer who agreed and a suggested unit."""
    proposal = make.cosigning(c)
    proposal.suggested_units.set([c.unit])
    drafting.write_suggestions(proposal, list(TWO))
    perform(Act.SUBMIT, proposal, c.author)
    return proposal


def split(c, proposal, positions=(2,), **changes) -> Proposal:
    moved = [s.pk for s in proposal.suggestions.filter(position__in=positions)]
    data = {"suggestions": moved, "title": "关于修建水渠的提案", "situation": "农田灌溉困难。", "reason": "一案两事"}
    perform(Act.SPLIT, proposal, c.staff, {**data, **changes})
    return Proposal.objects.get(split_from=proposal)


def texts(proposal) -> list[str]:
    return list(Proposal.objects.get(pk=proposal.pk).suggestions.values_list("text", flat=True))


def test_the_second_has_its_own_receipt_and_the_same_people(c):
    proposal = joint(c)
    other = split(c, proposal, kept_title="关于校园周边交通的提案")
    assert (texts(proposal), texts(other)) == (["增设减速带", "错时上下学"], ["修建农村水渠"])
    assert (other.state, other.receipt_number, other.first_proposer) == ("submitted", "11-4-0002", c.author.person)
    assert [(s.person, s.state) for s in other.cosignatures.all()] == [(c.cosigner.person, "agreed")]
    assert (list(other.suggested_units.all()), other.kind) == ([c.unit], "joint")
    assert Proposal.objects.get(pk=proposal.pk).title == "关于校园周边交通的提案"
    kept = proposal.snapshots.get(occasion="分案前")
    assert (kept.title, kept.suggestions) == ("关于加强校园周边交通管理的提案", list(TWO))
    assert other.snapshots.get().suggestions == ["修建农村水渠"]
    assert session_report(c.session)["received"] == 2
    assert list(faults()) == []


def test_both_say_where_the_other_is(c):
    proposal = joint(c)
    other = split(c, proposal)
    assert Event.objects.get(act=Act.SPLIT).data["split_receipt"] == other.receipt_number
    said = Event.objects.get(act=Act.SPLIT_OFF)
    assert (said.object_id, said.label, said.to_state) == (other.pk, "分案产生（原流水号 11-4-0001）", "submitted")
    seen = Proposal.objects.visible_to(c.author).with_roles_of(c.author).get(pk=proposal.pk)
    assert ["分案流水号", "11-4-0002"] in history.timeline(seen, c.author)[-1]["shown"]


@pytest.mark.parametrize(
    ("positions", "changes", "field"),
    [
        ((1, 2, 3), {}, "suggestions"), ((), {}, "suggestions"), ((2,), {"title": ""}, "title"),
        ((2,), {"situation": ""}, "situation"), ((2,), {"reason": ""}, "reason"),
        ((2,), {"title": "长" * 101}, "title"), ((2,), {"suggestions": ["99999"]}, "suggestions"),
    ],
)  # fmt: skip
def test_what_is_asked_of_a_split(c, positions, changes, field):
    proposal = joint(c)
    with pytest.raises(Invalid) as refused:
        split(c, proposal, positions, **changes)
    assert list(refused.value.errors) == [field]
    assert (Proposal.objects.count(), texts(proposal)) == (1, list(TWO))


def test_one_suggestion_is_one_matter(c):
    proposal = make.submitted(c, suggestions=("增设减速带",))
    with pytest.raises(Invalid) as refused:
        split(c, proposal, (1,))
    assert refused.value.errors["suggestions"] == ["本案只有一条建议，不能分案。如一案多事，请退回提案人修改。"]


def test_back_again_restores_the_text_and_counts_the_second_as_withdrawn(c):
    proposal = joint(c)
    other = split(c, proposal)
    perform(Act.UNDO_SPLIT, proposal, c.head, {"reason": "还是一件事"})
    now, gone = (Proposal.objects.get(pk=one.pk) for one in (proposal, other))
    assert (now.title, texts(now), now.state) == ("关于加强校园周边交通管理的提案", list(TWO), "submitted")
    assert (gone.state, gone.receipt_number) == (ProposalState.WITHDRAWN, "11-4-0002")
    assert Event.objects.get(act=Act.SPLIT_WITHDRAWN).reason == "分案撤销，内容并回 11-4-0001：还是一件事"
    figures = session_report(c.session)
    assert [figures[name] for name in ("received", "pending", "withdrawn")] == [2, 1, 1]
    assert list(faults()) == []


def refusal(act, case, actor) -> str:
    with pytest.raises(Refused) as refused:
        perform(act, case, actor, {"reason": "再议"})
    return refused.value.code


def test_a_split_stays_once_the_second_is_decided_or_the_first_rewritten(c):
    proposal = joint(c)
    assert refusal(Act.UNDO_SPLIT, proposal, c.head) == "not_split"
    other = split(c, proposal)
    for case in (proposal, other):
        perform(Act.PRE_REVIEW, case, c.reviewer, {"recommendation": "file"})
    perform(Act.FILE, other, c.head, {})
    assert refusal(Act.UNDO_SPLIT, proposal, c.head) == "not_split"
    perform(Act.UNDO_DECISION, other, c.head, {"reason": "再议"})
    perform(Act.RETURN, proposal, c.head, {"reason": "补充"})
    drafting.save(proposal, c.author, {"situation": "改过的情况。"})
    perform(Act.SUBMIT, proposal, c.author)
    assert refusal(Act.UNDO_SPLIT, proposal, c.head) == "changed_since"


def test_a_collective_s_proposal_is_split_too(c):
    proposal = make.confirmed(c)
    perform(Act.SUBMIT, proposal, c.contact)
    other = split(c, proposal)
    assert (other.organization, other.first_proposer, other.kind) == (c.party, None, "collective")
    assert (other.collective_proof, other.confirmed_by) == ("convener", make.convener_of(c).person)
    assert list(faults()) == []
    perform(Act.WITHDRAW, other, c.contact, {"reason": "不再提"})
    assert list(faults()) == []


def test_a_paper_entry_is_flagged_in_both(c):
    other = split(c, make.entered(c))
    assert (other.by_proxy, other.entered_by, other.proxy_answer) == (True, c.staff, "")
    assert list(faults()) == []


def test_splits_are_taken_back_the_last_one_first_and_no_text_is_lost(c):
    proposal = joint(c)
    first, second = split(c, proposal), None
    split_again = {
        "suggestions": [proposal.suggestions.last().pk],
        "title": "错时",
        "situation": "拥堵。",
        "reason": "再分",
    }
    perform(Act.SPLIT, proposal, c.staff, split_again)
    second = Proposal.objects.get(title="错时")
    perform(Act.PRE_REVIEW, second, c.reviewer, {"recommendation": "file"})
    perform(Act.FILE, second, c.head, {})
    assert refusal(Act.UNDO_SPLIT, proposal, c.head) == "not_split"
    perform(Act.UNDO_DECISION, second, c.head, {"reason": "再议"})
    perform(Act.UNDO_SPLIT, proposal, c.head, {"reason": "还是一件事"})
    assert texts(proposal) == ["增设减速带", "错时上下学"]
    perform(Act.UNDO_SPLIT, proposal, c.head, {"reason": "还是一件事"})
    assert texts(proposal) == list(TWO)
    assert [Proposal.objects.get(pk=one.pk).state for one in (first, second)] == ["withdrawn", "withdrawn"]


@pytest.mark.parametrize("which", ["first", "second"])
def test_a_granted_change_of_either_text_keeps_them_apart(c, which):
    proposal = joint(c)
    other = split(c, proposal)
    case = proposal if which == "first" else other
    new = {"title": "改过的案由", "situation": "改过。", "suggestions": "改过的建议", "reason": "数据有更新"}
    perform(Act.ASK_AMEND, case, c.author, new)
    perform(ChangeRequestAct.GRANT, case.change_requests.get(), c.head, {})
    assert refusal(Act.UNDO_SPLIT, proposal, c.head) == "changed_since"


def test_what_was_split_from_the_second_is_not_doubled(c):
    proposal = joint(c)
    other = split(c, proposal, (2, 3))
    again = {"suggestions": [other.suggestions.last().pk], "title": "错时", "situation": "拥堵。", "reason": "再分"}
    perform(Act.SPLIT, other, c.staff, again)
    assert refusal(Act.UNDO_SPLIT, proposal, c.head) == "not_split"


def test_a_seconder_may_take_their_word_back_from_both(c):
    c.session.allows_support = True
    c.session.save()
    proposal = make.draft(c, suggestions=TWO)
    Proposal._base_manager.filter(pk=proposal.pk).update(accepts_support=True)
    perform(Act.SUBMIT, proposal, c.author)
    perform(Act.SUPPORT, proposal, c.other_member)
    other = split(c, proposal)
    for case in (proposal, other):
        perform(Act.WITHDRAW_SUPPORT, case, c.other_member)
    assert [Proposal.objects.get(pk=one.pk).kind for one in (proposal, other)] == ["individual", "individual"]
    assert list(faults()) == []
