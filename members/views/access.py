"""Who gets to these pages: people, not bare administrators' accounts, and only after agreeing to the notice."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from members.privacy import consent

NO_PERSON = "这个账号没有对应的人员，没有个人资料。请用您本人的账号登录。"


def agreed_first(view: Callable) -> Callable:
    """The view for people who have agreed to the notice; the others are led to it and back."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.user.person_id is None:
            raise PermissionDenied(NO_PERSON)
        if not consent.has_agreed(request.user.person):
            there = request.path if request.method == "GET" else reverse("home")
            return redirect(f"{reverse('members:privacy')}?{urlencode({'next': there})}")
        return view(request, *args, **kwargs)

    return wrapped
