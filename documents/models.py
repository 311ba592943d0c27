"""Files that came in. A row per file; the file itself lies under MEDIA_ROOT with a random name."""

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone


def random_path(attachment, given_name: str) -> str:
    """Neither the given name nor its extension reaches the disk, so nothing stored can be run or guessed."""
    return f"attachments/{timezone.localdate():%Y/%m}/{uuid.uuid4().hex}"


class Scan(models.TextChoices):
    """What became of looking for marks of secrecy in a file's words."""

    NOT_YET = "", "没有检查"
    DONE = "done", "已检查文字"
    PICTURE = "picture", "是图片，文字无法检查"
    FAILED = "failed", "打不开或内容太多，没有检查完"


class AttachmentQuerySet(models.QuerySet):
    def of(self, subject: str, subject_id: int):
        """The files of one case ("proposals.proposal", pk), oldest first."""
        return self.filter(subject=subject, subject_id=subject_id)

    def of_many(self, subject: str, subject_ids):
        return self.filter(subject=subject, subject_id__in=subject_ids)

    def waiting(self):
        """Uploaded and not yet part of any case."""
        return self.filter(subject="")

    def waiting_of(self, user):
        return self.waiting().filter(uploaded_by=user)


class Attachment(models.Model):
    """A file as it was received. It never changes; only what it belongs to does."""

    id = models.UUIDField("编号", primary_key=True, default=uuid.uuid4, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="上传人",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    name = models.CharField("文件名", max_length=255)
    size = models.BigIntegerField("大小（字节）")
    content_type = models.CharField("类型", max_length=100)
    sha256 = models.CharField("校验值", max_length=64)
    purpose = models.CharField("用途", max_length=40, blank=True)
    subject = models.CharField("所属事项类型", max_length=60, blank=True)
    subject_id = models.BigIntegerField("所属事项编号", null=True, blank=True)
    created_at = models.DateTimeField("上传时间", default=timezone.now, editable=False)
    moved_at = models.DateTimeField("最近变动时间", default=timezone.now, editable=False)
    scan = models.CharField("密级标志检查", max_length=10, choices=Scan.choices, default=Scan.NOT_YET, blank=True)
    marks = models.JSONField("疑似密级标志", default=list, blank=True)
    file = models.FileField("存放位置", upload_to=random_path, max_length=120)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = "附件"
        verbose_name_plural = "附件"
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(subject="", subject_id=None)
                | (~models.Q(subject="") & models.Q(subject_id__isnull=False)),
                name="attachment_subject_whole",
            ),
            models.CheckConstraint(condition=models.Q(size__gt=0), name="attachment_size_positive"),
        ]
        indexes = [
            models.Index(fields=["subject", "subject_id"], name="attachment_subject"),
            models.Index(
                fields=["uploaded_by", "moved_at"],
                condition=models.Q(subject=""),
                name="attachment_waiting",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def scan_note(self) -> str:
        """What the person who uploaded it should know of the scan; "" when all was read and nothing found."""
        if self.marks:
            more = "等" if len(self.marks) > 3 else ""
            return f"请注意：文件里有“{'”“'.join(self.marks[:3])}”{more}字样"
        return f"{self.get_scan_display()}，请自己确认不含涉密内容" if self.scan in (Scan.PICTURE, Scan.FAILED) else ""

    @property
    def url(self) -> str:
        return reverse("documents:download", args=[self.pk])

    @property
    def is_on_disk(self) -> bool:
        """False after a restore without the media folder; the page then says so instead of failing."""
        return bool(self.file) and self.file.storage.exists(self.file.name)


class PaperTemplateQuerySet(models.QuerySet):
    def content_of(self, kind: str) -> bytes:
        """The template in force, or b"" where the paper of the house is. One query."""
        row = self.filter(kind=kind).order_by("-pk").values_list("content", flat=True).first()
        return bytes(row or b"")

    def contents(self) -> dict[str, bytes]:
        """Every template in force, by kind. One query."""
        return {kind: bytes(content) for kind, content in self.in_force().values_list("kind", "content") if content}

    def in_force(self):
        """The last version of each kind; 恢复默认 is a version without content."""
        return self.filter(pk__in=self.order_by("kind", "-pk").distinct("kind").values("pk"))


class PaperTemplate(models.Model):
    """A version of a template of an official paper. Versions are added, never changed or removed."""

    kind = models.CharField("公文", max_length=40)
    name = models.CharField("文件名", max_length=255, blank=True)
    content = models.BinaryField("内容", blank=True)
    sha256 = models.CharField("校验值", max_length=64, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name="操作人", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("时间", default=timezone.now, editable=False)

    objects = PaperTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = "公文模板"
        verbose_name_plural = "公文模板"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["kind", "-id"], name="paper_template_kind")]

    def __str__(self) -> str:
        return self.name or "恢复默认"

    @property
    def is_default(self) -> bool:
        return not self.content
