"""A message that belongs to no case: into the inbox at once, and by the channels that the person wants."""

from django.contrib.auth import get_user_model

from . import kinds
from .channels import hand_over
from .delivery import subject_line
from .models import Message


def tell(user_id: int, subject: str, body: str = "", url: str = "", facts: dict | None = None) -> None:
    """Written in the transaction of what is told: both happen or neither. Closed accounts are told nothing.

    `facts` may name a file that goes with the mail (notices.enclosures).
    """
    if not get_user_model().objects.filter(pk=user_id, is_active=True).exists():
        return
    message = Message.objects.create(
        recipient_id=user_id, subject=subject_line(subject), body=body, url=url, kind=kinds.PERSONAL, facts=facts or {}
    )
    hand_over(Message.objects.filter(pk=message.pk))
