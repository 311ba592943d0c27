from django.conf import settings
from django.db import models
from django.urls import reverse


class Series(models.Model):
    """The last number given in a series; its row is locked while the next is taken, so there is no gap."""

    name = models.CharField("序列", max_length=40, unique=True)
    last = models.PositiveIntegerField("已用至", default=0)
    printed = models.PositiveIntegerField("系统启用前已印至", default=0)

    class Meta:
        verbose_name = "社情民意编号序列"
        verbose_name_plural = "社情民意编号序列"

    def __str__(self) -> str:
        return f"{self.name}: {self.last}"


class Issue(models.Model):
    """One 期 of 《社情民意》. It holds no text of its own: what it says is the edited text of its report."""

    year = models.PositiveSmallIntegerField("年度")
    number = models.PositiveIntegerField("期号")
    main_to = models.CharField("主送", max_length=200)
    copy_to = models.CharField("抄送", max_length=200, blank=True)
    issued_on = models.DateField("编发日期")
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="编发人", on_delete=models.PROTECT, related_name="+"
    )
    signer = models.CharField("签发人", max_length=80)

    class Meta:
        verbose_name = "《社情民意》期刊"
        verbose_name_plural = "《社情民意》期刊"
        ordering = ["-year", "-number"]
        constraints = [models.UniqueConstraint(fields=["year", "number"], name="opinion_issue_number")]

    def __str__(self) -> str:
        return f"{self.year}年第{self.number}期"

    @property
    def paper_url(self) -> str:
        return reverse("opinions:issue_paper", args=[self.pk])
