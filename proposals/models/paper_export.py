from django.conf import settings
from django.db import models

from members.models.privacy import Kept

from .proposal import Proposal


class PaperExport(Kept):
    """Somebody took a letter, a batch of letters or a report out of the portal: who, what, how many."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="下载人", on_delete=models.PROTECT, related_name="+"
    )
    what = models.CharField("内容", max_length=100)
    proposal = models.ForeignKey(Proposal, verbose_name="提案", null=True, on_delete=models.PROTECT, related_name="+")
    count = models.PositiveIntegerField("份数", default=1)

    class Meta(Kept.Meta):
        verbose_name = "公文下载记录"
        verbose_name_plural = "公文下载记录"

    def __str__(self) -> str:
        return f"{self.user}：{self.what}"
