"""Who is told of an event: the audiences named in the tables, resolved to users."""

from django.contrib.auth import get_user_model
from django.db.models import Q

from members.models import Appointment, Post
from members.periods import today
from members.posts import COMMITTEE, dispatch_systems_for
from notices.recipients import Notice
from workflow.models import Event
from workflow.transition import process_named

from . import returns, telling
from .collective import conveners
from .kinds import Disposition, MergeAnswer
from .models import Assignment, Cosignature, Demand, KeyProposal, Proposal, Supervision
from .roles import PROPOSERS
from .telling import proposal_of, share_of


def notices_for(event: Event) -> list[Notice]:
    """One notice for each user of the row's audiences, in their order, the actor left out."""
    process = process_named(event.process)
    case = process.model.objects.for_acting().filter(pk=event.object_id).first()
    if case is None:
        return []
    told: dict[int, Notice] = {}
    for name in dict.fromkeys(name for row in process.rows_of(event.act) for name in row.notify):
        users = list(_users(name, case, event))
        say = telling.notice_for(name, case, event, not _is_hidden(event)) if users else None
        for user in users:
            told.setdefault(user.pk, say(user))
    return list(told.values())


def _users(name: str, case, event: Event):
    users = get_user_model().objects.filter(AUDIENCES[name](case, event), is_active=True)
    return users.exclude(pk=event.actor_id)


def _is_hidden(event: Event) -> bool:
    """Whether the act is the offices' own affair, kept from the proposers."""
    rows = process_named(event.process).rows_of(event.act)
    return any(row.seen_by and not set(row.seen_by) & set(PROPOSERS) for row in rows)


def _persons(ids) -> Q:
    return Q(person_id__in=ids)


def _holders(*posts: str, **where) -> Q:
    """Users who hold one of the posts today in the organizations described by `where`."""
    held = Appointment.objects.on(today()).filter(post__in=posts, **where)
    return Q(person_id__in=held.values("person_id"))


def _holders_in(bodies, *posts: str) -> Q:
    """Users who hold one of the posts today in one of these organizations, or in the one that stands in its place."""
    held = Appointment.objects.on(today()).in_place_of(bodies).filter(post__in=posts)
    return Q(person_id__in=held.values("person_id"))


def _first_proposer(case, event) -> Q:
    return _proposers_of(Proposal.objects.filter(pk=proposal_of(case).pk))


def _proposers_of(proposals) -> Q:
    own = Q(person_id__in=proposals.filter(first_proposer__isnull=False).values("first_proposer_id"))
    bodies = proposals.filter(organization__isnull=False).values("organization_id")
    return own | _holders_in(bodies, Post.CONTACT, Post.CONVENER)


def users_proposing(proposals):
    """The users whose proposals these are; of a collective's, its contacts and conveners of today."""
    return get_user_model().objects.filter(_proposers_of(proposals), is_active=True)


def _proposers(case, event) -> Q:
    signed = Cosignature.objects.agreed().filter(proposal=proposal_of(case))
    return _first_proposer(case, event) | _persons(signed.values("person_id"))


def _cosigners(case, event) -> Q:
    return _persons(Cosignature.objects.agreed().filter(proposal=proposal_of(case)).values("person_id"))


def _invitees(case, event) -> Q:
    open_ones = Cosignature.objects.open().filter(proposal=proposal_of(case))
    return _persons(open_ones.values("person_id"))


def _invitee(case, event) -> Q:
    return _persons([case.person_id])


def _conveners(case, event) -> Q:
    return _persons(conveners(case).values("pk"))


def _main_proposers(case, event) -> Q:
    return _proposers_of(Proposal.objects.filter(pk=case.merged_into_id))


def _merged_proposers(case, event) -> Q:
    """Each of them is answered too (domain §16B.3), co-signers included."""
    merged = Proposal.objects.filter(merged_into=proposal_of(case))
    signed = Cosignature.objects.agreed().filter(proposal__in=merged)
    return _proposers_of(merged) | _persons(signed.values("person_id"))


def _suggestion_unit(case, event) -> Q:
    if case.disposition != Disposition.SUGGESTION:
        return Q(pk__in=[])
    return _holders_in([case.disposition_unit_id], Post.OPERATOR, Post.UNIT_LEADER)


def _if_objected(*posts: str):
    """The committee hears of a merge that its proposer does not want; of consent nobody has to be told."""

    def users(case, event) -> Q:
        objected = event.data.get("answer") == MergeAnswer.OBJECT
        return _holders(*posts, organization__code=COMMITTEE) if objected else Q(pk__in=[])

    return users


def _committee(*posts: str):
    return lambda case, event: _holders(*posts, organization__code=COMMITTEE)


def _committee_of_received(case, event) -> Q:
    """A draft is nobody's business but its writers', whatever becomes of it."""
    if proposal_of(case).receipt_number is None:
        return Q(pk__in=[])
    return _committee(Post.STAFF, Post.HEAD)(case, event)


def _unit_ids(case) -> list[int]:
    if share := share_of(case):
        return [share.unit_id]
    return list(case.assignments.current().values_list("unit_id", flat=True))


def _unit(*posts: str):
    return lambda case, event: _holders_in(_unit_ids(case), *posts)


def _new_unit(case, event) -> Q:
    share = Assignment.objects.filter(pk=event.data.get("new_assignment")).values("unit_id")
    return _holders_in(share, Post.OPERATOR, Post.UNIT_LEADER)


def _new_units(case, event) -> Q:
    shares = Assignment.objects.filter(pk__in=event.data.get("new_assignments", ())).values("unit_id")
    return _holders_in(shares, Post.OPERATOR, Post.UNIT_LEADER)


def _dispatch(case, event) -> Q:
    share = share_of(case)
    systems = dispatch_systems_for(share.unit.system) if share else {""}
    return _holders(Post.HEAD, Post.STAFF, organization__kind="dispatch", organization__system__in=systems)


def _heads_if_elsewhere(case, event) -> Q:
    """The dispatch office cannot give the case to a unit of another office."""
    goes = Assignment.objects.filter(returns.goes_elsewhere(), pk=case.pk).exists()
    return _committee(Post.HEAD)(case, event) if goes else Q(pk__in=[])


def _after_sign_off(case, event) -> Q:
    """A signed reply goes to the dispatch office, a signed opinion to the lead unit."""
    if not case.is_assist:
        return _dispatch(case, event)
    return _holders_in([case.lead.unit_id], Post.OPERATOR)


def _promise_units(case, event) -> Q:
    """Who is to keep the promise, and who answered with it."""
    units = {case.owner_id, case.reply.assignment.unit_id}
    return _holders_in(list(units - {None}), Post.OPERATOR, Post.UNIT_LEADER)


def _promise_owner(case, event) -> Q:
    """Who is to keep a promise that another unit gave."""
    named = {case.owner_id} - {None, case.reply.assignment.unit_id}
    return _holders_in(list(named), Post.OPERATOR, Post.UNIT_LEADER)


def _promise_dispatch(case, event) -> Q:
    systems = dispatch_systems_for((case.owner or case.reply.assignment.unit).system)
    return _holders(Post.HEAD, Post.STAFF, organization__kind="dispatch", organization__system__in=systems)


def _leading(case, event) -> Q:
    """Who leads and supervises the 重点提案; of one that was revoked, who did until then."""
    if "leading" in event.data:
        return _persons(event.data["leading"])
    entries = KeyProposal.objects.decided().filter(proposal=proposal_of(case)).newest_first()
    pairs = entries.values_list("leader_id", "supervisor_id")[:1]
    return _persons([pk for pair in pairs for pk in pair if pk])


def _asked_units(case, event) -> Q:
    """The units of which a supervision record or a 批示 asks something."""
    shares = Demand.objects.filter(record=event.data.get("record")).values("assignment__unit_id")
    return _holders_in(shares, Post.OPERATOR, Post.UNIT_LEADER)


def _told_proposers(case, event) -> Q:
    told = Supervision.objects.filter(pk=event.data.get("record"), tells_proposer=True).exists()
    return _proposers(case, event) if told else Q(pk__in=[])


def _recorder(case, event) -> Q:
    record = Supervision.objects.filter(pk=event.data.get("record"))
    return Q(pk__in=record.values("recorded_by_id")) | (_persons(record.values("leader_id")) & _leading(case, event))


AUDIENCES = {
    "promise_units": _promise_units,
    "promise_owner": _promise_owner,
    "promise_dispatch": _promise_dispatch,
    "leading": _leading,
    "asked_units": _asked_units,
    "told_proposers": _told_proposers,
    "recorder": _recorder,
    "first_proposer": _first_proposer,
    "proposers": _proposers,
    "cosigners": _cosigners,
    "contributor": lambda case, event: Q(pk=case.contributor_id),
    "invitees": _invitees,
    "conveners": _conveners,
    "invitee": _invitee,
    "main_proposers": _main_proposers,
    "merged_proposers": _merged_proposers,
    "reviewers": _committee(Post.REVIEWER, Post.STAFF),
    "staff": _committee(Post.STAFF),
    "committee": _committee_of_received,
    "heads": _committee(Post.HEAD),
    "suggestion_unit": _suggestion_unit,
    "staff_if_objected": _if_objected(Post.STAFF),
    "heads_if_objected": _if_objected(Post.HEAD),
    "units": _unit(Post.OPERATOR, Post.UNIT_LEADER),
    "operators": _unit(Post.OPERATOR),
    "unit_leaders": _unit(Post.UNIT_LEADER),
    "new_unit": _new_unit,
    "new_units": _new_units,
    "units_after": lambda case, event: _holders_in(_unit_ids(case), Post.OPERATOR, Post.UNIT_LEADER),
    "dispatch": _dispatch,
    "after_sign_off": _after_sign_off,
    "heads_if_elsewhere": _heads_if_elsewhere,
}
