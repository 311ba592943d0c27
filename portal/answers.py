"""Who is asking: a person's browser for a page, or one of our scripts for data."""

from django.http import HttpRequest


def wants_json(request: HttpRequest) -> bool:
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"
