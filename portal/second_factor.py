"""A log-in that wants a second factor is complete only after it: until then there is one page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

PENDING = "second_factor_pending"
LEFT_OPEN = ("second_factor", "logout", "display", "session", "help", "accessibility")


class SecondFactor:
    """What is wanted was decided at the log-in and stands in the session, so a page costs no query more."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and request.session.get(PENDING) and not _left_open(request.path):
            return redirect("second_factor")
        return self.get_response(request)


def _left_open(path: str) -> bool:
    return path in {reverse(name) for name in LEFT_OPEN} or path.startswith("/static/")
