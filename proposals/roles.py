"""Every relation of a user to a proposal, an assignment or a co-signature: one clause each.

Seeing (`visible_to`) is the OR of the clauses; acting and buttons read the same clauses as
booleans. Nothing else in the code may ask "is this user the author?".

To-many relations are reached by pk subqueries through the model's own relations, never by
joins (style: measured 65–230 times faster, and the only form that counts and locks right).
"""

from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q

from members.delegating import held
from members.models import Post
from members.posts import Posts, kept_with_posts, posts_of
from workflow.querysets import NEVER

from .kinds import Disposition
from .states import AssignmentState, CosignatureState, ProposalState

ALWAYS = Q(pk__isnull=False)  # an empty Q() would vanish in an OR


class Role(models.TextChoices):
    AUTHOR = "author", "第一提案人"
    CONTACT = "contact", "集体提案联系人"
    CONVENER = "convener", "集体提案召集人"
    SECRETARY = "secretary", "代为起草的人"
    COSIGNER = "cosigner", "联名人"
    INVITEE = "invitee", "受邀联名人"
    SUPPORTER = "supporter", "可附议的委员"
    SECONDER = "seconder", "附议人"
    MERGED_AUTHOR = "merged_author", "被并提案人"
    REVIEWER = "reviewer", "审查员"
    STAFF = "staff", "提案委工作人员"
    HEAD = "head", "提案委负责人"
    DISPATCH = "dispatch", "交办机构"
    OPERATOR = "operator", "承办单位经办人"
    UNIT_LEADER = "unit_leader", "承办单位领导"
    LEAD_UNIT = "lead_unit", "主办单位"
    MAIN_HANDLER = "main_handler", "主提案的承办单位或交办机构"
    SUGGESTION_UNIT = "suggestion_unit", "意见建议接收单位"
    LEADING = "leading", "领办、督办领导"
    LEADER = "leader", "县级领导、政协领导"
    PUBLIC = "public", "公众"
    SYSTEM = "system", "系统"


PROPOSERS = (Role.AUTHOR, Role.CONTACT)
WRITERS = (*PROPOSERS, Role.SECRETARY)
HANDLERS = (Role.OPERATOR, Role.UNIT_LEADER, Role.DISPATCH)
COMMITTEE = (Role.STAFF, Role.HEAD)
OFFICES = (*COMMITTEE, Role.DISPATCH)
REVIEWERS = (Role.REVIEWER, Role.STAFF, Role.HEAD)


@kept_with_posts
def proposal_clauses(user, model) -> dict[str, Q]:
    """Role → the proposals on which the user holds it."""
    posts = posts_of(user)
    author = Q(first_proposer_id=posts.person_id) if posts.person_id else NEVER
    clauses = {
        Role.AUTHOR: author,
        Role.CONTACT: _contact(posts, "organization_id"),
        Role.CONVENER: _convening(posts),
        Role.SECRETARY: _drafting_for(posts),
        Role.COSIGNER: _cosigned(posts, model, CosignatureState.AGREED),
        Role.INVITEE: _cosigned(posts, model, CosignatureState.INVITED),
        Role.SUPPORTER: _supportable(posts, model),
        Role.SECONDER: _cosigned(posts, model, CosignatureState.AGREED, is_support=True),
        Role.MERGED_AUTHOR: _merged_into(posts, model),
        Role.DISPATCH: _dispatch_of_proposals(posts, model),
        Role.OPERATOR: _with_unit(posts, model, Post.OPERATOR),
        Role.UNIT_LEADER: _with_unit(posts, model, Post.UNIT_LEADER),
        Role.SUGGESTION_UNIT: _suggestion_unit(posts),
        Role.PUBLIC: Q(published_at__isnull=False),
        Role.LEADING: _leading(posts, model),
        Role.LEADER: _leader(posts, model),
    }
    clauses[Role.MAIN_HANDLER] = _merged_for(clauses, model)
    return {**clauses, **_committee(posts, ~Q(state__in=ProposalState.PRIVATE))}


@kept_with_posts
def assignment_clauses(user, model) -> dict[str, Q]:
    """Role → the assignments on which the user holds it. A unit sees its own and, as lead, the opinions it was given."""
    posts = posts_of(user)
    proposal = model._meta.get_field("proposal").related_model
    seen = proposal_clauses(user, proposal)

    def through(role: Role) -> Q:
        clause = seen[role]
        if clause == NEVER:
            return NEVER
        return Q(proposal_id__in=proposal._base_manager.filter(clause).values("pk"))

    return {
        Role.AUTHOR: through(Role.AUTHOR),
        Role.CONTACT: through(Role.CONTACT),
        Role.COSIGNER: through(Role.COSIGNER),
        Role.MERGED_AUTHOR: through(Role.MERGED_AUTHOR),
        Role.DISPATCH: _dispatch_of_assignments(posts),
        Role.OPERATOR: _units(posts, Post.OPERATOR),
        Role.UNIT_LEADER: _units(posts, Post.UNIT_LEADER),
        Role.LEAD_UNIT: _opinions_for(posts),
        Role.LEADING: through(Role.LEADING),
        Role.LEADER: through(Role.LEADER),
        **_committee(posts, ALWAYS),
    }


@kept_with_posts
def cosignature_clauses(user, model) -> dict[str, Q]:
    """Role → the co-signatures on which the user holds it."""
    posts = posts_of(user)
    person = posts.person_id
    return {
        Role.AUTHOR: Q(proposal__first_proposer_id=person) if person else NEVER,
        Role.INVITEE: Q(person_id=person) if person else NEVER,
        **_committee(posts, ~Q(proposal__state__in=ProposalState.PRIVATE)),
    }


@kept_with_posts
def change_request_clauses(user, model) -> dict[str, Q]:
    """Role → the requests on which the user holds it: who signed the proposal, and the committee."""
    posts = posts_of(user)
    proposal = model._meta.get_field("proposal").related_model
    seen = proposal_clauses(user, proposal)
    theirs = {role: seen[role] for role in (Role.AUTHOR, Role.CONTACT, Role.COSIGNER)}
    through = {
        role: clause if clause == NEVER else Q(proposal_id__in=proposal._base_manager.filter(clause).values("pk"))
        for role, clause in theirs.items()
    }
    return {**through, **_committee(posts, ALWAYS)}


@kept_with_posts
def extension_clauses(user, model) -> dict[str, Q]:
    """Role → the requests for more time on which the user holds it: the unit, the offices above it, the committee."""
    assignment = model._meta.get_field("assignment").related_model
    seen = assignment_clauses(user, assignment)
    theirs = {role: seen[role] for role in (Role.OPERATOR, Role.UNIT_LEADER, Role.DISPATCH)}
    through = {
        role: clause if clause == NEVER else Q(assignment_id__in=assignment._base_manager.filter(clause).values("pk"))
        for role, clause in theirs.items()
    }
    return {**through, **_committee(posts_of(user), ALWAYS)}


def _committee(posts: Posts, reach: Q) -> dict[str, Q]:
    return {
        Role.REVIEWER: reach if posts.in_proposal_committee(Post.REVIEWER) else NEVER,
        Role.STAFF: reach if posts.in_proposal_committee(Post.STAFF) else NEVER,
        Role.HEAD: reach if posts.in_proposal_committee(Post.HEAD) else NEVER,
    }


def _drafting_for(posts: Posts) -> Q:
    """What this person drafted for a member whose leave is in force, as long as its text may be written."""
    if posts.person_id is None:
        return NEVER
    granted = held(posts.person_id).values("grantor_id")
    return Q(drafter_id=posts.person_id, first_proposer_id__in=granted, state__in=ProposalState.EDITABLE) & ~Q(
        first_proposer_id=posts.person_id
    )


def _contact(posts: Posts, path: str) -> Q:
    ids = posts.organizations(Post.CONTACT, Post.CONVENER)
    return Q(**{f"{path}__in": ids}) if ids else NEVER


def _convening(posts: Posts) -> Q:
    """Who may stand for a body: its convener; of a party, organisation or committee, its head too (domain §1.2)."""
    ids = posts.organizations(Post.CONVENER)
    for kind in ("party", "peoples", "committee"):
        ids += posts.organizations(Post.HEAD, kind=kind)
    return Q(organization_id__in=ids) if ids else NEVER


def _supportable(posts: Posts, model) -> Q:
    """Members in office, on others' proposals under review that are open to 附议; whoever signed is a co-signer."""
    if not posts.is_member:
        return NEVER
    sessions = model._meta.get_field("session").related_model._base_manager.filter(allows_support=True)
    open_ones = Q(state__in=ProposalState.UNDER_REVIEW, accepts_support=True, first_proposer__isnull=False)
    mine = Q(first_proposer_id=posts.person_id) | _cosigned(posts, model, CosignatureState.AGREED)
    return open_ones & Q(session_id__in=sessions.values("pk")) & ~mine


def _cosigned(posts: Posts, model, *states: str, **more) -> Q:
    if posts.person_id is None:
        return NEVER
    cosignature = model._meta.get_field("cosignatures").related_model
    mine = cosignature._base_manager.filter(person_id=posts.person_id, state__in=states, **more)
    return Q(pk__in=mine.values("proposal_id"))


def _merged_into(posts: Posts, model) -> Q:
    """Whoever submitted or co-signed a proposal merged into this one follows it to the reply (domain §16B.3)."""
    mine = _contact(posts, "organization_id")
    if posts.person_id:
        mine |= Q(first_proposer_id=posts.person_id) | _cosigned(posts, model, CosignatureState.AGREED)
    if mine == NEVER:
        return NEVER
    merged = model._base_manager.filter(mine, merged_into__isnull=False)
    return Q(pk__in=merged.values("merged_into_id"))


def _merged_for(clauses: dict[str, Q], model) -> Q:
    """Whoever handles a case reads what was merged into it: each of its proposers is answered (domain §2.4)."""
    mine = [clauses[role] for role in HANDLERS if clauses[role] != NEVER]
    if not mine:
        return NEVER
    held = model._base_manager.filter(reduce(or_, mine), merged_into__isnull=True)
    return Q(merged_into_id__in=held.values("pk"))


def _with_unit(posts: Posts, model, post: Post) -> Q:
    units = posts.organizations(post, kind="unit")
    if not units:
        return NEVER
    assignment = model._meta.get_field("assignments").related_model
    held = assignment._base_manager.filter(unit_id__in=units)
    return Q(pk__in=held.exclude(state=AssignmentState.RECALLED).values("proposal_id"))


def _suggestion_unit(posts: Posts) -> Q:
    """The unit to which what was not filed went as 意见建议 reads it."""
    units = posts.organizations(Post.OPERATOR, Post.UNIT_LEADER, kind="unit")
    if not units:
        return NEVER
    return Q(state=ProposalState.NOT_FILED, disposition=Disposition.SUGGESTION, disposition_unit_id__in=units)


def _leading(posts: Posts, model) -> Q:
    """What a leader in office leads or supervises as 重点提案, in this year or an earlier one."""
    if not posts.is_leader:
        return NEVER
    mine = _key_entries(model).led_by(posts.person_id)
    return Q(pk__in=mine.values("proposal_id"), state__in=ProposalState.FILED_ON)


def _leader(posts: Posts, model) -> Q:
    """Every leader of the county and of the committee reads the 重点提案, whoever leads them."""
    if not posts.is_leader:
        return NEVER
    return Q(pk__in=_key_entries(model).decided().values("proposal_id"), state__in=ProposalState.FILED_ON)


def _key_entries(model):
    return model._meta.get_field("key_entries").related_model.objects


def _units(posts: Posts, post: Post) -> Q:
    units = posts.organizations(post, kind="unit")
    if not units:
        return NEVER
    return Q(unit_id__in=units) & ~Q(state=AssignmentState.RECALLED)


def _opinions_for(posts: Posts) -> Q:
    units = posts.organizations(Post.OPERATOR, Post.UNIT_LEADER, kind="unit")
    if not units:
        return NEVER
    return Q(lead__unit_id__in=units, state=AssignmentState.OPINION_GIVEN)


def _dispatch_of_assignments(posts: Posts) -> Q:
    systems = posts.dispatch_systems()
    if not systems:
        return NEVER
    return ALWAYS if "" in systems else Q(unit__system__in=systems)


def _dispatch_of_proposals(posts: Posts, model) -> Q:
    """From filing on: those not yet handed out, and those with a unit of the office's system."""
    systems = posts.dispatch_systems()
    if not systems:
        return NEVER
    if "" in systems:
        return Q(state__in=ProposalState.FILED_ON)
    assignment = model._meta.get_field("assignments").related_model
    mine = assignment._base_manager.filter(unit__system__in=systems).values("proposal_id")
    return Q(state=ProposalState.FILED) | Q(state__in=ProposalState.HANDED_ON, pk__in=mine)
