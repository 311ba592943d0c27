"""Addresses and ticked rows that nobody gets by clicking: a sentence instead of a fault.

Django reads most of what stands in a list's address carefully; a year like 99999, a NUL character or an id
that is no number still fails in the middle of the query.
"""

import logging
from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

logger = logging.getLogger(__name__)


def forgiving(view: Callable) -> Callable:
    """The view; where it cannot read the conditions it was given, the page without conditions."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if "\x00" in request.GET.urlencode(safe="\x00"):
            return _without_conditions(request)
        try:
            return view(request, *args, **kwargs)
        except (ValueError, OverflowError):
            given = request.GET if request.method == "GET" else ACTION_CHECKBOX_NAME in request.POST
            if not given:
                raise
            logger.warning("Conditions that could not be read on %s", request.path, exc_info=True)
            return _without_conditions(request)

    return wrapped


def _without_conditions(request: HttpRequest) -> HttpResponse:
    messages.warning(request, "地址或勾选里有看不懂的内容，没有办理任何事项，已显示没有筛选的页面。")
    return HttpResponseRedirect(request.path)
