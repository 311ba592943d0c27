from django.db import models

from proposals.kinds import CategorySystem, Disposition
from workflow.history import tracked


@tracked()
class Category(models.Model):
    """A subject class. Two systems stand side by side, so that either report can be printed."""

    system = models.CharField("分类体系", max_length=12, choices=CategorySystem.choices)
    name = models.CharField("名称", max_length=40)
    order = models.PositiveIntegerField("排序", default=0)
    active = models.BooleanField("使用中", default=True)

    class Meta:
        verbose_name = "提案类别"
        verbose_name_plural = "提案类别"
        ordering = ["system", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["system", "name"],
                name="category_unique",
                violation_error_message="这个分类体系里已有同名类别。",
            )
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class RejectionReason(models.Model):
    """A coded reason not to file (提案工作条例的不予立案情形), with the usual way on."""

    code = models.CharField("代码", max_length=20, unique=True)
    text = models.CharField("情形", max_length=120)
    default_disposition = models.CharField(
        "通常去向", max_length=12, choices=Disposition.choices, default=Disposition.NONE
    )
    order = models.PositiveIntegerField("排序", default=0)
    active = models.BooleanField("使用中", default=True)

    class Meta:
        verbose_name = "不予立案情形"
        verbose_name_plural = "不予立案情形"
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.text
