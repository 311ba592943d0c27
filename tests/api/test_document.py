"""docs/openapi.yaml is what the code does: no drift, no warning, no route left out."""

import ast
import io
import re
from functools import cache
from pathlib import Path

import pytest
import yaml
from django.core.management import call_command

from tests import made_once
from xiping_cppcc.api.catalogue import KINDS

from .test_matrix import methods

FILE = Path(__file__).resolve().parents[2] / "docs" / "openapi.yaml"
GUIDE = FILE.parent / "api.md"


# PyYAML's reader in C, where it was built, reads the same three times as fast.
READER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@pytest.fixture(scope="module")
def generated() -> str:
    """Making and validating it takes longer than all that is asked of it here."""
    return made_once.text("openapi", generate)


def generate() -> str:
    stream = io.StringIO()
    call_command("spectacular", "--fail-on-warn", "--validate", stdout=stream)
    return stream.getvalue()


@pytest.fixture(scope="module")
def document(generated) -> dict:
    return yaml.load(generated, READER)


def operations(document: dict):
    for path, item in document["paths"].items():
        for method, operation in item.items():
            yield f"{method} {path}", operation


def test_committed_file_is_current(generated):
    assert FILE.read_text() == generated, "Run: manage.py spectacular --file docs/openapi.yaml"


def test_version(document):
    assert document["openapi"].startswith("3.1")


def test_every_route_is_described(document):
    described = [operation["operationId"] for _name, operation in operations(document)]
    assert len(described) == len(set(described)) == len(methods() - {("get", "openapi")})


def test_every_operation_is_summed_up_in_chinese(document):
    without = [
        name for name, operation in operations(document) if not re.search(r"[一-鿿]", operation.get("summary", ""))
    ]
    assert without == []


def test_every_operation_names_its_problems(document):
    for name, operation in operations(document):
        statuses = set(operation["responses"])
        assert {"400", "429", "503"} <= statuses, name
        problems = [body for status, body in operation["responses"].items() if status >= "400"]
        assert {tuple(body["content"]) for body in problems} == {("application/problem+json",)}, name


def test_every_refusal_of_a_version_is_described(document):
    required = [name for name, operation in operations(document) if "428" in operation["responses"]]
    assert required == [
        "put /api/v1/assignments/{id}/reply/", "patch /api/v1/opinions/{id}/", "patch /api/v1/proposals/{id}/",
        "patch /api/v1/proposals/{id}/autosave/",
    ]  # fmt: skip


def test_nothing_secret_is_described(document):
    names = set(re.findall(r"'([a-z_]+)'", str(document["components"]["schemas"])))
    assert [name for name in names if name in {"digest", "token_key", "password_mark", "events_head", "ip"}] == []


ROOT = FILE.parents[1]
INNER = {"stale_page"}  # answered as version_mismatch


@cache
def refusal_codes() -> set[str]:
    """Every code that a refusal is given anywhere in the code of the cases."""
    found = set()
    for app in ("workflow", "proposals", "announcements", "opinions", "consultations", "grassroots", "documents"):
        for path in (ROOT / app).rglob("*.py"):
            source = path.read_text()
            for node in ast.walk(ast.parse(source)) if any(name in source for name in REFUSALS) else ():
                if isinstance(node, ast.Call) and _name(node.func) in REFUSALS:
                    found |= {
                        k.value.value for k in node.keywords if k.arg == "code" and isinstance(k.value, ast.Constant)
                    }
    return found


REFUSALS = {"Refused", "NotAllowed", "TooLate", "Problem"}


def _name(function) -> str:
    return getattr(function, "id", getattr(function, "attr", ""))


def test_the_guide_names_every_code():
    assert {"incomplete", "no_contact", "stale_page"} - refusal_codes() == set()
    named = set(re.findall(r"`([a-z_]+)`", GUIDE.read_text()))
    assert sorted((refusal_codes() - INNER | set(KINDS)) - named) == []


@pytest.mark.django_db
def test_the_portal_serves_the_same(document, client):
    assert client.get("/api/v1/openapi.json").json() == document
