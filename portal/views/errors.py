"""Pages for what could not be done that Django itself finds out."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Usually a page that stood open over a log-out in another tab."""
    return render(request, "403_csrf.html", status=403)
