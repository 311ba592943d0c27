"""Where a page stands."""

from django.http import HttpRequest
from django.urls import reverse


def crumbs(*rest: tuple[str, str] | str) -> list[tuple[str, str]]:
    """Inside: from the home page down; `rest`: a page's name, or (name, address)."""
    above = [("首页", reverse("home")), ("有事好商量", reverse("grassroots:list"))]
    return [*above, *((one, "") if isinstance(one, str) else one for one in rest)]


def public_crumbs(request: HttpRequest, *rest: tuple[str, str] | str) -> list[tuple[str, str]]:
    """The home page asks for a log-in, so a visitor starts at the first public page."""
    above = [("首页", reverse("home"))] if request.user.is_authenticated else []
    above.append(("有事好商量", reverse("consult:home")))
    return [*above, *((one, "") if isinstance(one, str) else one for one in rest)]
