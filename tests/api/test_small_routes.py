"""Attachments, inbox, work list, reference data."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings

from documents.models import Attachment
from notices.models import Message
from tests.factories import county as make

pytestmark = pytest.mark.django_db

V1 = "/api/v1"


@pytest.fixture
def author(c, client_of):
    return client_of(c.author)


def upload(client, content=b"text", name="说明.txt", **fields):
    return client.post(f"{V1}/attachments/", {"file": SimpleUploadedFile(name, content), **fields})


def test_upload_and_download(c, author):
    kept = upload(author, "内容".encode(), "关于😀附件.txt", purpose="附图").json()
    row = Attachment.objects.get()
    assert kept == {
        "id": str(row.pk), "name": "关于😀附件.txt", "size": 6, "content_type": "text/plain", "sha256": row.sha256,
        "purpose": "附图", "created_at": kept["created_at"], "waiting": True, "warning": "",
    }  # fmt: skip
    answer = author.get(f"{V1}/attachments/{row.pk}/file/")
    assert (b"".join(answer.streaming_content), answer["X-Content-Type-Options"]) == ("内容".encode(), "nosniff")
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("name", "content"), [("程序.exe", b"MZ"), ("空.txt", b""), ("假.pdf", b"text"), ("包.zip", b"PK")]
)
def test_refused_files(author, name, content):
    answer = upload(author, content, name)
    assert (answer.status_code, [error["pointer"] for error in answer.json()["errors"]]) == (400, ["/file"])
    assert Attachment.objects.count() == 0


@override_settings(DOCUMENTS_MAX_BYTES=1000)
def test_files_that_are_too_large(author):
    answer = upload(author, b"a" * 2000)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    assert answer.json()["next_step"] == "请压缩或拆成几个文件后再上传。"
    assert Attachment.objects.count() == 0


@pytest.mark.parametrize("fields", [{}, {"file": "text"}, {"other": "x"}])
def test_uploads_without_a_file(author, fields):
    answer = author.post(f"{V1}/attachments/", fields)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/file")


def test_file_that_is_missing_on_disk(author):
    kept = upload(author).json()
    row = Attachment.objects.get()
    row.file.storage.delete(row.file.name)
    answer = author.get(f"{V1}/attachments/{kept['id']}/file/")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_inbox(c, author, client_of):
    one, two, three = (Message.objects.create(recipient=c.author, subject=f"消息{n}") for n in (1, 2, 3))
    listed = lambda **asked: [row["id"] for row in author.get(f"{V1}/me/inbox/", asked).json()["results"]]  # noqa: E731
    assert (listed(), author.get(f"{V1}/me/inbox/unread/").json()) == ([three.pk, two.pk, one.pk], {"unread": 3})
    assert author.post(f"{V1}/me/inbox/{two.pk}/read/").json() == {"marked": 1}
    assert (listed(unread="true"), listed(unread="false")) == ([three.pk, one.pk], [two.pk])
    assert author.post(f"{V1}/me/inbox/read/", {"up_to": two.pk}, format="json").json() == {"marked": 1}
    assert listed(unread="true") == [three.pk]
    assert client_of(c.other_member).get(f"{V1}/me/inbox/").json()["count"] == 0


def test_work_list_of_each_role(c, client_of):
    make.submitted(c)
    make.assigned(c)
    what = {
        who: [(item["what"], item["act"], item["urgency"]) for item in _todo(client_of(getattr(c, who)))]
        for who in ("author", "reviewer", "head", "operator", "other_member")
    }
    assert what == {
        "author": [],
        "reviewer": [("初审", "pre_review", "other")],
        "head": [],
        "operator": [("签收", "sign_for", what["operator"][0][2])],
        "other_member": [],
    }


def _todo(client) -> list[dict]:
    body = client.get(f"{V1}/me/todo/").json()
    assert body["count"] == len(body["items"])
    return body["items"]


def test_reference_data(c, author):
    shown = {path: author.get(f"{V1}/{path}/").json()["results"] for path in ("sessions", "units", "categories")}
    assert [(row["code"], row["name"]) for row in shown["sessions"]] == [("11-4", "十一届四次会议")]
    assert [row["name"] for row in shown["units"]] == ["县财政局", "县教育局", "县水利局"]
    assert shown["units"][0]["system_label"] == "政府系统"
    business = author.get(f"{V1}/categories/", {"system": "business"}).json()["results"]
    assert {row["system_label"] for row in business} == {"业务类别"}
    reasons = author.get(f"{V1}/rejection-reasons/").json()["results"]
    assert {"id", "code", "text", "default_disposition"} == set(reasons[0])
