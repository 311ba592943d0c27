"""The same key does a thing once, whatever happens to the first sending."""

import threading
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.utils import timezone

from documents.models import Attachment
from proposals.models import Proposal
from tests.factories import county as make
from workflow.models import Event
from xiping_cppcc.api import idempotency
from xiping_cppcc.api.models import KeptAnswer

pytestmark = pytest.mark.django_db

PATH = "/api/v1/proposals/"
BODY = {"title": "关于增设公交站点的提案"}


def create(client, key="k-1", body=BODY):
    return client.post(PATH, body, format="json", headers={"Idempotency-Key": key})


@pytest.fixture
def author(c, client_of):
    return client_of(c.author)


def test_repeated(author):
    first, second = create(author), create(author)
    assert (first.status_code, second.status_code) == (201, 201)
    assert second.json() == first.json()
    assert {name: second[name] for name in ("ETag", "Location", "Content-Type")} == {
        name: first[name] for name in ("ETag", "Location", "Content-Type")
    }
    assert ("Idempotent-Replayed" in first, second["Idempotent-Replayed"]) == (False, "true")
    assert Proposal.objects.count() == 1


def test_same_content_in_another_order_is_the_same(author):
    create(author, body={"title": "甲", "situation": "乙"})
    assert create(author, body={"situation": "乙", "title": "甲"}).status_code == 201
    assert Proposal.objects.count() == 1


def test_other_content(author):
    create(author)
    answer = create(author, body={"title": "另一件"})
    assert (answer.status_code, answer.json()["code"]) == (422, "key_reused")
    assert Proposal.objects.count() == 1


def test_other_people_and_addresses_have_keys_of_their_own(c, author, client_of):
    create(author)
    create(client_of(c.other_member))
    assert Proposal.objects.count() == 2
    case = Proposal.objects.filter(first_proposer=c.author.person).get()
    answer = author.post(
        f"{PATH}{case.pk}/transitions/withdraw/", BODY, format="json", headers={"Idempotency-Key": "k-1"}
    )
    assert answer.status_code == 400


def test_refusals_are_repeated_too(c, author):
    proposal = make.draft(c, suggestions=())
    path, key = f"{PATH}{proposal.pk}/transitions/submit/", {"Idempotency-Key": "k-2"}
    first, second = (author.post(path, {}, format="json", headers=key) for _ in range(2))
    assert (first.status_code, first.json()["code"]) == (409, "incomplete")
    assert (second.json(), second["Content-Type"]) == (first.json(), "application/problem+json")


def test_act_is_done_once(c, author):
    proposal = make.draft(c)
    path, key = f"{PATH}{proposal.pk}/transitions/submit/", {"Idempotency-Key": "k-3"}
    answers = [author.post(path, {}, format="json", headers=key) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert Event.objects.filter(act="submit").count() == 1


@pytest.mark.parametrize("key", ["", " ", "a b", "键", "x" * 201])
def test_keys_that_are_none(author, key):
    answer = create(author, key)
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")


def test_after_a_day_it_is_a_new_request(author):
    create(author)
    KeptAnswer.objects.update(created_at=timezone.now() - timedelta(hours=25))
    assert "Idempotent-Replayed" not in create(author)
    assert Proposal.objects.count() == 2


def test_forgetting(author):
    create(author, "old")
    KeptAnswer.objects.update(created_at=timezone.now() - timedelta(hours=25))
    create(author, "new")
    assert (idempotency.forget_old(), KeptAnswer.objects.get().key) == (1, "new")


def test_a_worker_that_died_leaves_nothing_and_may_be_asked_again(author, monkeypatch):
    """Between the deed and its answer both are lost together."""

    def die(*args):
        raise RuntimeError("killed")

    with monkeypatch.context() as patched:
        patched.setattr(idempotency, "_keep", die)
        assert create(author).status_code == 500
    assert (Proposal.objects.count(), KeptAnswer.objects.get().status) == (0, None)
    assert create(author).status_code == 201
    assert create(author)["Idempotent-Replayed"] == "true"


def test_uploads(author):
    def upload(content: bytes):
        file = SimpleUploadedFile("说明.txt", content)
        return author.post("/api/v1/attachments/", {"file": file}, headers={"Idempotency-Key": "u-1"})

    first, second, other = upload("内容".encode()), upload("内容".encode()), upload("别的".encode())
    assert (first.status_code, second.json(), other.status_code) == (201, first.json(), 422)
    assert Attachment.objects.count() == 1


def test_secrets_are_not_kept(c, author):
    """Neither log-in nor change of password leaves a trace of its body."""
    body = {"old_password": "a", "new_password": "b"}
    author.post("/api/v1/auth/password/", body, format="json", headers={"Idempotency-Key": "p-1"})
    assert KeptAnswer.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_while_the_first_is_being_done(author):
    create(author)
    KeptAnswer.objects.update(status=None)
    held, done = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic():
            KeptAnswer.objects.select_for_update().get()
            held.set()
            done.wait(10)
        connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait(10)
    answer = create(author)
    done.set()
    thread.join()
    assert (answer.status_code, answer.json()["code"], answer["Retry-After"]) == (409, "request_in_progress", "1")
    assert Proposal.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_many_at_once_make_one(c, client_of):
    """A double tap, twelve fold: one draft, and nobody hears of an error of ours."""
    clients = [client_of(c.author) for _ in range(6)]
    answers = []

    def send(client):
        answers.extend(create(client).status_code for _ in range(2))
        connection.close()

    threads = [threading.Thread(target=send, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Proposal.objects.count() == 1
    assert set(answers) <= {201, 409}
    assert 201 in answers
