"""Every invariant holds for what the verbs make, and each finds the fault it is there for."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from documents.models import Attachment
from proposals import invariants
from proposals.acts import AssignmentAct, ProposalAct
from proposals.models import (
    Assignment,
    ChangeRequest,
    Commitment,
    Contact,
    Cosignature,
    ExtensionRequest,
    NumberSeries,
    Proposal,
    Rating,
    Reply,
    SuggestionAnswer,
    SupplementaryReply,
    TripartiteMeeting,
    Upgrade,
    UrgeNotice,
)
from proposals.states import ChangeRequestState, ExtensionState
from tests.factories import county as make
from workflow.engine import perform

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(c):
    """One case of each kind, by name: what the faults are planted in."""
    joint = make.cosigning(c)
    perform(ProposalAct.SUBMIT, joint, c.author)
    main = make.signed(c, division="lead")
    merged = make.reviewed(c, title="并入的一件")
    perform(ProposalAct.MERGE, merged, c.head, {"into": main.proposal_id, "reason": "内容相同"})
    done = make.replied(c, make.signed(c), result_class="B")
    paper = {"person": c.author.person_id, "scan": make.scan(c.staff).pk}
    perform(AssignmentAct.RATE_BY_PROXY, done, c.staff, {**make.rating(), **paper})
    perform(ProposalAct.PUBLISH, done.proposal, c.staff)
    waiting = make.replied(c, make.signed(c, division="separate"))
    perform(AssignmentAct.RATE, waiting, c.author, make.rating("satisfied", "dissatisfied", "没有解决"))
    rated = make.replied(c, make.signed(c))
    return {
        "draft": make.draft(c), "joint": joint, "filed": make.filed(c), "merged": merged, "main": main.proposal,
        "done": done.proposal, "again": waiting.proposal, "rated": rated.proposal,
    }  # fmt: skip


def case(**values):
    return lambda proposal: Proposal._base_manager.filter(pk=proposal.pk).update(**values)


def share(**values):
    return lambda proposal: Assignment._base_manager.filter(proposal=proposal).update(**values)


def reply(**values):
    return lambda proposal: Reply._base_manager.filter(assignment__proposal=proposal).update(**values)


def rating(**values):
    return lambda proposal: Rating._base_manager.filter(reply__assignment__proposal=proposal).update(**values)


def gone(model, path):
    return lambda proposal: model._base_manager.filter(**{path: proposal}).delete()


def asked(kind: str):
    """A request that waits for a decision nobody can take."""
    return lambda proposal: ChangeRequest.objects.create(
        proposal=proposal, kind=kind, state=ChangeRequestState.PENDING, reason="x", asked_at=timezone.now(),
        asked_by=proposal.first_proposer.user,
    )  # fmt: skip


def extension(**values):
    """A request for more time at a share that is done, or granted without effect."""

    def plant(proposal):
        share = Assignment.objects.filter(proposal=proposal).order_by("position", "pk").first()
        given = {"state": ExtensionState.PENDING, "wanted_on": "2026-12-01", "due_on": "2026-11-30", **values}
        return ExtensionRequest.objects.create(
            proposal=proposal, assignment=share, reason="x", asked_by=proposal.first_proposer.user,
            asked_at=timezone.now(), **given,
        )  # fmt: skip

    return plant


def noticed(proposal):
    """A letter with a number that its series never gave."""
    unit = proposal.assignments.first().unit
    return UrgeNotice.objects.create(
        issuer=unit, unit=unit, code="西督", year=2026, serial=3, required_on="2026-12-01",
        issued_by=proposal.first_proposer.user, issued_at=timezone.now(),
    )  # fmt: skip


def supplement(**values):
    return lambda proposal: SupplementaryReply.objects.create(
        reply=Reply.objects.get(assignment__proposal=proposal), body="x", **values
    )


LATER = timezone.now() + timedelta(days=400)

# Check → the faults that it must find: which case, and what happens to it.
PLANTED = {
    "sums_agree": [("joint", case(state="nowhere"))],
    "receipts_follow_states": [("draft", case(receipt_number="x")), ("joint", case(receipt_number=None))],
    "filed_have_a_category": [("filed", case(business_category=None))],
    "numbers_are_gap_free": [("filed", case(serial=99)), ("filed", case(serial=0))],
    "numbers_stay_in_their_series": [
        ("filed", lambda _case: NumberSeries.objects.filter(name__startswith="case").update(last=1)),
        ("done", case(serial=None)),
    ],
    "letters_are_numbered_once": [
        ("done", reply(letter_serial=99)),
        ("done", lambda _case: Reply.objects.update(letter_serial=1, letter_year=2026)),
    ],
    "merged_point_to_filed": [
        ("merged", case(merged_into=None)), ("filed", lambda p: case(merged_into=p.other)(p)),
        ("main", case(state="not_filed")), ("main", lambda p: case(merged_into=p.other)(p)),
    ],
    "units_fit_together": [("main", share(kind="sole", lead=None)), ("again", share(kind="sole"))],
    "assistants_belong_to_their_lead": [
        ("main", lambda p: Assignment._base_manager.filter(proposal=p, kind="lead").update(state="recalled")),
        ("main", lambda p: Assignment._base_manager.filter(proposal=p, kind="assist").update(lead=p.elsewhere)),
    ],
    "only_handed_out_cases_have_units": [("main", case(state="filed")), ("filed", case(state="handling"))],
    "dates_follow_the_rules": [
        ("main", share(due_on="2030-01-01")), ("main", share(sign_due_on=None)),
        ("again", share(due_on="2030-01-01")), ("rated", share(rating_due_on=None)),
    ],
    "replies_stay_below_six_months": [("main", share(due_on=LATER.date()))],
    "extensions_fit_their_share": [("done", extension()), ("main", extension(state="granted", granted_on="2026-09-01"))],
    "nothing_is_sent_unprepared": [
        ("done", gone(Contact, "assignment__proposal")), ("done", reply(result_class="")),
        ("done", reply(signed_at=None)), ("done", reply(signed_at=LATER)), ("done", reply(checked_at=None)),
        ("done", reply(letter_serial=None)),
    ],
    "opinions_are_in_or_expired": [
        ("main", lambda p: Reply.objects.create(
            assignment=p.assignments.get(kind="lead"), sent_at=timezone.now(), body="x", result_class="A")),
    ],
    "late_opinions_have_ended": [
        ("main", lambda p: Assignment._base_manager.filter(proposal=p, kind="lead").update(state="replied")),
    ],
    "suggestions_are_answered": [("done", gone(SuggestionAnswer, "reply__assignment__proposal"))],
    "class_b_promises": [("done", gone(Commitment, "reply__assignment__proposal"))],
    "states_of_shares_add_up": [("rated", case(state="handling")), ("main", case(state="closed"))],
    "replied_shares_have_sent_a_reply": [
        ("done", reply(sent_at=None)), ("rated", share(state="handling")), ("main", share(state="opinion_given")),
    ],
    "raters_are_proposers": [
        ("done", lambda p: rating(person=p.stranger)(p)), ("done", rating(deciding=False)),
    ],
    "accounts_rate_for_themselves": [("done", rating(by_proxy=False))],
    "paper_ratings_have_a_scan": [("done", lambda _case: Attachment.objects.all().delete())],
    "dissatisfied_lead_on": [("done", rating(result="dissatisfied")), ("again", share(round=1))],
    "closed_are_rated_or_marked": [
        ("done", gone(Rating, "reply__assignment__proposal")), ("done", case(closed_at=None)),
        ("rated", case(closed_at=LATER)),
    ],
    "states_are_those_of_the_last_event": [
        ("filed", case(state="withdrawn")), ("rated", share(state="handling")),
        ("joint", lambda p: Cosignature._base_manager.filter(proposal=p).update(state="declined")),
        ("draft", case(events_count=0)),
    ],
    "nobody_waits_to_co_sign": [("joint", lambda p: Cosignature._base_manager.filter(proposal=p).update(state="invited"))],
    "open_requests_can_be_granted": [("done", asked("amend")), ("joint", asked("withdraw")), ("again", asked("amend"))],
    "joint_means_co_signed": [("joint", case(kind="individual")), ("filed", case(kind="joint"))],
    "collectives_show_who_signed": [
        ("filed", case(kind="collective")), ("filed", case(kind="collective", collective_proof="convener")),
        ("filed", case(kind="collective", collective_proof="scan")),
    ],
    "support_was_allowed": [
        ("joint", lambda p: Cosignature._base_manager.filter(proposal=p, state="agreed").update(
            is_support=True, person=p.first_proposer)),
        ("joint", lambda p: Cosignature._base_manager.filter(proposal=p).update(is_support=True)
            and case(state="draft")(p)),
    ],
    "paper_entries_have_a_scan": [("filed", case(entry="proxy", entry_source="paper"))],
    "supplements_have_numbers_of_their_own": [
        ("done", supplement(signed_at=LATER)),
        ("done", supplement(signed_at=LATER, letter_serial=1, letter_year=timezone.localdate().year)),
    ],
    "supplements_stand_as_the_share_says": [
        ("done", supplement()), ("done", share(supplement_stage="to_sign")),
        ("done", lambda p: supplement(
            signed_at=LATER, signed_by=p.first_proposer.user, written_by=p.first_proposer.user)(p)),
    ],
    "opinions_are_numbered_once": [("main", share(opinion_serial=7, opinion_year=2026))],
    "one_proposer": [("filed", case(kind="collective")), ("filed", case(first_proposer=None))],
    "promises_live_with_their_reply": [
        ("done", lambda p: Commitment._base_manager.filter(proposal=p).update(state="draft")),
        ("done", lambda p: Commitment._base_manager.filter(proposal=p).update(proposal=p.other)),
        ("done", lambda p: Commitment._base_manager.filter(proposal=p).update(state="done")),
    ],
    "upgrades_were_agreed": [
        ("done", reply(upgraded_to="A")),
        ("done", lambda p: Upgrade.objects.create(
            reply=Reply.objects.get(assignment__proposal=p), asked_by=p.stranger.user, asked_at=timezone.now(),
            answer="consented", decision="granted")),
    ],
    "notices_are_numbered_without_a_gap": [("main", noticed)],
    "published_with_three_consents": [("done", case(publish_consent=False)), ("done", reply(disclosure="closed"))],
}  # fmt: skip


def test_what_the_verbs_make_is_without_fault(scene):
    assert [str(fault) for fault in invariants.faults()] == []


def test_every_check_has_a_fault_planted_for_it():
    assert {check.__name__ for check in invariants.CHECKS} == PLANTED.keys()


def test_every_planted_fault_is_found(scene, c):
    """Each is planted alone, found by its own check in a sentence that names the case, and taken out again."""
    checks = {check.__name__: check for check in invariants.CHECKS}
    missed = []
    for name, faults in PLANTED.items():
        for number, (where, plant) in enumerate(faults, start=1):
            proposal = scene[where]
            proposal.other, proposal.stranger = scene["rated"], c.other_member.person
            proposal.elsewhere = scene["done"].assignments.get()
            with transaction.atomic():
                plant(proposal)
                if not list(checks[name]()):
                    missed.append(f"{name} {number}")
                transaction.set_rollback(True)
    assert missed == []


def test_a_fault_names_its_case(scene):
    filed = scene["filed"]
    case(business_category=None)(filed)
    filed.refresh_from_db()
    sentences = [str(fault) for fault in invariants.faults()]
    assert sentences == [f"{filed.number}（编号 {filed.pk}）：已立案却没有类别（filed_have_a_category）"]


def test_two_rounds_without_a_meeting_are_found(c):
    mine = make.replied(c, make.signed(c))
    bad = make.rating("satisfied", "dissatisfied", "没有解决")
    perform(AssignmentAct.RATE, mine, c.author, bad)
    make.replied(c, mine)
    perform(AssignmentAct.RATE, mine, c.author, bad)
    assert list(invariants.faults()) == []
    perform(ProposalAct.RECORD_MEETING, mine.proposal, c.staff, make.meeting())
    assert list(invariants.faults()) == []
    TripartiteMeeting.objects.all().delete()
    assert [fault.check for fault in invariants.faults()] == ["dissatisfied_lead_on"]


def test_the_command_fails_with_a_list(scene):
    out = StringIO()
    call_command("check_proposals", stdout=out)
    assert out.getvalue() == "核对完毕：8 件提案，40 项检查，没有不符。\n"
    case(publish_consent=False)(scene["done"])
    with pytest.raises(CommandError, match="有 1 处不符"):
        call_command("check_proposals", stdout=out)
