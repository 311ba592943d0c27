"""One case of each kind with everybody who can stand in a relation to it, and some who do not."""

from dataclasses import dataclass

from django.utils import timezone

from members.models import Delegation, Organization, Session, User
from proposals.commitment_states import CommitmentState
from proposals.kinds import AssignmentKind, ChangeKind, Disposition, KeyStatus, Kind
from proposals.models import (
    Assignment,
    ChangeRequest,
    Commitment,
    Cosignature,
    ExtensionRequest,
    KeyProposal,
    Proposal,
    Reply,
)
from proposals.states import AssignmentState, ChangeRequestState, CosignatureState, ExtensionState, ProposalState
from tests.factories import announcements, people
from tests.factories import county as make
from workflow.actors import SYSTEM

# Who is tried on a collective's proposal; the others stand to it as to anybody's.
RECEIVING = "县民政局"
COLLECTIVE = ("contact", "convener", "stranger", "head", "dispatch", "operator")


@dataclass
class Scene:
    """A case and its actors by role; SYSTEM is one of them."""

    case: object
    actors: dict[str, object]


def actors(c: make.County) -> dict[str, User]:
    office = people.organization("dispatch", "县委督查室", system="party")
    merged = people.member("孟庆华")
    return {
        "author": c.author, "contact": c.contact, "cosigner": c.cosigner, "invitee": c.invitee,
        "merged_author": merged, "merged_cosigner": people.member("秦玉梅"),
        "reviewer": c.reviewer, "staff": c.staff, "head": c.head,
        "dispatch": c.dispatch, "foreign_dispatch": people.holder(office, "head", "薛东"),
        "operator": c.operator, "unit_leader": c.leader, "foreign_operator": c.third_operator,
        "lead_operator": c.other_operator, "stranger": c.other_member, "administrator": c.administrator,
        "secretary": _secretary_of(c.author), "suggestion_unit": _at_the_receiving_unit(),
        "convener": people.holder(c.party, "head", "贺敏"),
        "seconder": people.member("严寒"), "supporter": people.member("白雪"),
        "leading": people.member("沈国华", seat_kind="vice_chair"),
        "leader": people.holder(people.organization("leadership", "县政府"), "leader", "林志远"),
        "system": SYSTEM,
    }  # fmt: skip


def proposal_scene(c: make.County, collective: bool = False) -> Scene:
    """In 待审查 at first; two were merged in, two units hold it, one has agreed to co-sign, one is invited."""
    cast = actors(c)
    del cast["lead_operator"]
    owner = {"organization": c.party, "kind": Kind.COLLECTIVE} if collective else {"first_proposer": c.author.person}
    case = Proposal.objects.create(
        session=c.session,
        state=ProposalState.SUBMITTED,
        title="案由",
        drafter=cast["secretary"].person,
        disposition=Disposition.SUGGESTION,
        disposition_unit=Organization.objects.get(name=RECEIVING),
        **owner,
    )
    _merge_in(case, cast)
    _share(case, c.unit)
    _lead(case, cast["leading"], c.staff)
    if collective:
        return Scene(case, {role: cast[role] for role in COLLECTIVE})
    for role, state in (("cosigner", CosignatureState.AGREED), ("invitee", CosignatureState.INVITED)):
        _sign(case, cast[role], state)
    _sign(case, cast["seconder"], CosignatureState.AGREED, is_support=True)
    apart = ("contact", "convener", "supporter")
    return Scene(case, {role: actor for role, actor in cast.items() if role not in apart})


def supported_scene(c: make.County) -> Scene:
    """Open to 附议: everybody who sits and has not signed may join, whoever does not sit may not."""
    scene = proposal_scene(c)
    Session.objects.filter(pk=c.session.pk).update(allows_support=True)
    Proposal.objects.filter(pk=scene.case.pk).update(accepts_support=True)
    tried = ("author", "cosigner", "seconder", "administrator", "staff")
    return Scene(
        scene.case, {**{r: scene.actors[r] for r in tried}, "supporter": User.objects.get(person__name="白雪")}
    )


def _at_the_receiving_unit() -> User:
    """Somebody of the unit to which the case goes as 意见建议 once it is not filed."""
    return people.holder(people.organization("unit", RECEIVING, system="government"), "operator", "田秀云")


def _secretary_of(member: User) -> User:
    """Somebody who drafts for the member today."""
    who = people.user("方文书")
    Delegation.objects.create(grantor=member.person, secretary=who.person, starts=people.LONG_AGO)
    return who


def merged_scene(c: make.County) -> Scene:
    """A case merged into one that the unit holds; those who have to do with the main case only are tried on it."""
    main = proposal_scene(c)
    Proposal._base_manager.filter(pk=main.case.pk).update(state=ProposalState.HANDLING)
    case = Proposal.objects.get(merged_into=main.case)
    return Scene(case, main.actors)


def assignment_scene(c: make.County, collective: bool = False) -> Scene:
    """A 会办 share of the unit; another unit leads."""
    scene = proposal_scene(c, collective)
    lead = _share(scene.case, c.other_unit, AssignmentKind.LEAD)
    share = Assignment.objects.get(proposal=scene.case, unit=c.unit)
    Assignment.objects.filter(pk=share.pk).update(kind=AssignmentKind.ASSIST, lead=lead)
    Proposal._base_manager.filter(pk=scene.case.pk).update(state=ProposalState.HANDLING)
    return Scene(share, {**scene.actors, "lead_operator": c.other_operator})


def cosignature_scene(c: make.County) -> Scene:
    scene = proposal_scene(c)
    Proposal._base_manager.filter(pk=scene.case.pk).update(state=ProposalState.COSIGNING)
    mine = Cosignature.objects.get(person=c.invitee.person)
    return Scene(mine, {**scene.actors, "contact": c.contact})


def change_request_scene(c: make.County, collective: bool = False) -> Scene:
    """The proposer of a case that a unit holds asks to withdraw it."""
    scene = proposal_scene(c, collective)
    Proposal._base_manager.filter(pk=scene.case.pk).update(state=ProposalState.HANDLING)
    asker = c.contact if collective else c.author
    mine = ChangeRequest.objects.create(
        proposal=scene.case, kind=ChangeKind.WITHDRAW, state=ChangeRequestState.PENDING, reason="情况有变化",
        asked_by=asker, asked_at=timezone.now(),
    )  # fmt: skip
    return Scene(mine, scene.actors)


def extension_scene(c: make.County) -> Scene:
    """The unit that answers alone asks for more time; another unit's share is beside it."""
    scene = proposal_scene(c)
    share = Assignment.objects.get(proposal=scene.case, unit=c.unit)
    Proposal._base_manager.filter(pk=scene.case.pk).update(state=ProposalState.HANDLING)
    Assignment.objects.filter(pk=share.pk).update(kind=AssignmentKind.SEPARATE, due_on="2026-12-01")
    _share(scene.case, c.other_unit, AssignmentKind.SEPARATE)
    mine = ExtensionRequest.objects.create(
        proposal=scene.case, assignment=share, state=ExtensionState.PENDING, reason="需专项资金评审",
        wanted_on="2026-12-20", due_on="2026-12-01", asked_by=c.operator, asked_at=timezone.now(),
    )  # fmt: skip
    return Scene(mine, {**scene.actors, "lead_operator": c.other_operator})


def commitment_scene(c: make.County, collective: bool = False) -> Scene:
    """The unit answered and promised what another unit is to do."""
    scene = proposal_scene(c, collective)
    Proposal._base_manager.filter(pk=scene.case.pk).update(state=ProposalState.REPLIED)
    reply = Reply.objects.create(assignment=Assignment.objects.get(proposal=scene.case, unit=c.unit), body="x")
    owner = people.organization("unit", "县林业局", system="government")
    mine = Commitment.objects.create(
        proposal=scene.case, reply=reply, owner=owner, measure="年内完成", state=CommitmentState.DRAFT,
        due_on=timezone.localdate(),
    )  # fmt: skip
    return Scene(mine, {**scene.actors, "owner": people.holder(owner, "operator", "林清")})


def lead_scene(c: make.County) -> Scene:
    """An operator brought a lead; another unit's operator has nothing to do with it."""
    lead = make.lead(c, c.operator)
    return Scene(lead, {
        "contributor": c.operator, "writer": c.author, "reviewer": c.reviewer, "staff": c.staff, "head": c.head,
        "stranger": c.third_operator, "administrator": c.administrator, "system": SYSTEM,
    })  # fmt: skip


def _share(case, unit, kind=AssignmentKind.SOLE) -> Assignment:
    now = timezone.now()
    return Assignment.objects.create(
        proposal=case, unit=unit, kind=kind, state=AssignmentState.AWAITING_SIGN, first_assigned_at=now, assigned_at=now
    )


def _lead(case, leader: User, staff: User) -> None:
    """A 重点提案 of this year that the leader supervises; the county's other leaders may read it."""
    KeyProposal.objects.create(
        proposal=case, year=timezone.localdate().year, status=KeyStatus.DECIDED, put_up_by=staff,
        put_up_at=timezone.now(), supervisor=leader.person,
    )  # fmt: skip


def _sign(case, user: User, state: str, **more) -> None:
    Cosignature.objects.create(proposal=case, person=user.person, state=state, invited_at=timezone.now(), **more)


def _merge_in(case, cast) -> None:
    merged = Proposal.objects.create(
        session=case.session, state=ProposalState.MERGED, first_proposer=cast["merged_author"].person, merged_into=case
    )
    _sign(merged, cast["merged_cosigner"], CosignatureState.AGREED)


def announcement_scene(c: make.County) -> Scene:
    """The 提案委 writes to the members; another committee's staff has nothing to do with it."""
    one = announcements.published(c)
    other = people.holder(people.organization("committee", "经济委员会"), "staff", "石磊")
    return Scene(one, {
        "writer": c.head, "recipient": c.author, "stranger": other, "administrator": c.administrator, "system": SYSTEM,
    })  # fmt: skip
