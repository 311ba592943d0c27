"""Every relation of a user to a lead: one clause each (as roles.py for proposals)."""

from django.db import models
from django.db.models import Q

from members.models import Post
from members.posts import kept_with_posts, posts_of
from workflow.querysets import NEVER

from .lead_states import LeadState

ALWAYS = Q(pk__isnull=False)


class LeadRole(models.TextChoices):
    CONTRIBUTOR = "contributor", "线索提供人"
    WRITER = "writer", "可以写提案的人"
    REVIEWER = "reviewer", "审查员"
    STAFF = "staff", "提案委工作人员"
    HEAD = "head", "提案委负责人"
    SYSTEM = "system", "系统"


@kept_with_posts
def lead_clauses(user, model) -> dict[str, Q]:
    """Role → the leads on which the user holds it."""
    posts = posts_of(user)
    writes = posts.is_member or bool(posts.organizations(Post.CONTACT, Post.CONVENER))
    held = {post: posts.in_proposal_committee(post) for post in (Post.REVIEWER, Post.STAFF, Post.HEAD)}
    return {
        LeadRole.CONTRIBUTOR: Q(contributor_id=user.pk) if user.pk else NEVER,
        LeadRole.WRITER: Q(state__in=LeadState.FOR_MEMBERS) if writes else NEVER,
        LeadRole.REVIEWER: ALWAYS if held[Post.REVIEWER] else NEVER,
        LeadRole.STAFF: ALWAYS if held[Post.STAFF] else NEVER,
        LeadRole.HEAD: ALWAYS if held[Post.HEAD] else NEVER,
    }
