"""Every relation of a user to a report and to a unit's part in it: one clause each."""

from django.db import models
from django.db.models import Q

from members.models import OrganizationKind, Post
from members.posts import Posts, kept_with_posts, posts_of
from workflow.querysets import NEVER

from .rights import bodies_of, edits, reviews, signs
from .states import State, TransferState


class Role(models.TextChoices):
    AUTHOR = "author", "反映人"
    COAUTHOR = "coauthor", "共同反映人"
    EDITOR = "editor", "信息编辑"
    REVIEWER = "reviewer", "审核人"
    SIGNER = "signer", "签发领导"
    OPERATOR = "operator", "承办单位经办人"
    UNIT_LEADER = "unit_leader", "承办单位领导"
    SYSTEM = "system", "系统"


OFFICE = (Role.EDITOR, Role.REVIEWER)
UNIT = (Role.OPERATOR, Role.UNIT_LEADER)
INSIDE = (*OFFICE, Role.SIGNER)


@kept_with_posts
def report_clauses(user, model) -> dict[str, Q]:
    """Role → the reports on which the user holds it. A draft, and what was withdrawn before anybody read it, is its author's."""
    posts = posts_of(user)
    received = Q(submitted_at__isnull=False) & ~Q(state=State.DRAFT)
    return {
        Role.AUTHOR: _author(posts),
        Role.COAUTHOR: _coauthor(posts, model),
        Role.EDITOR: received if edits(posts) else NEVER,
        Role.REVIEWER: received if reviews(posts) else NEVER,
        Role.SIGNER: Q(state__in=State.FOR_SIGNERS) if signs(posts) else NEVER,
        Role.OPERATOR: _with_unit(posts, model, Post.OPERATOR),
        Role.UNIT_LEADER: _with_unit(posts, model, Post.UNIT_LEADER),
    }


@kept_with_posts
def transfer_clauses(user, model) -> dict[str, Q]:
    """Role → the parts of units on which the user holds it."""
    posts = posts_of(user)
    report = model._meta.get_field("report").related_model
    seen = report_clauses(user, report)
    wide = (Role.AUTHOR, Role.COAUTHOR, Role.EDITOR, Role.REVIEWER, Role.SIGNER)
    return {
        **{role: _through(seen[role], report) for role in wide},
        Role.OPERATOR: _here(_of_unit(posts, Post.OPERATOR)),
        Role.UNIT_LEADER: _here(_of_unit(posts, Post.UNIT_LEADER)),
    }


def _here(clause: Q) -> Q:
    """What went offline is out of a unit's sight."""
    return NEVER if clause == NEVER else clause & ~Q(report__state=State.OFFLINE)


def _author(posts: Posts) -> Q:
    mine = Q(author_id=posts.person_id, organization__isnull=True) if posts.person_id else NEVER
    bodies = bodies_of(posts)
    return mine | Q(organization_id__in=bodies) if bodies else mine


def _coauthor(posts: Posts, model) -> Q:
    if not posts.person_id:
        return NEVER
    link = model.co_authors.through._base_manager.filter(person_id=posts.person_id)
    return ~Q(state__in=State.PRIVATE) & Q(pk__in=link.values("opinionreport_id"))


def _with_unit(posts: Posts, model, post: str) -> Q:
    clause = _of_unit(posts, post)
    if clause == NEVER:
        return NEVER
    parts = model._meta.get_field("transfers").related_model._base_manager.filter(clause)
    return ~Q(state=State.OFFLINE) & Q(pk__in=parts.values("report_id"))


def _of_unit(posts: Posts, post: str) -> Q:
    units = posts.organizations(post, kind=OrganizationKind.UNIT)
    return Q(unit_id__in=units) & ~Q(state=TransferState.RECALLED) if units else NEVER


def _through(clause: Q, report) -> Q:
    return NEVER if clause == NEVER else Q(report_id__in=report._base_manager.filter(clause).values("pk"))
