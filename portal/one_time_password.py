"""Whoever logs in with a one-time password, or as staff with one too old, chooses a new one before anything else."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from members import password_rules

LEFT_OPEN = (
    "password_change", "second_factor", "logout", "display", "session", "help", "accessibility", "members:privacy",
)  # fmt: skip


class OneTimePassword:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if user.is_authenticated and password_rules.must_change(user) and not _left_open(request.path):
            return redirect("password_change")
        return self.get_response(request)


def _left_open(path: str) -> bool:
    """The API refuses by itself, in its own form."""
    if path.startswith("/api/"):
        return True
    return path in {reverse(name) for name in LEFT_OPEN} or path.startswith("/static/")
