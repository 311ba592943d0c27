"""What every case has, and the one append-only log of what was done."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils import timezone

from .transition import title_of


class Case(models.Model):
    """Something with a life of its own. Only the engine writes `state` and `version`."""

    ENGINE_FIELDS = ("state", "version")
    process_name = ""
    parent_field: str | None = None

    state = models.CharField("状态", max_length=32, editable=False)
    version = models.PositiveIntegerField("版本", default=1, editable=False)

    class Meta:
        abstract = True

    def save(self, *, update_fields=None, **options):
        """Saving the whole of an existing row leaves out what only the engine writes."""
        if update_fields is None and not self._state.adding:
            update_fields = [
                field.name for field in self._meta.concrete_fields
                if not (field.primary_key or field.generated or field.name in self.ENGINE_FIELDS)
            ]  # fmt: skip
        super().save(update_fields=update_fields, **options)

    @property
    def root(self):
        """The case in whose log this one writes: itself or its parent."""
        return getattr(self, self.parent_field) if self.parent_field else self

    @property
    def root_id(self) -> int:
        return getattr(self, f"{self.parent_field}_id") if self.parent_field else self.pk

    @property
    def loaded_root(self):
        """The root when it costs no query, otherwise None."""
        return self._state.fields_cache.get(self.parent_field) if self.parent_field else self

    @classmethod
    def root_model(cls):
        return cls._meta.get_field(cls.parent_field).related_model if cls.parent_field else cls


class RootCase(Case):
    """A case that owns a chain of events; the count and head show a cut-off tail too.

    `changed_at` moves with every act on it or its children and with every saved text: what a
    program that keeps a copy asks for (API: changed_since).
    """

    ENGINE_FIELDS = (*Case.ENGINE_FIELDS, "events_count", "events_head", "changed_at")

    events_count = models.PositiveIntegerField("记录数", default=0, editable=False)
    events_head = models.CharField("链首校验值", max_length=64, default="", editable=False)
    changed_at = models.DateTimeField("最近变动", default=timezone.now, editable=False)

    class Meta:
        abstract = True


class Event(models.Model):
    """One act that was done. Rows are never changed or removed: the database refuses it."""

    process = models.CharField("流程", max_length=32)
    object_id = models.BigIntegerField("对象编号")
    case_process = models.CharField("所属事项", max_length=32)
    case_id = models.BigIntegerField("事项编号")
    sequence = models.PositiveIntegerField("序号")
    act = models.CharField("动作", max_length=40)
    label = models.CharField("动作名称", max_length=40)
    from_state = models.CharField("原状态", max_length=32, blank=True)
    to_state = models.CharField("新状态", max_length=32, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="操作人",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    actor_name = models.CharField("操作人姓名", max_length=80)
    capacity = models.CharField("身份", max_length=80, blank=True)
    on_behalf_of = models.CharField("代何人", max_length=120, blank=True)
    reason = models.TextField("理由", blank=True)
    data = models.JSONField("内容", default=dict)
    happened_at = models.DateTimeField("发生时间")
    recorded_at = models.DateTimeField("记录时间")
    origin = models.CharField("来源", max_length=16, default="portal")
    door = models.CharField("入口", max_length=16)
    ip = models.GenericIPAddressField("地址", null=True)
    previous_hash = models.CharField("上一条校验值", max_length=64, blank=True)
    hash = models.CharField("校验值", max_length=64)

    class Meta:
        verbose_name = "办理记录"
        verbose_name_plural = "办理记录"
        ordering = ["case_process", "case_id", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["case_process", "case_id", "sequence"], name="event_sequence_unique")
        ]
        indexes = [
            models.Index(fields=["process", "object_id"], name="event_object"),
            models.Index(fields=["act", "happened_at"], name="event_act_time"),
        ]
        # Vendor SQL on purpose: a log that the database itself keeps append-only.
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{title_of(self.case_process)} {self.case_id} #{self.sequence} {self.label}"
