"""Every route × every person × whose case it is. A route without an expectation fails."""

import pytest
from django.urls import URLPattern, get_resolver, reverse
from rest_framework.test import APIClient

from proposals.models import Proposal
from tests.counts import cells
from workflow.models import Event

from .consultations import CONSULTATIONS
from .expecting import everybody, only, several
from .world import (
    ANNOUNCED,
    ASKED,
    CHANGE,
    DRAFT,
    EXTENSION,
    HANDED,
    HANDED_ON,
    INVITED,
    LEAD,
    MATTER,
    MINE,
    PEOPLE,
    PROMISE,
    REPORTED,
    SHARE,
    VENUE,
    undoing,
)

pytestmark = pytest.mark.usefixtures("undone")

WITHOUT_LOG_IN = {"auth-login": 400, "openapi": 200}


COMMITTEE = "reviewer staff head"
WRITERS = "author cosigner invitee other_member contact"
MEMBERS = "author cosigner invitee other_member"
# Members, staff and collective contacts: who uses the directory.
CIRCLE = ("author", "cosigner", "invitee", "other_member", "reviewer", "staff", "head", "contact")
# (method, route, whose case): what each person is answered. 400 and 428 mean: let in, and asked for a body or version.
EXPECTED = {
    ("post", "auth-logout", ""): everybody(204),
    ("post", "auth-password", ""): everybody(400),
    ("get", "auth-tokens", ""): everybody(200),
    ("delete", "auth-token", "author's"): only(204, "author"),
    ("get", "me", ""): everybody(200),
    ("get", "me-profile", ""): everybody(200),
    ("patch", "me-profile", ""): everybody(200),  # nothing asked for, nothing to check
    ("get", "me-privacy", ""): everybody(200),
    ("post", "me-privacy", ""): everybody(400),
    ("get", "directory", ""): only(200, *CIRCLE, rest=403),
    ("post", "directory-phone", "author's"): only(200, *CIRCLE, rest=403),
    ("get", "me-todo", ""): everybody(200),
    ("get", "me-inbox", ""): everybody(200),
    ("get", "me-inbox-unread", ""): everybody(200),
    ("post", "me-inbox-read", ""): everybody(400),
    ("post", "me-inbox-read-one", "author's"): only(200, "author"),
    ("get", "exports", ""): everybody(200),
    ("post", "exports", ""): everybody(400),
    ("get", "sessions", ""): everybody(200),
    ("get", "units", ""): everybody(200),
    ("get", "categories", ""): everybody(200),
    ("get", "rejection-reasons", ""): everybody(200),
    ("get", "proposal-list", ""): everybody(200),
    ("get", "proposal-changes", ""): everybody(200),
    ("get", "assignment-list", ""): everybody(200),
    ("get", "proposal-key", ""): everybody(200),  # empty for those who have nothing to do with it
    ("get", "assignment-changes", ""): everybody(200),
    ("get", "cosignature-list", ""): everybody(200),
    ("post", "proposal-list", ""): everybody(403, author=201, cosigner=201, invitee=201, other_member=201),
    ("post", "proposal-similar", ""): everybody(400),
    ("get", "proposal", DRAFT): only(200, "author"),
    ("get", "proposal", HANDED): several(s200=f"author dispatch operator leader {COMMITTEE}"),
    ("get", "proposal", ASKED): several(s200="author invitee cosigner"),
    ("patch", "proposal", DRAFT): only(428, "author"),
    ("patch", "proposal", HANDED): several(s428=f"author dispatch operator leader {COMMITTEE}"),
    ("patch", "proposal-autosave", DRAFT): only(428, "author"),
    ("patch", "proposal-autosave", HANDED): several(s428=f"author dispatch operator leader {COMMITTEE}"),
    ("get", "proposal-transitions", DRAFT): only(200, "author"),
    ("get", "proposal-transitions", HANDED): several(s200=f"author dispatch operator leader {COMMITTEE}"),
    ("post", "proposal-act:submit", DRAFT): only(200, "author"),
    ("post", "proposal-act:submit", HANDED): several(s409="author", s403=f"dispatch operator leader {COMMITTEE}"),
    ("post", "proposal-act:unpublish", HANDED): several(
        s403="author dispatch operator leader reviewer", s409="staff head"
    ),
    ("post", "proposal-act:agree", ASKED): several(s403="author invitee cosigner"),
    ("get", "proposal-choices:invite:persons", DRAFT): only(200, "author"),
    ("get", "proposal-choices:correct:category", HANDED): several(
        s200="head", s403="author dispatch operator leader reviewer staff"
    ),
    ("get", "assignment", SHARE): several(s200=f"author dispatch operator leader {COMMITTEE}"),
    ("get", "assignment-transitions", SHARE): several(s200=f"author dispatch operator leader {COMMITTEE}"),
    ("post", "assignment-act:request_return", SHARE): several(
        s400="operator", s403=f"author dispatch leader {COMMITTEE}"
    ),
    ("post", "assignment-act:sign_for", SHARE): several(s200="operator", s403=f"author dispatch leader {COMMITTEE}"),
    ("get", "assignment-choices:request_return:suggested_unit", SHARE): several(
        s200="operator", s403=f"author dispatch leader {COMMITTEE}"
    ),
    ("get", "assignment-reply", SHARE): several(s200=f"dispatch operator leader {COMMITTEE}", s403="author"),
    ("put", "assignment-reply", SHARE): several(s428=f"author dispatch operator leader {COMMITTEE}"),
    ("get", "cosignature", INVITED): several(s200="author invitee"),
    ("get", "cosignature-transitions", INVITED): several(s200="author invitee"),
    ("post", "cosignature-act:agree", INVITED): several(s200="invitee", s403="author"),
    ("get", "cosignature-choices:agree:reason", INVITED): several(s404="invitee", s403="author"),
    ("get", "change-request-list", ""): everybody(200),
    ("get", "change-request", CHANGE): several(s200=f"author {COMMITTEE}"),
    ("get", "change-request-transitions", CHANGE): several(s200=f"author {COMMITTEE}"),
    ("post", "change-request-act:take_back", CHANGE): several(s200="author", s403=COMMITTEE),
    ("post", "change-request-act:grant", CHANGE): several(s200="head", s403="author reviewer staff"),
    ("get", "change-request-choices:give_view:agrees", CHANGE): several(s403=f"author {COMMITTEE}"),
    ("get", "extension-list", ""): everybody(200),
    ("get", "extension", EXTENSION): several(s200=f"dispatch operator leader {COMMITTEE}"),
    ("get", "extension-transitions", EXTENSION): several(s200=f"dispatch operator leader {COMMITTEE}"),
    ("post", "extension-act:grant", EXTENSION): several(s200="dispatch head", s403="operator leader reviewer staff"),
    ("get", "extension-choices:grant:granted_on", EXTENSION): several(
        s404="dispatch head", s403="operator leader reviewer staff"
    ),
    ("get", "lead-list", ""): everybody(200),
    ("get", "lead", LEAD): several(s200=f"{WRITERS} {COMMITTEE}"),
    ("get", "lead-transitions", LEAD): several(s200=f"{WRITERS} {COMMITTEE}"),
    ("post", "lead-act:use", LEAD): several(s200=WRITERS, s403=COMMITTEE),
    ("post", "lead-act:decline", LEAD): several(s409="staff head", s403=f"{WRITERS} reviewer"),
    ("get", "lead-choices:decline:decline_reason", LEAD): several(s409="staff head", s403=f"{WRITERS} reviewer"),
    ("get", "commitment-list", ""): everybody(200),
    ("get", "commitment", PROMISE): several(s200=f"author dispatch operator leader {COMMITTEE}"),
    ("get", "commitment-transitions", PROMISE): several(s200=f"author dispatch operator leader {COMMITTEE}"),
    ("post", "commitment-act:urge", PROMISE): several(
        s200="dispatch staff head", s403="author operator leader reviewer"
    ),
    ("post", "commitment-act:report_done", PROMISE): several(
        s400="operator", s403=f"author dispatch leader {COMMITTEE}"
    ),
    ("get", "commitment-choices:report_done:done_on", PROMISE): several(
        s404="operator", s403=f"author dispatch leader {COMMITTEE}"
    ),
    ("get", "announcement-list", ""): everybody(200),
    ("get", "announcement", ANNOUNCED): several(s200=f"{MEMBERS} staff head"),
    ("get", "announcement-transitions", ANNOUNCED): several(s200=f"{MEMBERS} staff head"),
    ("post", "announcement-read", ANNOUNCED): several(s200=f"{MEMBERS} staff head"),
    ("post", "announcement-receipt", ANNOUNCED): only(200, *MEMBERS.split()),
    ("post", "announcement-act:remind", ANNOUNCED): several(s200="staff head", s403=MEMBERS),
    ("post", "announcement-act:withdraw", ANNOUNCED): several(s400="staff head", s403=MEMBERS),
    ("post", "announcement-act:publish", ANNOUNCED): several(s409="staff head", s403=MEMBERS),
    ("get", "announcement-choices:withdraw:reason", ANNOUNCED): several(s404="staff head", s403=MEMBERS),
    ("get", "opinion-list", ""): everybody(200),
    ("post", "opinion-list", ""): only(201, *MEMBERS.split(), rest=403),
    ("get", "opinion-changes", ""): everybody(200),
    ("post", "opinion-similar", ""): everybody(400),
    ("get", "opinion", REPORTED): several(s200="author operator leader"),
    ("patch", "opinion", REPORTED): several(s428="author operator leader"),
    ("post", "opinion-citizen", REPORTED): several(s409="author", s403="operator leader"),
    ("get", "opinion-transitions", REPORTED): several(s200="author operator leader"),
    ("post", "opinion-act:withdraw", REPORTED): several(s409="author", s403="operator leader"),
    ("post", "opinion-act:edit", REPORTED): several(s403="author operator leader"),
    ("get", "opinion-choices:hand_over:units", REPORTED): several(s403="author operator leader"),
    ("get", "opinion-transfer-list", ""): everybody(200),
    ("get", "opinion-transfer-changes", ""): everybody(200),
    ("get", "opinion-transfer", HANDED_ON): several(s200="author operator leader"),
    ("get", "opinion-transfer-transitions", HANDED_ON): several(s200="author operator leader"),
    ("post", "opinion-transfer-act:sign_for", HANDED_ON): several(s200="operator leader", s403="author"),
    ("post", "opinion-transfer-act:reply", HANDED_ON): several(s409="operator leader", s403="author"),
    ("get", "opinion-transfer-choices:send_back:reason", HANDED_ON): several(s404="operator leader", s403="author"),
    **CONSULTATIONS,
    ("get", "venue-list", ""): everybody(200),
    ("get", "venue", VENUE): everybody(200),
    ("get", "matter-list", ""): everybody(200),
    ("post", "matter-list", ""): everybody(400, contact=403, dispatch=403, reviewer=403, administrator=403),
    ("get", "matter-changes", ""): everybody(200),
    ("get", "matter", MATTER): several(s200="author staff head"),
    ("get", "matter-transitions", MATTER): several(s200="author staff head"),
    ("post", "matter-act:select", MATTER): several(s400="staff head", s403="author"),
    ("post", "matter-act:rate", MATTER): several(s409="author", s403="staff head"),
    ("post", "matter-act:pass_up", MATTER): several(s400="staff head", s403="author"),
    ("get", "matter-choices:select:category", MATTER): several(s200="staff head", s403="author"),
    ("get", "attachments", ""): everybody(200),
    ("post", "attachments", ""): everybody(415),
    ("get", "attachment", MINE): only(200, "author"),
    ("get", "attachment-file", MINE): only(200, "author"),
    ("get", "attachment", HANDED): several(s200=f"author dispatch operator leader {COMMITTEE}"),
    ("get", "attachment-file", HANDED): several(s200=f"author dispatch operator leader {COMMITTEE}"),
    ("delete", "attachment", HANDED): only(409, "author"),
    ("delete", "attachment", MINE): only(204, "author"),
}


def _leaves(resolver):
    for row in resolver.url_patterns:
        if isinstance(row, URLPattern):
            yield row
        else:
            yield from _leaves(row)


def methods() -> set[tuple[str, str]]:
    found = get_resolver().url_patterns
    api = next(row for row in found if str(row.pattern) == "api/")
    return {(method, pattern.name) for pattern in _leaves(api) for method in _methods_of(pattern.callback)}


def _methods_of(view) -> list[str]:
    if getattr(view, "actions", None):
        return [method for method in view.actions if method != "head"]
    return [method for method in ("get", "post", "put", "patch", "delete") if hasattr(view.cls, method)]


def test_every_route_has_its_expectation():
    known = {(method, route.split(":")[0]) for method, route, _whose in EXPECTED}
    known |= {("post", "auth-login"), ("get", "openapi")}
    assert methods() == known


def address(route: str, key) -> str:
    name, *rest = route.split(":")
    return reverse(f"api:{name}", args=[*([key] if key is not None else []), *rest])


def send(client: APIClient, method: str, path: str):
    body = {} if method == "get" else {"data": {}, "format": "json"}
    return getattr(client, method)(path, **body)


TRIED: dict[tuple, list[str]] = {}
for _row, _person in cells(EXPECTED, PEOPLE, lambda row, person: EXPECTED[row][person]):
    TRIED.setdefault(_row, []).append(_person)


@pytest.mark.parametrize(("method", "route", "whose"), EXPECTED)
def test_answers(world, method, route, whose):
    c, cases, clients = world
    path = address(route, cases.key(c, route, whose))
    before = written()
    expected, tried = EXPECTED[method, route, whose], TRIED[method, route, whose]
    answers = {person: answered(clients[person], method, path, before) for person in tried}
    assert answers == {person: expected[person] for person in tried}


def written() -> tuple[int, int]:
    """How many events and proposals there are."""
    return Event.objects.count(), Proposal.objects.count()


def answered(client: APIClient, method: str, path: str, before: tuple[int, int]) -> int:
    """The status; a refusal is a problem and changes nothing. What was done before is undone, so `before` holds."""
    with undoing():
        answer = send(client, method, path)
        if answer.status_code >= 400:
            assert answer["Content-Type"] == "application/problem+json"
            assert written() == before
    return answer.status_code


@pytest.mark.parametrize(("method", "route", "whose"), EXPECTED)
def test_without_log_in(world, method, route, whose):
    c, cases, _clients = world
    answer = send(APIClient(), method, address(route, cases.key(c, route, whose)))
    assert (answer.status_code, answer.json()["code"]) == (401, "not_authenticated")


@pytest.mark.parametrize("route", WITHOUT_LOG_IN)
def test_open_routes(route):
    client, path = APIClient(), address(route, None)
    answer = client.post(path, {}, format="json") if route == "auth-login" else client.get(path)
    assert answer.status_code == WITHOUT_LOG_IN[route]


@pytest.mark.parametrize(("method", "route", "whose"), EXPECTED)
def test_with_a_one_time_password(world, method, route, whose):
    c, cases, clients = world
    type(c.author).objects.filter(pk=c.author.pk).update(must_change_password=True)
    answer = send(clients["author"], method, address(route, cases.key(c, route, whose)))
    if route in ("auth-logout", "auth-password"):
        assert answer.status_code == EXPECTED[method, route, whose]["author"]
    else:
        assert (answer.status_code, answer.json()["code"]) == (403, "password_change_required")
