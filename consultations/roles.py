"""Every relation of a user to a plan, a topic and what comes of it: one clause each.

The office (政协办公室) keeps the plan; the committee that leads a topic works on it; whoever works in the house reads
all. What the plan will hold is the house's and the leaders' until it is issued; from then on every member, the units and the
dispatch offices read its topics. Opinions are the members' and the lead's, never a unit's.
"""

from django.db import models
from django.db.models import Q

from members.models import OrganizationKind, Post
from members.posts import Posts, kept_with_posts, posts_of
from workflow.querysets import NEVER

from .kinds import Mode
from .states import IdeaState, OpinionState, OutcomeState, PlanState, TopicState

ALWAYS = Q(pk__gt=0)
WORKING = (Post.HEAD, Post.STAFF)


class Role(models.TextChoices):
    OFFICE = "office", "政协办公室"
    LEAD = "lead", "承办专委会"
    LEAD_HEAD = "lead_head", "承办专委会负责人"
    HOUSE = "house", "政协机关"
    LEADER = "leader", "牵头领导"
    OVERSEER = "overseer", "县级领导、政协领导"
    DISPATCH = "dispatch", "交办机构"
    OPERATOR = "operator", "单位经办人"
    UNIT_LEADER = "unit_leader", "单位领导"
    PARTICIPANT = "participant", "受邀委员"
    MEMBER = "member", "委员"
    AUTHOR = "author", "提出人"
    SYSTEM = "system", "系统"


def committees_of(posts: Posts, *held: str) -> list[int]:
    return posts.organizations(*(held or WORKING), kind=OrganizationKind.COMMITTEE)


def offices_of(posts: Posts) -> list[int]:
    return posts.organizations(*WORKING, kind=OrganizationKind.OFFICE)


def works_in_house(posts: Posts) -> bool:
    return bool(committees_of(posts, *WORKING, Post.REVIEWER) or offices_of(posts))


def units_of(posts: Posts, post: str) -> list[int]:
    return posts.organizations(post, kind=OrganizationKind.UNIT)


def _if(holds, clause: Q = ALWAYS) -> Q:
    return clause if holds else NEVER


@kept_with_posts
def plan_clauses(user, model) -> dict[str, Q]:
    """Role → the plans on which the user holds it."""
    posts, issued = posts_of(user), Q(state=PlanState.ISSUED)
    return {
        Role.OFFICE: _if(offices_of(posts)),
        Role.HOUSE: _if(works_in_house(posts), ~Q(state=PlanState.DROPPED)),
        Role.OVERSEER: _if(posts.is_leader, ~Q(state__in=(PlanState.DRAFT, PlanState.DROPPED))),
        Role.DISPATCH: _if(posts.dispatch_systems(), issued),
        Role.OPERATOR: _if(units_of(posts, Post.OPERATOR), issued),
        Role.UNIT_LEADER: _if(units_of(posts, Post.UNIT_LEADER), issued),
        Role.MEMBER: _if(posts.is_member, issued),
    }


@kept_with_posts
def idea_clauses(user, model) -> dict[str, Q]:
    """Role → the suggested topics on which the user holds it; whoever works in the body that suggested one follows it."""
    posts = posts_of(user)
    bodies = [*committees_of(posts), *units_of(posts, Post.OPERATOR)]
    own = Q(entered_by_id=user.pk) if user.pk else NEVER
    if posts.person_id:
        own |= Q(person_id=posts.person_id)
    seen = ~Q(state=IdeaState.WITHDRAWN)
    return {
        Role.OFFICE: _if(offices_of(posts), seen),
        Role.HOUSE: _if(works_in_house(posts), seen),
        Role.AUTHOR: (own | Q(organization_id__in=bodies)) if bodies else own,
    }


@kept_with_posts
def topic_clauses(user, model) -> dict[str, Q]:
    """Role → the topics on which the user holds it."""
    posts = posts_of(user)
    kept = ~Q(state=TopicState.DROPPED)
    read = Q(state__in=TopicState.LISTED) & (Q(plan=None) | Q(plan__state=PlanState.ISSUED))
    leads, heads = committees_of(posts), committees_of(posts, Post.HEAD)
    return {
        Role.OFFICE: _if(offices_of(posts)),
        Role.LEAD: _if(leads, Q(lead_id__in=leads)),
        Role.LEAD_HEAD: _if(heads, Q(lead_id__in=heads)),
        Role.HOUSE: _if(works_in_house(posts), kept),
        Role.LEADER: _if(posts.is_leader, Q(leader_id=posts.person_id) & read),
        Role.OVERSEER: _if(posts.is_leader, kept),
        Role.DISPATCH: _if(posts.dispatch_systems(), read),
        Role.OPERATOR: _of_units(model, units_of(posts, Post.OPERATOR), read),
        Role.UNIT_LEADER: _of_units(model, units_of(posts, Post.UNIT_LEADER), read),
        Role.PARTICIPANT: _if(posts.person_id, _invited(model, posts.person_id) & read),
        Role.MEMBER: _if(posts.is_member, read),
    }


def _of_units(model, units: list[int], read: Q) -> Q:
    """The units that work on the topic, and those that a sent outcome asks something of."""
    if not units:
        return NEVER
    partners = model.units.through._base_manager.filter(organization_id__in=units)
    items = model._meta.get_field("items").related_model._base_manager
    asked = items.filter(unit_id__in=units, outcome__state=OutcomeState.SENT)
    return read & (Q(pk__in=partners.values("topic_id")) | Q(pk__in=asked.values("topic_id")))


def _invited(model, person_id) -> Q:
    rows = model._meta.get_field("participants").related_model._base_manager.filter(person_id=person_id)
    return Q(pk__in=rows.values("topic_id"))


def _through(model, path: str, clauses: dict[str, Q], roles) -> dict[str, Q]:
    """The clauses of these roles on the topic, as clauses on what belongs to it."""
    topics = model._meta.get_field("topic").related_model._base_manager
    found = {}
    for role in roles:
        clause = clauses[role]
        found[role] = clause if clause == NEVER else Q(**{f"{path}__in": topics.filter(clause).values("pk")})
    return found


@kept_with_posts
def opinion_clauses(user, model) -> dict[str, Q]:
    """Role → the opinions on which the user holds it: the author's draft is nobody else's."""
    posts, submitted = posts_of(user), Q(state=OpinionState.SUBMITTED)
    topic = topic_clauses(user, model._meta.get_field("topic").related_model)
    seen = _through(model, "topic", topic, (Role.OFFICE, Role.LEAD, Role.LEADER, Role.PARTICIPANT, Role.MEMBER))
    found = {role: clause if clause == NEVER else clause & submitted for role, clause in seen.items()}
    if found[Role.MEMBER] != NEVER:  # what was asked of invited members stays among them
        found[Role.MEMBER] &= ~Q(topic__mode=Mode.INVITED)
    return {Role.AUTHOR: _if(posts.person_id, Q(person_id=posts.person_id)), **found}


# Read by the house from the first draft on.
INSIDE = (Role.OFFICE, Role.LEAD, Role.LEAD_HEAD, Role.LEADER)
# Once it is sent.
OUTSIDE = (Role.HOUSE, Role.OVERSEER, Role.PARTICIPANT)


@kept_with_posts
def outcome_clauses(user, model) -> dict[str, Q]:
    """Role → the outcomes on which the user holds it."""
    posts, sent = posts_of(user), Q(state=OutcomeState.SENT)
    topic = topic_clauses(user, model._meta.get_field("topic").related_model)
    found = _through(model, "topic", topic, (*INSIDE, *OUTSIDE))
    for role in OUTSIDE:
        found[role] = found[role] if found[role] == NEVER else found[role] & sent
    for role, post in ((Role.OPERATOR, Post.OPERATOR), (Role.UNIT_LEADER, Post.UNIT_LEADER)):
        units = units_of(posts, post)
        asked = model._meta.get_field("items").related_model._base_manager.filter(unit_id__in=units)
        found[role] = _if(units, Q(pk__in=asked.values("outcome_id")) & sent)
    return {**found, Role.DISPATCH: _if(posts.dispatch_systems(), sent)}


@kept_with_posts
def item_clauses(user, model) -> dict[str, Q]:
    """Role → the recommendations on which the user holds it; a unit sees what is asked of it once that is sent."""
    posts, sent = posts_of(user), Q(outcome__state=OutcomeState.SENT)
    topic = topic_clauses(user, model._meta.get_field("topic").related_model)
    found = _through(model, "topic", topic, (*INSIDE, *OUTSIDE))
    for role in OUTSIDE:
        found[role] = found[role] if found[role] == NEVER else found[role] & sent
    for role, post in ((Role.OPERATOR, Post.OPERATOR), (Role.UNIT_LEADER, Post.UNIT_LEADER)):
        units = units_of(posts, post)
        found[role] = _if(units, Q(unit_id__in=units) & sent)
    systems = posts.dispatch_systems()
    answers_for = sent if "" in systems else Q(unit__system__in=systems) & sent
    return {**found, Role.DISPATCH: _if(systems, answers_for)}
