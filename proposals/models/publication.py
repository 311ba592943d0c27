from django.conf import settings
from django.db import models
from django.db.models import Q

from search.fields import ChineseSearchField, SearchIndex

from .proposal import Proposal


class PublicationQuerySet(models.QuerySet):
    def current(self):
        """What everybody may read now: one at most of each proposal."""
        return self.filter(withdrawn_at__isnull=True)


class Publication(models.Model):
    """公开文本: a proposal and its replies exactly as they were published. What is changed later never leaks through it.

    `replies`: one dict for each reply: unit, letter_number, sent_on, result_class, form (full or summary), body,
    answers [{position, verdict, text}]. `redactions`: {what: how often}; what was left out is kept nowhere.
    """

    proposal = models.ForeignKey(Proposal, verbose_name="提案", on_delete=models.PROTECT, related_name="publications")
    title = models.CharField("案由", max_length=200)
    proposer = models.CharField("提案者", max_length=100)
    situation = models.TextField("情况分析")
    suggestions = models.JSONField("具体建议", default=list)
    replies = models.JSONField("答复", default=list)
    text = models.TextField("供检索的全文", blank=True, editable=False)
    redactions = models.JSONField("遮去的内容（种类和处数）", default=dict)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="公开人", null=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField("公开时间")
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="撤下人", null=True, blank=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    withdrawn_at = models.DateTimeField("撤下时间", null=True, blank=True)
    withdrawal_reason = models.CharField("撤下理由", max_length=500, blank=True)

    search = ChineseSearchField(title="title", body=["text"])

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = "公开文本"
        verbose_name_plural = "公开文本"
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal"], condition=Q(withdrawn_at__isnull=True), name="publication_one_current"
            )
        ]
        indexes = [SearchIndex(fields=["search"], name="publication_search")]

    def __str__(self) -> str:
        return self.title
