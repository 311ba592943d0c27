"""ETag and If-Match: nobody overwrites what they have not seen."""

import pytest

from proposals.models import Proposal
from tests.factories import county as make

pytestmark = pytest.mark.django_db

V1 = "/api/v1"


@pytest.fixture
def draft(c):
    return make.draft(c)


@pytest.fixture
def author(c, client_of):
    return client_of(c.author)


def patch(client, draft, body, tag=None, path=""):
    headers = {"If-Match": tag} if tag is not None else {}
    return client.patch(f"{V1}/proposals/{draft.pk}/{path}", body, format="json", headers=headers)


def test_etag_is_the_version(draft, author):
    assert author.get(f"{V1}/proposals/{draft.pk}/")["ETag"] == f'"{draft.version}"'
    saved = patch(author, draft, {"title": "新案由"}, f'"{draft.version}"')
    assert (saved.status_code, saved["ETag"]) == (200, f'"{draft.version + 1}"')


@pytest.mark.parametrize("path", ["", "autosave/"])
def test_writing_without_a_version(draft, author, path):
    answer = patch(author, draft, {"title": "新案由"}, path=path)
    assert (answer.status_code, answer.json()["code"]) == (428, "precondition_required")
    assert Proposal.objects.get().title == draft.title


def test_writing_over_what_was_not_seen(draft, author):
    tags = ('"1"', '"999999999"', "1", '"x"', '"1", "2"', '"' + "9" * 400 + '"')
    answers = [patch(author, draft, {"title": "新案由"}, tag, path) for tag in tags for path in ("", "autosave/")]
    assert {(answer.status_code, answer.json()["code"]) for answer in answers} == {(412, "version_mismatch")}
    assert Proposal.objects.get().title == draft.title


def test_a_proxy_may_weaken_the_tag(draft, author):
    assert patch(author, draft, {"title": "新案由"}, f'W/"{draft.version}"').status_code == 200


def test_star_overwrites_on_purpose(draft, author):
    assert patch(author, draft, {"title": "新案由"}, "*").status_code == 200


def test_autosave_answers_shortly(draft, author):
    answer = patch(author, draft, {"situation": "写到一半"}, f'"{draft.version}"', "autosave/")
    fresh = Proposal.objects.get()
    assert answer.json() == {
        "id": draft.pk, "version": fresh.version, "saved_at": answer.json()["saved_at"], "warnings": [],
    }  # fmt: skip
    assert (answer["ETag"], fresh.situation) == (f'"{fresh.version}"', "写到一半")


def test_acts_look_at_the_version_when_it_is_given(draft, author):
    path = f"{V1}/proposals/{draft.pk}/transitions/submit/"
    stale = author.post(path, {}, format="json", headers={"If-Match": '"1"'})
    assert (stale.status_code, stale.json()["code"]) == (412, "version_mismatch")
    assert author.post(path, {}, format="json").status_code == 200


def test_reply_draft(c, client_of):
    mine = make.signed(c)
    operator = client_of(c.operator)
    path = f"{V1}/assignments/{mine.pk}/reply/"
    put = lambda tag: operator.put(path, {"body": "答复"}, format="json", headers={"If-Match": tag})  # noqa: E731
    assert operator.put(path, {"body": "答复"}, format="json").status_code == 428
    assert [put('"0"').status_code, put('"0"').status_code, put('"1"').status_code] == [200, 412, 200]


def test_too_late_is_409_when_no_version_was_given(c, client_of):
    proposal = make.submitted(c)
    answer = client_of(c.author).post(f"{V1}/proposals/{proposal.pk}/transitions/submit/", {}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (409, "too_late")
