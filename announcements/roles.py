"""Every relation of a user to an announcement: one clause each."""

from django.db import models
from django.db.models import Q

from members.posts import kept_with_posts, posts_of
from workflow.querysets import NEVER

from .rights import issuing_bodies
from .states import State


class Role(models.TextChoices):
    WRITER = "writer", "发布单位"
    RECIPIENT = "recipient", "收件人"
    SYSTEM = "system", "系统"


@kept_with_posts
def announcement_clauses(user, model) -> dict[str, Q]:
    """Role → the announcements on which the user holds it. What was withdrawn stays in sight, without its text."""
    bodies = issuing_bodies(posts_of(user))
    told = model._meta.get_field("recipients").related_model._base_manager.filter(user_id=user.pk)
    return {
        Role.WRITER: Q(issuer_id__in=bodies) if bodies else NEVER,
        Role.RECIPIENT: Q(state__in=State.SENT, pk__in=told.values("announcement_id")) if user.pk else NEVER,
    }
