"""Whatever goes wrong under /api/ outside the API's views is answered as a problem too."""

from django.http import HttpRequest, HttpResponse, JsonResponse

from .problems import MEDIA_TYPE, Problem

PREFIX = "/api/"
CODES = {400: "bad_request", 403: "not_allowed", 404: "not_found", 405: "method_not_allowed", 413: "too_large"}
OUR_FAULT = 500


class ProblemAnswers:
    """Unknown routes, refused hosts and faults of ours: pages for people elsewhere, problem details here."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not request.path.startswith(PREFIX) or not _is_a_page(response):
            return response
        return _as_problem(response)


def _is_a_page(response: HttpResponse) -> bool:
    media_type = response.headers.get("Content-Type", "").split(";")[0]
    return response.status_code >= 400 and media_type != MEDIA_TYPE


def _as_problem(response: HttpResponse) -> HttpResponse:
    status = response.status_code
    code = "internal_error" if status >= OUR_FAULT else CODES.get(status, "bad_request")
    problem = Problem(code, status=status)
    answer = JsonResponse(problem.as_dict(), status=status, content_type=MEDIA_TYPE)
    for name in ("Allow", "Retry-After", "WWW-Authenticate"):
        if name in response.headers:
            answer.headers[name] = response.headers[name]
    return answer
