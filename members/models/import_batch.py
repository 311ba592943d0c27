from django.conf import settings
from django.db import models
from django.db.models import Q


class ImportBatch(models.Model):
    """One import that wrote something: which file, by whom, and whether it has been taken back since."""

    class Purpose(models.TextChoices):
        ROSTER = "roster", "委员名册"

    purpose = models.CharField("导入的是", max_length=12, choices=Purpose.choices)
    file_name = models.CharField("文件名", max_length=255)
    sha256 = models.CharField("文件校验值", max_length=64)
    target = models.CharField("届", max_length=20, blank=True)
    rows = models.PositiveIntegerField("读了几行")
    added = models.PositiveIntegerField("新增")
    updated = models.PositiveIntegerField("更新")
    unchanged = models.PositiveIntegerField("没有变化")
    imported_at = models.DateTimeField("导入时间")
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="导入人", null=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField("撤回时间", null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="撤回人", null=True, blank=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    undone_reason = models.CharField("撤回原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "导入批次"
        verbose_name_plural = "导入批次"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None, undone_reason="")
                | (Q(undone_at__isnull=False) & ~Q(undone_reason="")),
                name="import_batch_undone_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"导入批次 {self.pk}（{self.file_name}）"

    @property
    def is_undone(self) -> bool:
        return self.undone_at is not None


class ImportedChange(models.Model):
    """What an import did to one row of a table. before and after: field → value; all fields where it came or went."""

    class Action(models.TextChoices):
        CREATED = "created", "新增"
        CHANGED = "changed", "修改"
        ENDED = "ended", "结束"
        REMOVED = "removed", "并入后删去"

    batch = models.ForeignKey(ImportBatch, verbose_name="导入批次", on_delete=models.PROTECT, related_name="changes")
    sheet = models.CharField("工作表", max_length=40, blank=True)
    row = models.PositiveIntegerField("行", default=0)
    who = models.CharField("姓名或名称", max_length=80)
    model = models.CharField("表", max_length=60)
    object_id = models.BigIntegerField("编号")
    action = models.CharField("做了什么", max_length=8, choices=Action.choices)
    before = models.JSONField("原来", default=dict)
    after = models.JSONField("导入后", default=dict)

    class Meta:
        verbose_name = "导入的改动"
        verbose_name_plural = "导入的改动"
        ordering = ["pk"]
        indexes = [models.Index(fields=["model", "object_id"], name="imported_change_object")]

    def __str__(self) -> str:
        return f"{self.who}：{self.get_action_display()}"

    @property
    def key(self) -> tuple[str, int]:
        return self.model, self.object_id
