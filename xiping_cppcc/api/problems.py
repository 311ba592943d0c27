"""RFC 9457 problem details in Chinese: raising them, and turning whatever went wrong into one."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field

from django.core import exceptions as django_errors
from django.db import DataError, InterfaceError, OperationalError
from django.http import Http404
from rest_framework import exceptions as drf_errors
from rest_framework.response import Response

from xiping_cppcc.logs import request_id

from .catalogue import KINDS
from .pointers import pointed

MEDIA_TYPE = "application/problem+json"

logger = logging.getLogger(__name__)


@dataclass
class Problem(Exception):
    """One problem. What is left empty is filled from the catalogue by the code.

    `errors` is a list of {"pointer": JSON pointer into the body, or "parameter": name, "detail": sentence}.
    """

    code: str
    detail: str = ""
    next_step: str = ""
    status: int = 0
    errors: list[dict] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self):
        kind = KINDS.get(self.code, KINDS["bad_request"])
        self.title = KINDS[self.code].title if self.code in KINDS else "没有办成"
        self.status = self.status or kind.status
        if not self.detail:
            self.detail, self.next_step = kind.detail, self.next_step or kind.next_step

    def as_dict(self) -> dict:
        """The body: type, title, status, detail, code, next_step, request_id and, if any, errors."""
        body = {
            "type": "about:blank",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "code": self.code,
            "next_step": self.next_step,
            "request_id": request_id.get(),
        }
        return {**body, "errors": self.errors} if self.errors else body


Converter = Callable[[Exception], Problem]

_converters: dict[type[Exception], Converter] = {}


def register(exception: type[Exception], converter: Converter) -> None:
    """Let an app say how its own refusals are answered."""
    _converters[exception] = converter


def answer(exception: Exception, context: dict | None = None) -> Response | None:
    """DRF's exception handler. None for a fault of ours: Django logs it and `ProblemAnswers` words it."""
    problem = problem_of(exception)
    if problem is None:
        return None
    headers = dict(problem.headers)
    if getattr(exception, "auth_header", None):
        headers["WWW-Authenticate"] = exception.auth_header
    return Response(problem.as_dict(), problem.status, headers=headers, content_type=MEDIA_TYPE)


def problem_of(exception: Exception) -> Problem | None:
    """The problem an exception stands for, or None when it is a fault of ours."""
    if isinstance(exception, Problem):
        return exception
    for kind, convert in [*_converters.items(), *_KNOWN]:
        if isinstance(exception, kind):
            return convert(exception)
    return None


def _invalid(exception) -> Problem:
    return Problem("invalid", errors=pointed(exception.detail))


def _invalid_by_model(exception: django_errors.ValidationError) -> Problem:
    detail = exception.message_dict if hasattr(exception, "error_dict") else exception.messages
    return Problem("invalid", errors=pointed(detail))


def _method(exception) -> Problem:
    return Problem("method_not_allowed")


def _throttled(exception: drf_errors.Throttled) -> Problem:
    seconds = max(1, round(exception.wait or 1))
    return Problem("throttled", f"请求过于频繁，请 {seconds} 秒后再试。", headers={"Retry-After": str(seconds)})


def _forbidden(exception: drf_errors.PermissionDenied) -> Problem:
    if str(exception.detail).startswith("CSRF"):
        return Problem("csrf_failed")
    code = getattr(exception.detail, "code", "")
    return Problem(code if code in KINDS else "not_allowed")


def _unavailable(exception) -> Problem:
    logger.error("The database did not answer: %s", exception)
    return Problem("unavailable", headers={"Retry-After": "5"})


def _always(code: str) -> Converter:
    return lambda exception: Problem(code)


# The more particular before the more general.
_KNOWN: list[tuple[type[Exception], Converter]] = [
    (drf_errors.ValidationError, _invalid),
    (drf_errors.ParseError, _always("parse_error")),
    (drf_errors.AuthenticationFailed, _always("invalid_token")),
    (drf_errors.NotAuthenticated, _always("not_authenticated")),
    (drf_errors.PermissionDenied, _forbidden),
    (drf_errors.NotFound, _always("not_found")),
    (drf_errors.MethodNotAllowed, _method),
    (drf_errors.NotAcceptable, _always("not_acceptable")),
    (drf_errors.UnsupportedMediaType, _always("unsupported_media_type")),
    (drf_errors.Throttled, _throttled),
    (Http404, _always("not_found")),
    (django_errors.PermissionDenied, _always("not_allowed")),
    (django_errors.ValidationError, _invalid_by_model),
    (django_errors.RequestDataTooBig, _always("too_large")),
    (django_errors.SuspiciousOperation, _always("bad_request")),
    (DataError, _always("invalid")),
    (OperationalError, _unavailable),
    (InterfaceError, _unavailable),
]
