"""Whatever is sent, the answer is problem details in Chinese with a stable code, and never our fault."""

import json

import pytest
from django.db import OperationalError
from django.test import override_settings
from rest_framework.test import APIClient

from members.api.me import Me
from proposals.models import Proposal
from tests.factories import people
from xiping_cppcc.api.catalogue import KINDS

pytestmark = pytest.mark.django_db

V1 = "/api/v1"
PARTS = {"type", "title", "status", "detail", "code", "next_step", "request_id"}


def problem(answer, status: int, code: str) -> dict:
    body = answer.json()
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json"), body
    assert set(body) - {"errors"} == PARTS
    assert (body["status"], body["code"], body["request_id"]) == (status, code, answer["X-Request-ID"])
    return body


@pytest.fixture
def author(db, client_of):
    return client_of(people.member("周明远"))


def post(client, body, path="proposals/", kind="application/json"):
    return client.generic("POST", f"{V1}/{path}", body, content_type=kind)


@pytest.mark.parametrize("path", ["/api/", "/api/v1/nothing/", "/api/v2/proposals/", "/api/v1/proposals/0x1/"])
def test_unknown_route(author, path):
    problem(author.get(path), 404, "not_found")


def test_without_log_in(db):
    answer = APIClient().get(f"{V1}/proposals/")
    problem(answer, 401, "not_authenticated")
    assert answer["WWW-Authenticate"] == "Token"


def test_method(author):
    answer = author.put(f"{V1}/proposals/", {}, format="json")
    problem(answer, 405, "method_not_allowed")
    assert answer["Allow"] == "GET, POST, HEAD, OPTIONS"


def test_media_types(author):
    problem(post(author, "a=1", kind="application/x-www-form-urlencoded"), 415, "unsupported_media_type")
    problem(post(author, "<a/>", kind="text/xml"), 415, "unsupported_media_type")
    problem(author.get(f"{V1}/me/", headers={"Accept": "text/html"}), 406, "not_acceptable")


@pytest.mark.parametrize(
    "body",
    [
        "{", "[1,", '{"title": NaN}', "\xff\xfe", '{"title": "\\u0000"}', '{"title": "\\ud800"}', '{"a\\u0000": 1}',
        "[" * 100_000, '{"a":' * 50_000 + "1" + "}" * 50_000, '{"title": ' + "9" * 5000 + "}",
    ],
)  # fmt: skip
def test_bodies_that_cannot_be_read(author, body):
    problem(post(author, body.encode("latin-1")), 400, "parse_error")
    assert Proposal.objects.count() == 0


def test_too_large(author):
    problem(post(author, json.dumps({"title": "长" * 2_000_000})), 413, "too_large")


@pytest.mark.parametrize(
    "body",
    ["[]", "1", '"a"', "null", '{"title": {"a": 1}}', '{"title": [1]}', '{"suggestions": "a"}', '{"units": [1e400]}',
     '{"suggestions": [{"a": 1}]}', '{"units": ["a"]}', '{"units": [99999999999999999999]}', '{"units": [-1]}',
     '{"category": 99999999999999999999}', '{"category": true}', '{"no_secrets": "maybe"}',
     '{"attachments": ["x"]}', '{"organization": 10e30}', '{"publish_consent": 7}'],
)  # fmt: skip
def test_bodies_of_wrong_types(author, body):
    found = problem(post(author, body), 400, "invalid")
    assert all(set(error) == {"pointer", "detail"} for error in found["errors"])
    assert Proposal.objects.count() == 0


def test_pointers(author):
    body = {"title": "长" * 101, "suggestions": ["可以", "长" * 2001], "units": [1, "x"]}
    found = problem(author.post(f"{V1}/proposals/", body, format="json"), 400, "invalid")
    assert [error["pointer"] for error in found["errors"]] == ["/title", "/suggestions/1", "/units/1"]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("foo=1", "unknown_parameter"), ("page=0", "invalid_parameter"), ("page=x", "invalid_parameter"),
        ("page_size=201", "invalid_parameter"), ("page=99999999999999", "invalid_parameter"),
        ("state=nothing", "invalid_parameter"), ("unit=99999999999999999999", "invalid_parameter"),
        ("unit=1e3000", "invalid_parameter"), ("q=%00", "invalid_parameter"), ("ordering=password", "invalid_parameter"),
        ("changed_since=yesterday", "invalid_parameter"), ("changed_since=0001-01-01T00:00:00Z", "invalid_parameter"),
    ],
)  # fmt: skip
def test_query_parameters(author, query, code):
    found = problem(author.get(f"{V1}/proposals/?{query}"), 400, code)
    assert [error["parameter"] for error in found["errors"]] == [query.split("=")[0]]


def test_parameters_are_refused_where_none_are_read(author):
    problem(author.get(f"{V1}/me/?page=1"), 400, "unknown_parameter")
    problem(author.post(f"{V1}/proposals/?dry_run=1", {}, format="json"), 400, "unknown_parameter")


@pytest.mark.parametrize("cursor", ["x", "bm90aGluZw", "W10", "WzEsMiwzXQ", "%00", "a" * 300, "e30", "W1tbW1tbW1s"])
def test_cursors_that_are_none(author, cursor):
    problem(author.get(f"{V1}/proposals/changes/?cursor={cursor}"), 400, "invalid_parameter")


def test_ids_beyond_any_row(author):
    for path in ("proposals", "assignments", "cosignatures"):
        problem(author.get(f"{V1}/{path}/{10**30}/"), 404, "not_found")
        problem(author.post(f"{V1}/{path}/{10**30}/transitions/submit/", {}, format="json"), 404, "not_found")


def test_throttled(author):
    from xiping_cppcc.api.throttles import PerUser

    rate, PerUser.THROTTLE_RATES = PerUser.THROTTLE_RATES, {"user": "1/min"}
    try:
        author.get(f"{V1}/me/")
        answer = author.get(f"{V1}/me/")
    finally:
        PerUser.THROTTLE_RATES = rate
    problem(answer, 429, "throttled")
    assert 1 <= int(answer["Retry-After"]) <= 60


def test_our_own_fault_says_nothing_about_itself(author, monkeypatch):
    monkeypatch.setattr(Me, "get", lambda self, request: 1 / 0)
    found = problem(author.get(f"{V1}/me/"), 500, "internal_error")
    assert "division" not in json.dumps(found)


@override_settings(DEBUG=True)
def test_nor_in_debug(author, monkeypatch):
    monkeypatch.setattr(Me, "get", lambda self, request: 1 / 0)
    problem(author.get(f"{V1}/me/"), 500, "internal_error")


def test_database_away(author, monkeypatch):
    def away(self, request):
        raise OperationalError("connection refused")

    monkeypatch.setattr(Me, "get", away)
    answer = author.get(f"{V1}/me/")
    problem(answer, 503, "unavailable")
    assert answer["Retry-After"] == "5"


@override_settings(ALLOWED_HOSTS=["portal.example"])
def test_wrong_host(db):
    problem(APIClient().get(f"{V1}/me/", headers={"Host": "evil.example"}), 400, "bad_request")


def test_nothing_personal_is_cached(author):
    assert author.get(f"{V1}/me/")["Cache-Control"] == "private, no-store"


def test_every_kind_is_worded():
    for kind in KINDS.values():
        assert kind.title and kind.detail and kind.next_step
