"""From a proposal that is not filed to a report and back, and from a report to a proposal draft."""

import pytest

from opinions import conversions as registry
from opinions.acts import Act
from opinions.intake import draft_from
from opinions.kinds import Origin, Reporter
from opinions.models import OpinionReport
from opinions.states import State
from portal import conversions
from proposals import dispositions, intake
from proposals.acts import ProposalAct
from proposals.kinds import Disposition, Kind
from proposals.models import Proposal, RejectionReason
from proposals.states import ProposalState
from tests.factories import county
from tests.factories import opinions as make
from workflow.engine import perform
from workflow.errors import Refused

pytestmark = pytest.mark.django_db


def rejected(c) -> Proposal:
    one = county.reviewed(c)
    reason = RejectionReason.objects.get(code="beyond")
    perform(
        ProposalAct.REJECT, one, c.head, {"rejection_reason": reason.pk, "disposition": "opinion", "reason": "超出事权"}
    )
    return Proposal.objects.get(pk=one.pk)


def test_what_waited_since_earlier_becomes_a_report(c, o):
    dispositions.unregister(Disposition.OPINION)
    one = rejected(c)
    assert dispositions.convert_waiting() == 0
    conversions.connect()
    assert (dispositions.convert_waiting(), dispositions.convert_waiting()) == (1, 0)
    report, one = OpinionReport.objects.get(), Proposal.objects.get(pk=one.pk)
    assert one.converted_as == f"社情民意 {report.number}"
    assert (report.state, report.author, report.origin, report.origin_note) == (
        State.SUBMITTED, c.author.person, Origin.PROPOSAL, one.number,
    )  # fmt: skip
    assert (report.title, report.suggestions) == (one.title, "1. 增设减速带\n2. 错时上下学")
    assert report.due_on is not None
    perform(ProposalAct.UNDO_DECISION, one, c.head, {"reason": "重新研究"})
    assert make.fresh(report).state == State.WITHDRAWN
    perform(
        ProposalAct.REJECT,
        one,
        c.head,
        {
            "rejection_reason": RejectionReason.objects.get(code="beyond").pk,
            "disposition": "opinion",
            "reason": "仍超出",
        },
    )
    assert dispositions.convert_waiting() == 1
    second = OpinionReport.objects.exclude(pk=report.pk).get()
    perform(Act.TAKE_UP, second, o.editor)
    with pytest.raises(Refused) as kept:
        perform(ProposalAct.UNDO_DECISION, one, c.head, {"reason": "再研究"})
    assert (kept.value.code, second.number in kept.value.sentence) == ("converted", True)


def test_a_bodys_proposal_stays_the_bodys(c, o):
    report = conversions.ProposalToOpinion()
    handed = dispositions.Handed(7, "11-4-0007", "关于乡道的提案", "破损。", ("修补",), (), c.party.pk)
    assert report.convert(handed) == "社情民意 " + OpinionReport.objects.get().number
    one = OpinionReport.objects.get()
    assert (one.reporter, one.reporter_name, one.suggestions) == (Reporter.ORGANIZATION, "民盟西平支部", "修补")


def test_a_report_becomes_a_proposal_draft_of_its_author(c, o):
    one = make.submitted(c)
    perform(Act.KEEP, one, o.editor, {"reason": "留存"})
    perform(Act.TO_PROPOSAL, one, c.author)
    draft, one = Proposal.objects.get(), make.fresh(one)
    assert (draft.first_proposer, draft.state, draft.title) == (c.author.person, ProposalState.DRAFT, one.title)
    assert list(draft.suggestions.values_list("text", flat=True)) == [one.suggestions]
    assert draft.situation == f"{one.situation}\n{one.causes}"
    assert one.became_proposal == f"提案草稿《{one.title}》"
    with pytest.raises(Refused) as again:
        perform(Act.TO_PROPOSAL, one, c.author)
    assert again.value.code == "became_proposal"
    registry.unregister()
    other = make.submitted(c)
    perform(Act.KEEP, other, o.editor, {"reason": "留存"})
    with pytest.raises(Refused) as closed:
        perform(Act.TO_PROPOSAL, other, c.author)
    assert closed.value.code == "no_handler"


def test_a_bodys_report_becomes_a_collective_draft_and_an_informants_none(c, o):
    one = make.submitted(c, c.contact, c.party)
    perform(Act.RETURN, one, o.editor, {"reason": "更宜作提案"})
    perform(Act.TO_PROPOSAL, one, c.contact)
    assert Proposal.objects.get().kind == Kind.COLLECTIVE
    two = make.submitted(c, o.informant)
    perform(Act.KEEP, two, o.editor, {"reason": "留存"})
    with pytest.raises(Refused) as refused:
        perform(Act.TO_PROPOSAL, two, o.informant)
    assert refused.value.code == "not_a_member"


def test_drafts_for_other_matters(c):
    report = draft_from(
        c.author.person, "议事会反映的问题", "路灯不亮。", "修路灯", "基层协商第 3 号", Origin.GRASSROOTS
    )
    assert (report.state, report.origin_note, report.origin, report.receipt_number) == (
        State.DRAFT, "基层协商第 3 号", "grassroots", None,
    )  # fmt: skip
    proposal = intake.draft_from(
        c.author.person, "关于路灯的提案", "路灯不亮。", ["修路灯", "派人巡查"], "基层协商第 3 号"
    )
    assert (proposal.state, proposal.suggestions.count(), proposal.drafter) == (ProposalState.DRAFT, 2, c.author.person)
