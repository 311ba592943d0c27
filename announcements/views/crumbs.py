"""Where a page stands: from the home page down."""

from django.urls import reverse


def crumbs(*rest: tuple[str, str] | str) -> list[tuple[str, str]]:
    """The list of announcements, then `rest`: a page's name, or (name, address)."""
    above = [("首页", reverse("home")), ("通知公告", reverse("announcements:list"))]
    return [*above, *((one, "") if isinstance(one, str) else one for one in rest)]
