"""The answer after too many wrong passwords: the same for every name, whether such an account exists or not."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

from xiping_cppcc.api.problems import MEDIA_TYPE, Problem


def answer(request: HttpRequest, credentials: dict | None = None, *args) -> HttpResponse:
    """429 with Retry-After; a page for people, problem details for programs."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    sentence = f"密码连续输错次数过多，登录已暂停。请 {minutes} 分钟后再试，或联系提案委工作人员重置密码。"
    headers = {"Retry-After": str(minutes * 60)}
    if request.path.startswith("/api/"):
        problem = Problem("locked", sentence).as_dict()
        return JsonResponse(problem, status=429, headers=headers, content_type=MEDIA_TYPE)
    page = render_to_string("locked_out.html", {"sentence": sentence}, request)
    return HttpResponse(page, status=429, headers=headers)
