"""Who may read a file: whoever may see the case it belongs to. The cases' apps say so here."""

from collections.abc import Callable

from .models import Attachment

CanView = Callable[[object, int, Attachment], bool]

_rules: dict[str, CanView] = {}


def register(subject: str, can_view: CanView) -> None:
    """`can_view(user, subject_id, attachment)` decides for files of `subject` ("proposals.proposal")."""
    _rules[subject] = can_view


def can_view(user, attachment: Attachment) -> bool:
    """A waiting upload is its owner's alone; a subject nobody registered is closed to all."""
    if not attachment.subject:
        return user.pk is not None and attachment.uploaded_by_id == user.pk
    rule = _rules.get(attachment.subject)
    return rule is not None and bool(rule(user, attachment.subject_id, attachment))
