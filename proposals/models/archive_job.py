"""届次归档: the making of one .zip of a session's cases, which takes minutes and can be watched and cancelled."""

import uuid
from enum import nonmember

from django.conf import settings
from django.db import models
from django.utils import timezone

from members.models import Session


class ArchiveStatus(models.TextChoices):
    QUEUED = "queued", "等待开始"
    RUNNING = "running", "正在生成"
    DONE = "done", "已生成"
    FAILED = "failed", "没有成功"
    CANCELLED = "cancelled", "已取消"
    EXPIRED = "expired", "下载期限已过，文件已删除"

    UNDER_WAY = nonmember(("queued", "running"))


class ArchiveJob(models.Model):
    """The key is the private link. The file lies outside the uploads, with a random name, until it expires."""

    id = models.UUIDField("编号", primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(Session, verbose_name="届次", on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="申请人", on_delete=models.PROTECT, related_name="+"
    )
    status = models.CharField("进度", max_length=12, choices=ArchiveStatus.choices, default=ArchiveStatus.QUEUED)
    total = models.PositiveIntegerField("总件数", default=0)
    done = models.PositiveIntegerField("已完成", default=0)
    left_out = models.PositiveIntegerField("尚未办结、没有归入的", default=0)
    cancel_asked = models.BooleanField("已要求取消", default=False)
    note = models.CharField("说明", max_length=200, blank=True)
    path = models.CharField("存放位置", max_length=200, blank=True)
    size = models.BigIntegerField("大小（字节）", default=0)
    sha256 = models.CharField("校验值", max_length=64, blank=True)
    created_at = models.DateTimeField("申请时间", default=timezone.now, editable=False)
    beat_at = models.DateTimeField("最近进展", null=True, blank=True)
    finished_at = models.DateTimeField("完成时间", null=True, blank=True)
    expires_at = models.DateTimeField("下载期限", null=True, blank=True)

    class Meta:
        verbose_name = "届次归档"
        verbose_name_plural = "届次归档"
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.session}归档"

    @property
    def is_under_way(self) -> bool:
        return self.status in ArchiveStatus.UNDER_WAY

    @property
    def may_be_taken(self) -> bool:
        return self.status == ArchiveStatus.DONE and self.expires_at is not None and self.expires_at > timezone.now()
