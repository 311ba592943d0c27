from django.utils.functional import SimpleLazyObject

from .inbox import unread_count


def inbox(request) -> dict:
    """`unread_count` for the layout; the query runs only where a template shows it."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"unread_count": 0}
    return {"unread_count": SimpleLazyObject(lambda: unread_count(user))}
