"""Requests made up from docs/openapi.yaml: no fault of ours, and every answer as it is described there."""

import os
from pathlib import Path

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from xiping_cppcc.wsgi import application

from .world import (
    ANNOUNCED,
    ASKED_OF,
    ASKING,
    CHANGE,
    EXTENSION,
    HANDED,
    HANDED_ON,
    INVITED,
    LEAD,
    MATTER,
    MINE,
    PLANNED,
    PROMISE,
    REPORTED,
    SAID,
    SENT_ON,
    SHARE,
    SUGGESTED,
    VENUE,
    undoing,
)  # VENUE, fmt: skip

pytestmark = pytest.mark.usefixtures("undone", "one_connection")

FILE = Path(__file__).resolve().parents[2] / "docs" / "openapi.yaml"
# For each of the operations, in the suite; `make campaign` asks for more.
EXAMPLES = int(os.environ.get("API_EXAMPLES", "2"))

document = schemathesis.openapi.from_path(FILE)
document.app = application
OPERATIONS = [found.ok() for found in document.get_all_operations()]
CHECKS = [
    schemathesis.checks.not_a_server_error, status_code_conformance, content_type_conformance,
    response_headers_conformance, response_schema_conformance,
]  # fmt: skip
WHO = ("author", "staff", "operator", "head")
ACTS = {
    "proposals": ("submit", "withdraw", "assign", "correct"),
    "assignments": ("sign_for", "request_return"),
    "cosignatures": ("agree",),
    "change-requests": ("refuse", "take_back"),
    "leads": ("use", "screen_again"),
    "extensions": ("grant", "refuse"),
    "commitments": ("report_progress", "urge"),
    "announcements": ("remind", "withdraw"),
    "opinions": ("submit", "withdraw"),
    "opinion-transfers": ("sign_for", "reply"),
    "consultation-plans": ("issue",),
    "topic-ideas": ("withdraw", "decline"),
    "topics": ("stop_opinions", "invite", "hold"),
    "consultation-opinions": ("take_back",),
    "outcomes": ("instruct",),
    "recommendations": ("answer", "urge"),
    "matters": ("select", "decline"),
}
# Where made-up ids would only ever meet 404.
KNOWN = {
    "proposals": ("draft", HANDED),
    "assignments": (SHARE,),
    "cosignatures": (INVITED,),
    "attachments": (MINE,),
    "change-requests": (CHANGE,),
    "leads": (LEAD,),
    "extensions": (EXTENSION,),
    "commitments": (PROMISE,),
    "announcements": (ANNOUNCED,),
    "opinions": (REPORTED,),
    "opinion-transfers": (HANDED_ON,),
    "consultation-plans": (PLANNED,),
    "topic-ideas": (SUGGESTED,),
    "topics": (ASKING,),
    "consultation-opinions": (SAID,),
    "outcomes": (SENT_ON,),
    "recommendations": (ASKED_OF,),
    "matters": (MATTER,),
    "venues": (VENUE,),
}


@pytest.fixture
def one_connection():
    """The WSGI handler would close the connection that holds the test's transaction; Django's client does the same."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


def test_as_many_operations_as_in_the_document():
    assert len(OPERATIONS) == 142


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.label)
def test_operation(world, operation):
    fuzz(world, operation, EXAMPLES)


@pytest.mark.campaign
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.label)
def test_operation_at_length(world, operation):
    fuzz(world, operation, 200)


def fuzz(world, operation, examples: int) -> None:
    """Half of the requests fit the document, half do not; known ids and people who may do something."""
    c, cases, clients = world
    modes = [operation.as_strategy(generation_mode=mode) for mode in GenerationMode]

    @settings(
        max_examples=examples, deadline=None, derandomize=True, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=st.one_of(modes), who=st.sampled_from(WHO), whose=st.sampled_from((0, 1)), known=st.booleans())
    def send(case, who, whose, known):
        with undoing():
            if known:
                _name_a_real_case(case, c, cases, whose)
            case.headers["Authorization"] = clients[who]._credentials["HTTP_AUTHORIZATION"]
            case.call_and_validate(checks=CHECKS)

    send()


def _name_a_real_case(case, c, cases, whose: int) -> None:
    prefix = case.path.removeprefix("/api/v1/").split("/")[0]
    given_ids = case.path_parameters or {}
    if "id" in given_ids and prefix in KNOWN:
        owners = KNOWN[prefix]
        case.path_parameters["id"] = cases.key(c, prefix.removesuffix("s"), owners[whose % len(owners)])
    if "act" in given_ids:
        acts = ACTS[prefix]
        case.path_parameters["act"] = acts[whose % len(acts)]
