"""Where a page stands: from the home page down."""

from django.urls import reverse


def crumbs(*rest: tuple[str, str] | str) -> list[tuple[str, str]]:
    """The list of reports, then `rest`: a page's name, or (name, address)."""
    above = [("首页", reverse("home")), ("社情民意", reverse("opinions:list"))]
    return [*above, *((one, "") if isinstance(one, str) else one for one in rest)]
