"""The answers to a page that saves by itself: the protocol at the top of static/js/autosave.js."""

from collections.abc import Callable

from django.http import JsonResponse
from django.utils import timezone

from .errors import Refused

STALE = "stale_page"


def saved(draft, save: Callable, new_urls: Callable[[object], dict], more: Callable[[object], dict] = lambda case: {}):
    """Store the posted text and say so. `new_urls`: where a draft that is new now lives; `more`: what else is told.

    Raises Refused, which `refused` answers. `draft` is a documents.posted_text.PostedText.
    """
    is_new = draft.case is None
    draft.read()
    if not draft.form.is_valid():
        return JsonResponse({"errors": draft.form.errors}, status=400)
    case = save()
    answer = {"version": case.version, **more(case), **(new_urls(case) if is_new else {})}
    if draft.upload_error:  # the text is stored all the same
        return JsonResponse({"errors": {"attachments": [draft.upload_error]}, **answer}, status=400)
    return JsonResponse({"saved_at": timezone.localtime(case.saved_at).isoformat(), **answer})


def refused(error: Refused, theirs: Callable[[], tuple[int, dict]]) -> JsonResponse:
    """409 means two texts to the script, so a text that is locked answers 403. `theirs()`: version and fields stored."""
    if error.code != STALE:
        return JsonResponse({"detail": str(error)}, status=403 if error.status == 409 else error.status)
    version, fields = theirs()
    return JsonResponse({"detail": error.sentence, "version": version, "theirs": fields}, status=409)


def saved_today(case):
    """When the text was saved, for the page; None before today."""
    moment = timezone.localtime(case.saved_at) if case and case.saved_at else None
    return moment if moment and moment.date() == timezone.localdate() else None
