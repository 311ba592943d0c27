"""Honest files come in whole; ids become part of a case; nothing half-done stays."""

import errno
import hashlib
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import DatabaseError
from django.utils import timezone

from documents import cleanup, uploads
from documents.models import Attachment
from tests.factories import people

from . import files

pytestmark = pytest.mark.django_db

HONEST = {
    "报告.pdf": (files.pdf(), "application/pdf"),
    "盖章.ofd": (files.package({"OFD.xml": b"<ofd/>", "Doc_0/Document.xml": b"<d/>"}), "application/ofd"),
    "提案.docx": (files.word(), files.MAIN_TYPES["word"].removesuffix(".main+xml")),
    "台账.xlsx": (files.sheet(), files.MAIN_TYPES["xl"].removesuffix(".main+xml")),
    "汇报.pptx": (files.office("ppt"), files.MAIN_TYPES["ppt"].removesuffix(".main+xml")),
    "旧文.doc": (files.ole("Root Entry", "WordDocument"), "application/msword"),
    "改名.doc": (files.word(), "application/msword"),
    "旧表.xls": (files.ole("Root Entry", "Workbook"), "application/vnd.ms-excel"),
    "含文档的表.xls": (files.ole("Workbook", "WordDocument"), "application/vnd.ms-excel"),
    "更旧的表.xls": (files.ole("Root Entry", "Book"), "application/vnd.ms-excel"),
    "旧稿.ppt": (files.ole("PowerPoint Document"), "application/vnd.ms-powerpoint"),
    "文字.wps": (files.ole("WordDocument"), "application/vnd.ms-works"),
    "表格.et": (files.ole("Workbook"), "application/vnd.ms-excel"),
    "演示.dps": (files.ole("PowerPoint Document"), "application/vnd.ms-powerpoint"),
    "现场.JPG": (files.jpeg(), "image/jpeg"),
    "现场.jpeg": (files.jpeg(), "image/jpeg"),
    "截图.png": (files.png(), "image/png"),
    "说明.txt": ("情况说明".encode(), "text/plain"),
    "老说明.txt": ("情况说明：县城东环路，第1至3段。".encode("gb18030"), "text/plain"),
    "记事本.txt": ("情况说明".encode("utf-16"), "text/plain"),
}


@pytest.mark.parametrize("name", HONEST)
def test_honest_file_is_received_whole(name):
    content, content_type = HONEST[name]
    user = people.user()
    made = uploads.receive(files.upload(name, content), user, purpose="proposal")
    kept = Attachment.objects.get()
    assert (kept.name, kept.size, kept.content_type, kept.purpose) == (name, len(content), content_type, "proposal")
    assert (kept.pk, kept.uploaded_by, kept.subject, kept.subject_id) == (made.pk, user, "", None)
    assert kept.sha256 == hashlib.sha256(content).hexdigest()
    assert kept.file.open().read() == content


def test_disk_shows_neither_name_nor_extension():
    made = uploads.receive(files.upload("王某某的材料.pdf", files.pdf()), people.user())
    assert Path(made.file.name).parent == Path(f"attachments/{timezone.localdate():%Y/%m}")
    assert uuid.UUID(hex=Path(made.file.name).name).version == 4
    assert Path(made.file.path).is_relative_to(settings.MEDIA_ROOT)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\文档\\报告.pdf", "报告.pdf"),
        ("../../etc/报告.pdf", "报告.pdf"),
        ("报\n告\x07.pdf", "报告.pdf"),
        ("e\u0301tude.pdf", "\u00e9tude.pdf"),
        ("报告 .pdf . ", "报告 .pdf"),
        ('报告"<1>".pdf', "报告__1__.pdf"),
        ("家\U0001f468\u200d\U0001f469.pdf", "家\U0001f468\u200d\U0001f469.pdf"),
        ("长" * 120 + ".pdf", "长" * 120 + ".pdf"),
        ("长" * 400 + ".pdf", "长" * 251 + ".pdf"),
    ],
)
def test_name_is_kept_as_people_gave_it(given, kept):
    assert uploads.receive(files.upload(given, files.pdf()), people.user()).name == kept


@pytest.mark.parametrize("trouble", [errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES])
def test_full_disk_is_a_sentence_and_leaves_nothing(trouble, monkeypatch):
    storage = Attachment._meta.get_field("file").storage
    started = []

    def half_written(name, content, max_length=None):
        path = Path(storage.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"half")
        started.append(path)
        raise OSError(trouble, "no room")

    monkeypatch.setattr(storage, "save", half_written)
    with pytest.raises(ValidationError) as refusal:
        uploads.receive(files.upload("报告.pdf", files.pdf()), people.user())
    assert refusal.value.messages == [
        "“报告.pdf”暂时存不下，服务器的存储空间可能已满，没有上传。请稍后再传；如果仍然不行，请联系管理员。"
    ]
    assert (Attachment.objects.count(), [path.exists() for path in started]) == (0, [False])


def test_row_that_fails_takes_its_file_along(monkeypatch):
    paths = []

    def broken(self, **kwargs):
        paths.append(Path(self.file.path))
        raise DatabaseError("full")

    monkeypatch.setattr(Attachment, "save", broken)
    with pytest.raises(DatabaseError):
        uploads.receive(files.upload("报告.pdf", files.pdf()), people.user())
    assert [path.exists() for path in paths] == [False]


def received(user, name="报告.pdf") -> Attachment:
    return uploads.receive(files.upload(name, files.pdf()), user)


def test_attach_gives_files_to_a_case_in_the_order_asked():
    user = people.user()
    first, second = received(user, "一.pdf"), received(user, "二.pdf")
    rows = uploads.attach([str(second.pk), first.pk, second.pk], user, "proposals.proposal", 7)
    assert [(row.name, row.subject, row.subject_id) for row in rows] == [
        ("二.pdf", "proposals.proposal", 7),
        ("一.pdf", "proposals.proposal", 7),
    ]
    assert [row.name for row in Attachment.objects.of("proposals.proposal", 7)] == ["一.pdf", "二.pdf"]


def test_attach_twice_to_the_same_case_changes_nothing():
    user = people.user()
    one = received(user)
    uploads.attach([one.pk], user, "proposals.proposal", 7)
    moved = Attachment.objects.get().moved_at
    assert [row.pk for row in uploads.attach([one.pk], user, "proposals.proposal", 7)] == [one.pk]
    assert Attachment.objects.get().moved_at == moved


@pytest.mark.parametrize("whose", ["somebody else's", "used elsewhere", "unknown", "no id", "of the portal"])
def test_attach_refuses_what_is_not_the_users_to_give(whose):
    user = people.user()
    mine = received(user)
    other = {
        "somebody else's": lambda: received(people.user()).pk,
        "used elsewhere": lambda: uploads.attach([received(user).pk], user, "proposals.proposal", 8)[0].pk,
        "unknown": uuid.uuid4,
        "no id": lambda: "7; drop table",
        "of the portal": lambda: received(None).pk,
    }[whose]()
    with pytest.raises(ValidationError) as refusal:
        uploads.attach([mine.pk, other], user, "proposals.proposal", 7)
    assert refusal.value.code == "gone"
    assert Attachment.objects.of("proposals.proposal", 7).count() == 0


def test_a_case_carries_no_more_than_its_limit(settings):
    settings.DOCUMENTS_MAX_PER_SUBJECT = 2
    user = people.user()
    ids = [received(user).pk for _ in range(3)]
    uploads.attach(ids[:2], user, "proposals.proposal", 7)
    uploads.attach(ids[:2], user, "proposals.proposal", 7)
    with pytest.raises(ValidationError) as refusal:
        uploads.attach(ids[2:], user, "proposals.proposal", 7)
    assert refusal.value.code == "count"
    assert Attachment.objects.of("proposals.proposal", 7).count() == 2


def test_waiting_uploads_are_limited_per_person(settings):
    settings.DOCUMENTS_MAX_WAITING = 2
    user = people.user()
    received(user), received(user)
    with pytest.raises(ValidationError) as refusal:
        received(user)
    assert refusal.value.code == "waiting"
    assert received(people.user()).pk is not None


def test_detached_file_waits_again():
    user = people.user()
    one = received(user)
    uploads.attach([one.pk], user, "proposals.proposal", 7)
    assert uploads.detach([one.pk], "proposals.proposal", 8) == 0
    assert uploads.detach([one.pk], "proposals.proposal", 7) == 1
    assert list(Attachment.objects.waiting_of(user)) == [one]


def test_discard_removes_row_and_file(django_capture_on_commit_callbacks):
    one = received(people.user())
    with django_capture_on_commit_callbacks(execute=True):
        uploads.discard(one)
    assert (Attachment.objects.count(), Path(one.file.path).exists()) == (0, False)


def test_discard_never_touches_a_file_of_a_case():
    user = people.user()
    one = received(user)
    uploads.attach([one.pk], user, "proposals.proposal", 7)
    with pytest.raises(ValidationError) as refusal:
        uploads.discard(one)
    assert refusal.value.code == "attached"
    assert (Attachment.objects.count(), Path(one.file.path).exists()) == (1, True)


def test_cleanup_removes_only_old_waiting_uploads(django_capture_on_commit_callbacks, capsys):
    user = people.user()
    old, fresh, used = received(user), received(user), received(user)
    uploads.attach([used.pk], user, "proposals.proposal", 7)
    eight_days_ago = timezone.now() - timedelta(days=8)
    Attachment.objects.filter(pk__in=[old.pk, used.pk]).update(moved_at=eight_days_ago)
    with django_capture_on_commit_callbacks(execute=True):
        call_command("clean_uploads")
    assert capsys.readouterr().out == "已删除未使用的附件 1 个，无登记的文件 0 个。\n"
    assert set(Attachment.objects.all()) == {fresh, used}
    assert [Path(a.file.path).exists() for a in (old, fresh, used)] == [False, True, True]
    assert cleanup.remove_unused() == 0


def test_cleanup_removes_files_without_a_row():
    kept = received(people.user())
    stray = Path(kept.file.path).with_name("0" * 32)
    stray.write_bytes(b"left by a killed process")
    tomorrow = timezone.now() + timedelta(days=1)
    assert cleanup.remove_strays() == 0
    cleanup.remove_strays(before=tomorrow)
    assert (stray.exists(), Path(kept.file.path).exists()) == (False, True)
