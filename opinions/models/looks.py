from django.db import models

from members.models import CitizenLook

from .report import OpinionReport


class ContactView(CitizenLook):
    """Who looked at the whole name and contact of the citizen for whom somebody reports, and when."""

    report = models.ForeignKey(
        OpinionReport, verbose_name="社情民意", on_delete=models.PROTECT, related_name="contact_views"
    )

    class Meta(CitizenLook.Meta):
        verbose_name = "所代群众联系方式查看记录"
        verbose_name_plural = "所代群众联系方式查看记录"

    def __str__(self) -> str:
        return f"{self.user}：{self.report.number}"
