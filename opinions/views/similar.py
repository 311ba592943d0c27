"""Similar reports while one is written (htmx). It advises; nothing is ever refused because of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from members.posts import posts_of
from opinions.compared import similar_to
from opinions.rights import may_report
from opinions.validators import PART_MAX, TITLE_MAX

LONG_ENOUGH = 40  # characters of text before it is compared too


@require_POST
def panel(request: HttpRequest) -> HttpResponse:
    """A fragment. Title and text come in the body, so that no address holds them."""
    title = request.POST.get("title", "")[:TITLE_MAX].replace("\x00", "")
    text = request.POST.get("situation", "")[:PART_MAX].replace("\x00", "")
    key = request.POST.get("report", "")
    exclude = int(key) if key.isascii() and key.isdecimal() and len(key) < 10 else None
    asked = bool(title.strip()) and may_report(posts_of(request.user))
    found = similar_to(request.user, title, text if len(text) >= LONG_ENOUGH else "", exclude) if asked else []
    return render(request, "opinions/_similar_found.html", {"similar": found, "asked": asked})
