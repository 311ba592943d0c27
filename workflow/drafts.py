"""Storing a draft as it is, complete or not: what every app that lets people write has in common."""

from collections.abc import Callable, Iterable
from datetime import timedelta

from django.utils import timezone

from .errors import NotFound, TooLate
from .models import Case
from .querysets import read_case

STALE = "stale_page"


def just_begun(rows, **texts: str) -> Case | None:
    """Of the writer's drafts the one that the same texts made a moment ago: a double click begins one, not two."""
    recent = timezone.now() - timedelta(minutes=1)
    same = rows.filter(**texts, saved_at__gte=recent)
    return same.exclude(**dict.fromkeys(texts, "")).order_by("-pk").first()


def locked(model: type[Case], pk: int, user, check_writable: Callable[[Case], None]) -> Case:
    """The draft, locked and read again for this user. Raises NotFound and what `check_writable` raises."""
    model._base_manager.filter(pk=pk).select_for_update().values("pk").first()
    case = read_case(model, pk, user)
    if case is None:
        raise NotFound
    check_writable(case)
    return case


def check_seen(case: Case, seen: int | None, sentence: str) -> None:
    """`seen`: the version the page showed. Raises TooLate for a newer text."""
    if seen is not None and seen != case.version:
        raise TooLate(sentence, "您写的内容还在下面，请对照后再保存。", code=STALE)


def store(case: Case, names: Iterable[str], data: dict) -> None:
    """Set those of the fields that were given and save; the version moves, so that two writers never meet unseen."""
    names = list(names)
    for name in names:
        if name in data:
            setattr(case, name, data[name])
    case.saved_at = case.changed_at = timezone.now()
    case.version += 1
    case.save(update_fields=[*names, "saved_at", "changed_at", "version"])
