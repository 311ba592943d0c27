"""The reply as a letter: whom it addresses, how it names the cases, its date and copies."""

from datetime import timedelta

import pytest
from django.utils import timezone

from proposals.acts import AssignmentAct, ProposalAct
from proposals.letters import letter
from proposals.models import Proposal
from proposals.replies import current_reply
from proposals.sections.merged import with_texts
from tests.factories import county as make
from tests.factories import people
from workflow.engine import perform

pytestmark = pytest.mark.django_db


def merge(c, proposal: Proposal, main: Proposal) -> None:
    review = {"recommendation": "merge", "business_category": c.business.pk}
    perform(ProposalAct.PRE_REVIEW, proposal, c.reviewer, review)
    perform(ProposalAct.MERGE, proposal, c.head, {"into": main.pk, "reason": "内容相同"})


def written(mine, c):
    make.write_reply(mine, c.operator)
    return letter(mine, current_reply(mine), with_texts(mine.proposal))


def test_one_member(c):
    found = written(make.signed(c), c)
    assert found.title == "西平县教育局关于对政协西平县第十一届委员会第四次会议第001号提案的答复"
    assert found.salutation == "周明远委员："
    assert found.opening == "您提出的《关于加强校园周边交通管理的提案》（第001号）收悉，现答复如下："
    assert found.dated_on == timezone.localdate()
    assert found.copies == "县政协提案委、县委县政府督查室"


def test_every_proposer_of_the_cases_merged_in_is_addressed(c):
    mine = make.signed(c)
    joint, collective = make.cosigning(c), make.confirmed(c)
    perform(ProposalAct.SUBMIT, joint, c.author)
    perform(ProposalAct.SUBMIT, collective, c.contact)
    for case in (joint, collective):
        merge(c, case, mine.proposal)
    found = written(mine, c)
    assert found.salutation == "周明远委员、周明远等委员、民盟西平支部："
    title = "《关于加强校园周边交通管理的提案》"
    assert found.opening == f"你们提出的{title}（第001号）和并案办理的{title}、{title}收悉，现答复如下："


def test_a_sector_is_called_by_its_full_word(c):
    sector = people.organization("sector", "宗教")
    Proposal.objects.filter(pk=(mine := make.signed(c)).proposal_id).update(first_proposer=None, organization=sector)
    mine.proposal.refresh_from_db()
    found = written(mine, c)
    assert found.salutation == "宗教界："
    assert found.opening.startswith("贵单位提出的")
    assert mine.proposal.proposer_title == "提案单位"
    sector.name = "教育界"
    sector.save()
    mine.proposal.organization.refresh_from_db()
    assert mine.proposal.proposer_name == "教育界"


def test_a_joint_handling_sends_copies_to_the_assisting_units(c):
    mine = make.share(make.assigned(c, "lead"), c.unit)
    perform(AssignmentAct.SIGN_FOR, mine, c.operator)
    assert written(mine, c).copies == "县政协提案委、县委县政府督查室、县财政局"


def test_a_sent_letter_keeps_its_date(c):
    mine = make.replied(c, make.signed(c))
    reply = mine.replies.get()
    reply.sent_at = timezone.now() - timedelta(days=3)
    assert letter(mine, reply).dated_on == timezone.localdate(reply.sent_at)
