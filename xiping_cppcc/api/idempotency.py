"""Idempotency-Key on POST: the second sending of a request is answered like the first, and does nothing.

The answer is written in the transaction of the deed itself. So a worker that dies between the deed and
the answer leaves either both or neither, and the client may simply send again.
"""

import hashlib
import json
import re
from datetime import timedelta
from functools import partial, reduce
from operator import or_

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q
from django.http import HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from .models import KeptAnswer
from .problems import Problem

HEADER = "Idempotency-Key"
KEPT_FOR = timedelta(hours=24)
KEY = re.compile(r"[\x21-\x7e]{1,200}")
KEPT_HEADERS = ("ETag", "Location", "Content-Type")
FAULT = 500


def once(view, handler, request: Request, *args, **kwargs):
    """Do `handler` at most once for this user, address and key; answer the same to every repetition.

    Raises 409 while the first sending is still being done, 422 when the key came with another body.
    """
    key = request.headers.get(HEADER)
    if key is None or not request.user.is_authenticated:
        return handler(request, *args, **kwargs)
    if not KEY.fullmatch(key):
        raise Problem("bad_request", "Idempotency-Key 须为 1 到 200 个英文字符或数字。", "建议使用 UUID。")
    row = _claimed(request, key)
    return _do_or_repeat(view, partial(handler, request, *args, **kwargs), row)


def forget_old() -> int:
    """Drop what is older than a day; returns how many rows."""
    return KeptAnswer.objects.filter(created_at__lt=timezone.now() - KEPT_FOR).delete()[0]


def forget_answers(*route_parts: str) -> int:
    """Drop the answers kept for addresses with one of these parts, finished ones only; returns how many.

    The POST that made the thing has no such address itself: its answer points to one.
    """
    about = (Q(route__contains=f"/{part}") | Q(headers__Location__endswith=f"/{part}") for part in route_parts)
    return KeptAnswer.objects.filter(reduce(or_, about), status__isnull=False).delete()[0]


def fingerprint(request: Request) -> str:
    """Keyed, because a body may hold what must not be guessed from its hash."""
    data = request.data
    items = sorted(data.lists()) if hasattr(data, "lists") else data
    text = json.dumps(items, sort_keys=True, default=_file_mark)
    return salted_hmac("api.idempotency", text, algorithm="sha256").hexdigest()


def _file_mark(value):
    if not isinstance(value, UploadedFile):
        return str(value)
    digest = hashlib.sha256()
    for chunk in value.chunks():
        digest.update(chunk)
    value.seek(0)
    return [value.name, digest.hexdigest()]


def _claimed(request: Request, key: str) -> KeptAnswer:
    """The row of this key, made now when it is new or a day old."""
    mine = {"user": request.user, "route": request.path[:300], "key": key}
    mark = fingerprint(request)
    KeptAnswer.objects.filter(**mine, created_at__lt=timezone.now() - KEPT_FOR).delete()
    row, _new = KeptAnswer.objects.get_or_create(**mine, defaults={"fingerprint": mark})
    if row.fingerprint != mark:
        raise Problem("key_reused")
    return row


def _do_or_repeat(view, deed, row: KeptAnswer):
    """Whoever holds the row's lock does it; a lock that is free over an empty row belongs to one who died."""
    with transaction.atomic():
        locked = KeptAnswer.objects.select_for_update(skip_locked=True).filter(pk=row.pk).first()
        if locked is None:
            raise Problem("request_in_progress", headers={"Retry-After": "1"})
        if locked.status is not None:
            return _repeated(locked)
        response = _answered(view, deed)
        if response.status_code < FAULT:
            _keep(locked, response)
        return response


def _answered(view, deed):
    try:
        with transaction.atomic():
            return deed()
    except Exception as exception:
        return view.handle_exception(exception)  # raises again what is our fault


def _keep(row: KeptAnswer, response: Response) -> None:
    row.status = response.status_code
    row.body = "" if response.data is None else JSONRenderer().render(response.data).decode()
    named = {name: response.headers.get(name) for name in KEPT_HEADERS}
    named["Content-Type"] = response.content_type or "application/json"
    row.headers = {name: value for name, value in named.items() if value}
    row.save(update_fields=["status", "body", "headers"])


def _repeated(row: KeptAnswer) -> HttpResponse:
    headers = {**row.headers, "Idempotent-Replayed": "true"}
    return HttpResponse(row.body, status=row.status, headers=headers)
