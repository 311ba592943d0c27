"""Whose rating counts, and what follows from it (design §6 评)."""

from datetime import datetime

from django.db.models import Case, DateTimeField, Exists, F, Max, OuterRef, Q, When
from django.utils import timezone

from members.models import Appointment, Person, Post
from members.periods import today
from workflow.querysets import roles_among

from .kinds import Satisfaction
from .models import Assignment, Rating
from .replies import reply_to_act_on
from .roles import PROPOSERS
from .states import AssignmentState, ProposalState

MAX_ROUNDS = 2
DISSATISFIED = Q(attitude=Satisfaction.DISSATISFIED) | Q(result=Satisfaction.DISSATISFIED)


def has_rated(assignment: Assignment, user) -> bool:
    """Whether the user has rated the present reply; for a collective, whether any of its contacts has."""
    return _own(assignment, user)[0]


def was_voided(assignment: Assignment, user) -> bool:
    """Whether the user's rating of the present reply, or that of the collective, was voided: it comes back on paper."""
    rated, voided = _own(assignment, user)
    return voided and not rated


def _own(assignment: Assignment, user) -> tuple[bool, bool]:
    """(rated, voided once), read once for each instance and round."""
    reply = reply_to_act_on(assignment)
    if roles_among(assignment, PROPOSERS):
        return reply.decided, reply.voided
    kept = assignment.__dict__.setdefault("_own_ratings", {})
    if (key := (reply.pk, user.pk)) not in kept:
        gone = [
            at is not None
            for at in Rating.every.filter(reply=reply, person_id=user.person_id).values_list("voided_at", flat=True)
        ]
        kept[key] = (False in gone, True in gone)
    return kept[key]


def unrated_people(assignment: Assignment):
    """Co-signers, and who may decide (see `deciders`) while that rating is missing."""
    proposal, reply = assignment.proposal, reply_to_act_on(assignment)
    if reply is None:
        return Person.objects.none()
    people = Q(pk__in=proposal.cosignatures.agreed().values("person_id"))
    if not reply.decided:
        people |= deciders(proposal)
    rated = reply.ratings.filter(person__isnull=False)
    return Person.objects.filter(people).exclude(pk__in=rated.values("person_id"))


def deciders(proposal) -> Q:
    """The people whose rating decides: the first proposer; for a collective whoever drafted it, and its contacts today."""
    if proposal.first_proposer_id:
        return Q(pk=proposal.first_proposer_id)
    held = Appointment.objects.on(today()).in_place_of([proposal.organization_id])
    held = held.filter(post__in=(Post.CONTACT, Post.CONVENER))
    return Q(pk=proposal.drafter_id) | Q(pk__in=held.values("person_id"))


def enter(assignment, person, data: dict, *, deciding: bool, actor, at, by_proxy=False, **device) -> Rating:
    """Write a rating; late ones are kept and marked. `device`: what is known of the browser (same_device.py)."""
    due_on = assignment.rating_due_on
    return Rating.objects.create(
        reply=reply_to_act_on(assignment),
        person=person,
        deciding=deciding,
        attitude=data["attitude"],
        result=data["result"],
        contacted=data.get("contacted"),
        pertinence=data.get("pertinence") or "",
        hearing=data.get("hearing") or "",
        leader_answered=data.get("leader_answered"),
        comment=data.get("reason") or "",
        late=bool(due_on and timezone.localdate(at) > due_on),
        by_proxy=by_proxy,
        entered_by=actor,
        at=at,
        **device,
    )


def needs_another_round(assignment: Assignment, rating: Rating) -> bool:
    """不满意 by the first proposer opens round 2 of this very share; other units' replies stand."""
    return _counts(assignment, rating) and assignment.round < MAX_ROUNDS


def needs_meeting(assignment: Assignment, rating: Rating) -> bool:
    """After round 2 only a recorded 三方会商 leads on."""
    return _counts(assignment, rating) and assignment.round >= MAX_ROUNDS


def _counts(assignment: Assignment, rating: Rating) -> bool:
    closed = assignment.proposal.state == ProposalState.CLOSED
    return rating.deciding and rating.is_dissatisfied and not closed


def all_rated(proposal) -> bool:
    """Every answering share has replied and its present reply has the first proposer's rating."""
    return not not_yet_rated(proposal).exists()


def not_yet_rated(proposal):
    """The answering shares whose present reply is not sent or not rated by the first proposer."""
    rated = Rating.objects.filter(deciding=True, reply__assignment=OuterRef("pk"), reply__round=OuterRef("round"))
    shares = proposal.assignments.answering().current()
    return shares.exclude(Q(Exists(rated), state=AssignmentState.REPLIED))


def left_dissatisfied(proposal):
    """The shares whose present reply was rated 不满意 since the last meeting of the three sides."""
    met = proposal.meetings.aggregate(last=Max("recorded_at"))["last"]
    ratings = Rating.objects.filter(
        DISSATISFIED, deciding=True, reply__assignment=OuterRef("pk"), reply__round=OuterRef("round")
    )
    ratings = ratings.filter(at__gt=met) if met else ratings
    return proposal.assignments.answering().filter(Exists(ratings), state=AssignmentState.REPLIED)


def last_dissatisfied_at(proposal) -> datetime | None:
    """Before this no meeting of the three sides can have been about it. A rating on paper was given some day after the
    reply and before it was entered. One that led to another round is not what the meeting is about."""
    given = Case(When(by_proxy=True, then=F("reply__sent_at")), default=F("at"), output_field=DateTimeField())
    rows = Rating.objects.filter(DISSATISFIED, deciding=True, reply__assignment__proposal=proposal)
    present = Q(reply__round=F("reply__assignment__round"), reply__assignment__state=AssignmentState.REPLIED)
    return rows.filter(present).aggregate(last=Max(given))["last"]


def is_dissatisfied(data: dict) -> bool:
    return Satisfaction.DISSATISFIED in (data.get("attitude"), data.get("result"))
