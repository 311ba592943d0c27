"""Upload, download and removal through the pages."""

import json
from email.message import Message
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from documents import access, uploads
from documents.models import Attachment
from tests.factories import people

from . import files

pytestmark = pytest.mark.django_db

UPLOADS = "/documents/"
QUERIES = 5  # session, user, uploads, and for the frame of the page: posts and unread messages
HTML = {"HTTP_ACCEPT": "text/html,application/xhtml+xml,*/*;q=0.8"}


def logged_in(user) -> Client:
    client = Client(enforce_csrf_checks=False)
    client.force_login(user)
    return client


@pytest.fixture
def user():
    return people.user("周明远")


@pytest.fixture
def client(user):
    return logged_in(user)


def received(user, name="报告.pdf") -> Attachment:
    return uploads.receive(files.upload(name, files.pdf()), user)


@pytest.fixture
def rule(monkeypatch):
    """A subject "tests.case" that its readers may see."""
    readers = set()
    monkeypatch.setattr(access, "_rules", {"tests.case": lambda user, pk, attachment: (user.pk, pk) in readers})
    return readers


def test_addresses_are_the_agreed_ones(user):
    one = received(user)
    assert reverse("documents:uploads") == UPLOADS
    assert one.url == f"/documents/{one.pk}/"


def test_script_gets_id_name_and_size(client, user):
    response = client.post(UPLOADS, {"file": files.upload("报告.pdf", files.pdf()), "purpose": "proposal"})
    made = Attachment.objects.get()
    assert (response.status_code, response["Content-Type"]) == (201, "application/json")
    assert response.json() == {"id": str(made.pk), "name": "报告.pdf", "size": len(files.pdf()), "note": made.scan_note}
    assert (made.uploaded_by, made.purpose) == (user, "proposal")


@pytest.mark.parametrize("name", ["长" * 116 + ".pdf", "会议\U0001f4c4纪要.pdf", "a b;c'd,e.pdf", "100%.pdf"])
def test_name_survives_the_round_trip(client, name):
    made = client.post(UPLOADS, {"file": files.upload(name, files.pdf())}).json()
    response = client.get(f"/documents/{made['id']}/")
    header = Message()
    header["Content-Disposition"] = response["Content-Disposition"]
    got = header.get_filename()
    assert made["name"] == name
    assert (header.get_content_disposition(), got) == ("attachment", name)
    assert b"".join(response.streaming_content) == files.pdf()


def test_script_gets_the_sentence_of_a_refusal(client):
    response = client.post(UPLOADS, {"file": files.upload("安装.exe", b"MZ")})
    assert response.status_code == 400
    assert list(response.json()) == ["errors"]
    assert response.json()["errors"][0].partition("。")[0] == "“安装.exe”不是可以上传的文件类型，没有上传"
    assert Attachment.objects.count() == 0


def test_no_file_is_a_sentence(client):
    response = client.post(UPLOADS, {})
    assert (response.status_code, response.json()) == (400, {"errors": ["没有选择文件。请先选择要上传的文件。"]})


def test_oversized_file_is_stopped_while_it_arrives(client, settings):
    settings.DOCUMENTS_MAX_BYTES = 100_000
    response = client.post(UPLOADS, {"file": files.upload("大.pdf", files.pdf(b"0" * 300_000)), "purpose": "after"})
    assert response.status_code == 400
    assert response.json()["errors"][0].partition(" ")[0] == "“大.pdf”超过"
    assert Attachment.objects.count() == 0


def test_page_without_script_keeps_the_good_file_and_names_the_bad_one(client):
    data = {"file": [files.upload("好.pdf", files.pdf()), files.upload("坏.exe", b"MZ")], "next": "/inbox/"}
    response = client.post(UPLOADS, data, **HTML)
    assert (response.status_code, response["Location"]) == (302, "/inbox/")
    page = client.get(UPLOADS, **HTML).content.decode()
    assert [name for name in ("好.pdf", "坏.exe") if f">{name}</a>" in page] == ["好.pdf"]
    assert "“坏.exe”不是可以上传的文件类型" in page


def test_next_page_is_never_another_site(client):
    data = {"file": files.upload("好.pdf", files.pdf()), "next": "https://evil.example/"}
    assert client.post(UPLOADS, data, **HTML)["Location"] == UPLOADS


def test_upload_needs_the_csrf_token(user):
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    assert client.post(UPLOADS, {"file": files.upload("a.pdf", files.pdf())}).status_code == 403
    assert Attachment.objects.count() == 0
    client.get(UPLOADS, **HTML)
    token = client.cookies["csrftoken"].value
    answer = client.post(UPLOADS, {"file": files.upload("a.pdf", files.pdf())}, HTTP_X_CSRFTOKEN=token)
    assert answer.status_code == 201


def test_strangers_are_sent_to_the_log_in(user):
    one = received(user)
    for method, address in (("get", UPLOADS), ("post", UPLOADS), ("get", one.url), ("post", f"{one.url}delete/")):
        assert getattr(Client(), method)(address).status_code == 302
    assert Attachment.objects.count() == 1


def test_download_is_an_attachment_nobody_keeps(client, user):
    response = client.get(received(user, "报告.pdf").url)
    assert {name: response[name] for name in ("X-Content-Type-Options", "Cache-Control", "Content-Disposition")} == {
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
        "Content-Disposition": "attachment; filename*=utf-8''%E6%8A%A5%E5%91%8A.pdf",
    }
    assert (response["Content-Type"], response["Content-Length"]) == ("application/pdf", str(len(files.pdf())))


def test_waiting_upload_is_its_owners_alone(user):
    one = received(user)
    assert logged_in(people.user()).get(one.url).status_code == 404
    assert logged_in(people.user(is_superuser=True)).get(one.url).status_code == 404


def test_file_of_a_case_follows_the_case(user, rule):
    one = received(user)
    uploads.attach([one.pk], user, "tests.case", 7)
    reader = people.user()
    rule.add((reader.pk, 7))
    assert logged_in(reader).get(one.url).status_code == 200
    assert logged_in(people.user()).get(one.url).status_code == 404
    # Even who uploaded it reads it only as long as the case is in reach.
    assert logged_in(user).get(one.url).status_code == 404


def test_file_of_an_unregistered_subject_is_closed(user, rule):
    one = received(user)
    uploads.attach([one.pk], user, "tests.unknown", 7)
    assert logged_in(user).get(one.url).status_code == 404


def test_unknown_file_is_404(client):
    assert client.get("/documents/2b0e5ac6-4d5e-4d0c-8d0e-6a5d0f0c1c11/").status_code == 404


def test_nginx_sends_the_file_when_it_stands_in_front(client, user, settings):
    settings.X_ACCEL_PREFIX = "/_files/"
    one = received(user, "报告.pdf")
    response = client.get(one.url)
    assert (response["X-Accel-Redirect"], response.content) == (f"/_files/{one.file.name}", b"")
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''%E6%8A%A5%E5%91%8A.pdf"
    assert (response["Content-Type"], response["X-Content-Type-Options"]) == ("application/pdf", "nosniff")


@pytest.mark.parametrize("prefix", ["", "/_files/"])
def test_missing_file_is_a_page_not_a_crash(client, user, settings, prefix):
    settings.X_ACCEL_PREFIX = prefix
    one = received(user)
    Path(one.file.path).unlink()
    response = client.get(one.url)
    assert response.status_code == 404
    assert "<h1>文件暂时无法读取</h1>" in response.content.decode()


def test_owner_removes_a_waiting_upload(client, user, django_capture_on_commit_callbacks):
    one, two = received(user), received(user)
    with django_capture_on_commit_callbacks(execute=True):
        assert client.delete(one.url).status_code == 204
        assert client.post(f"{two.url}delete/", **HTML).status_code == 302
    assert Attachment.objects.count() == 0
    assert not Path(one.file.path).exists()


def test_nobody_else_removes_it(user):
    one = received(user)
    assert logged_in(people.user()).delete(one.url).status_code == 404
    assert logged_in(people.user()).post(f"{one.url}delete/").status_code == 404
    assert logged_in(user).get(f"{one.url}delete/").status_code == 405
    assert Attachment.objects.count() == 1


def test_file_of_a_case_is_not_removed_here(client, user):
    one = received(user)
    uploads.attach([one.pk], user, "tests.case", 7)
    response = client.delete(one.url)
    assert (response.status_code, list(json.loads(response.content))) == (409, ["errors"])
    assert Attachment.objects.count() == 1


def test_own_uploads_page_costs_the_same_for_one_and_for_three(client, user, django_assert_num_queries):
    received(user)
    received(people.user("别人"), "别人的.pdf")
    client.get(UPLOADS, **HTML)  # the session notes its first use
    with django_assert_num_queries(QUERIES):
        page_of_one = client.get(UPLOADS, **HTML).content.decode()
    received(user)
    received(user)
    with django_assert_num_queries(QUERIES):
        page_of_three = client.get(UPLOADS, **HTML).content.decode()
    assert [page.count("报告.pdf</a>") for page in (page_of_one, page_of_three)] == [1, 3]
    assert page_of_three.count("别人的.pdf") == 0


def test_admin_shows_but_changes_nothing(user):
    one = received(user)
    client = logged_in(people.user(is_superuser=True))
    assert client.get("/admin/documents/attachment/").status_code == 200
    assert client.get(f"/admin/documents/attachment/{one.pk}/change/").status_code == 200
    assert client.get("/admin/documents/attachment/add/").status_code == 403
    assert client.post(f"/admin/documents/attachment/{one.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Attachment.objects.count() == 1
