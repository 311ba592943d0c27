"""Long work that one person asked for: waits, is done by a worker, can be watched and stopped, and its file expires."""

import uuid
from enum import nonmember

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from exports import limits


class JobStatus(models.TextChoices):
    WAITING = "waiting", "等待"
    RUNNING = "running", "进行中"
    DONE = "done", "完成"
    CANCELLED = "cancelled", "已取消"
    FAILED = "failed", "失败"
    EXPIRED = "expired", "已过期，文件已删除"

    UNDER_WAY = nonmember(("waiting", "running"))


class JobQuerySet(models.QuerySet):
    def of(self, user):
        return self.filter(owner=user)

    def under_way(self):
        return self.filter(status__in=JobStatus.UNDER_WAY)

    def lost(self):
        """Their worker has not been heard of for longer than the lease."""
        return self.filter(status=JobStatus.RUNNING, beat_at__lt=timezone.now() - limits.LEASE)


class Job(models.Model):
    """The key is the private link; nobody but the owner gets past it.

    `claim` counts how often a worker took the job: who holds an older number has lost it and may write nothing more.
    `slot`: one of the places in which jobs run side by side.
    """

    id = models.UUIDField("编号", primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="申请人", on_delete=models.PROTECT, related_name="jobs"
    )
    kind = models.CharField("种类", max_length=40)
    label = models.CharField("内容", max_length=200)
    parameters = models.JSONField("条件", default=dict, blank=True, editable=False)
    status = models.CharField("状态", max_length=12, choices=JobStatus.choices, default=JobStatus.WAITING)
    done = models.PositiveIntegerField("已完成", default=0)
    total = models.PositiveIntegerField("总数", default=0)
    cancel_asked = models.BooleanField("已要求取消", default=False)
    standing = models.CharField("申请时的职务", max_length=64, blank=True, editable=False)
    claim = models.PositiveSmallIntegerField("开始次数", default=0, editable=False)
    slot = models.PositiveSmallIntegerField("位置", null=True, blank=True, editable=False)
    stored = models.CharField("存放名", max_length=100, blank=True, editable=False)
    name = models.CharField("文件名", max_length=200, blank=True)
    size = models.BigIntegerField("大小（字节）", default=0)
    error = models.CharField("说明", max_length=300, blank=True)
    created_at = models.DateTimeField("申请时间", default=timezone.now, editable=False)
    beat_at = models.DateTimeField("最近进展", null=True, blank=True)
    finished_at = models.DateTimeField("结束时间", null=True, blank=True)
    expires_at = models.DateTimeField("下载期限", null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = "后台导出"
        verbose_name_plural = "后台导出"
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["owner"], condition=Q(status="running"), name="job_one_running_each"),
            models.UniqueConstraint(fields=["slot"], condition=Q(status="running"), name="job_slot"),
            models.CheckConstraint(condition=Q(total=0) | Q(done__lte=F("total")), name="job_done_within_total"),
        ]
        indexes = [
            models.Index(fields=["owner", "-created_at"], name="job_own"),
            models.Index(fields=["status", "created_at"], name="job_status"),
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("exports:job", args=[self.pk])

    @property
    def is_under_way(self) -> bool:
        return self.status in JobStatus.UNDER_WAY

    @property
    def may_be_taken(self) -> bool:
        return self.status == JobStatus.DONE and self.expires_at is not None and self.expires_at > timezone.now()
