"""A log-in that wants a second factor is complete only after it: until then there is one page."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse

from members import second_factor
from xiping_cppcc.api.answers import PREFIX
from xiping_cppcc.api.problems import MEDIA_TYPE, Problem

PENDING = "second_factor_pending"
LEFT_OPEN = ("second_factor", "logout", "display", "session", "help", "accessibility")


class SecondFactor:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _left_open(request.path) or not is_pending(request):
            return self.get_response(request)
        return _problem() if request.path.startswith(PREFIX) else redirect("second_factor")


def is_pending(request: HttpRequest) -> bool:
    """What was wanted at the log-in stands in the session, so a page costs no query more. Only at 等保三级 is it
    asked again: somebody may have been appointed since, or had the second factor reset."""
    user = request.user
    if not user.is_authenticated:
        return False
    return bool(request.session.get(PENDING)) or (second_factor.is_required(user) and not user.is_verified())


def _problem() -> JsonResponse:
    problem = Problem(
        "second_factor_required", "登录还没有完成，还要动态口令。", "请用浏览器打开门户，输完动态口令再试。", status=403
    )
    return JsonResponse(problem.as_dict(), status=problem.status, content_type=MEDIA_TYPE)


def _left_open(path: str) -> bool:
    return path in {reverse(name) for name in LEFT_OPEN} or path.startswith("/static/")
