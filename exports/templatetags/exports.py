"""The button 导出 of a list."""

from urllib.parse import urlencode

from django import template
from django.http import QueryDict
from django.urls import reverse

register = template.Library()


@register.simple_tag(takes_context=True)
def export_href(context, key: str, params=None, **more) -> str:
    """Where the list `key` is exported with the filter of this page; `more` says of which thing it is the list."""
    asked = params.copy() if params is not None else QueryDict(mutable=True)
    for name in ("page", "page_size", "mark", "back", "file"):
        asked.pop(name, None)
    for name, value in more.items():
        asked[name] = value
    asked["back"] = context["request"].get_full_path()
    return (
        f"{reverse('exports:ask', args=[key])}?{asked.urlencode() if hasattr(asked, 'urlencode') else urlencode(asked)}"
    )
