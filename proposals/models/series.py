from django.db import models


class NumberSeries(models.Model):
    """The last number given in a series; the row is locked while the next is taken, so there is no gap."""

    name = models.CharField("序列", max_length=60, unique=True)
    last = models.PositiveIntegerField("已用至", default=0)

    class Meta:
        verbose_name = "编号序列"
        verbose_name_plural = "编号序列"

    def __str__(self) -> str:
        return f"{self.name}: {self.last}"
