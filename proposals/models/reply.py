from django.conf import settings
from django.db import models

from documents.models import Attachment
from members.models import Organization
from proposals.kinds import Disclosure, ResultClass, Verdict
from proposals.letter_words import number

from .assignment import Assignment
from .proposal import Suggestion


class Reply(models.Model):
    """答复: one per round of an assignment; a draft until it is sent."""

    assignment = models.ForeignKey(Assignment, verbose_name="交办", on_delete=models.CASCADE, related_name="replies")
    round = models.PositiveSmallIntegerField("办理轮次", default=1)
    body = models.TextField("答复正文", blank=True)
    result_class = models.CharField("办理结果", max_length=1, choices=ResultClass.choices, blank=True)
    disclosure = models.CharField("公开属性", max_length=12, choices=Disclosure.choices, default=Disclosure.PUBLIC)
    handler_name = models.CharField("经办人", max_length=40, blank=True)
    handler_phone = models.CharField("联系电话", max_length=20, blank=True)
    leader_name = models.CharField("负责领导", max_length=40, blank=True)
    copies = models.CharField("抄送", max_length=300, blank=True)
    version = models.PositiveIntegerField("版本", default=1)
    saved_at = models.DateTimeField("最近保存", null=True, blank=True)

    sent_class = models.CharField(
        "送提案者时的办理结果", max_length=1, choices=ResultClass.choices, blank=True, editable=False
    )
    draft_sent_at = models.DateTimeField("答复稿送提案者时间", null=True, blank=True)
    comment_due_on = models.DateField("征求意见期限", null=True, blank=True)
    comment = models.CharField("提案者对答复稿的意见", max_length=1000, blank=True)
    commented_at = models.DateTimeField("提案者答复时间", null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="审签人", null=True, blank=True,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    signed_at = models.DateTimeField("审签时间", null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="复核人", null=True, blank=True,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    checked_at = models.DateTimeField("复核时间", null=True, blank=True)
    letter_word = models.CharField("发文代字", max_length=60, blank=True)
    letter_year = models.PositiveSmallIntegerField("发文年度", null=True, blank=True)
    letter_serial = models.PositiveIntegerField("发文序号", null=True, blank=True)
    issued_by = models.ForeignKey(
        Organization, verbose_name="答复单位", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="发出时的承办单位，单位撤并后不变。",
    )  # fmt: skip
    scan = models.ForeignKey(
        Attachment, verbose_name="盖章扫描件", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    sent_at = models.DateTimeField("发出时间", null=True, blank=True)
    due_on = models.DateField(
        "本轮办理期限", null=True, blank=True, help_text="发出时的办理期限；再次办理另定期限，不改变这一天。"
    )
    upgraded_to = models.CharField("转为", max_length=1, choices=ResultClass.choices, blank=True)
    upgraded_at = models.DateTimeField("转类时间", null=True, blank=True)

    class Meta:
        verbose_name = "答复"
        verbose_name_plural = "答复"
        ordering = ["assignment", "round"]
        constraints = [models.UniqueConstraint(fields=["assignment", "round"], name="reply_round_unique")]

    def __str__(self) -> str:
        return (self.letter_number if self.sent_at else "") or f"第 {self.round} 轮答复稿"

    @property
    def class_now(self) -> str:
        """The class as it is now: what it was upgraded to, else as sent."""
        return self.upgraded_to or self.result_class

    @property
    def letter_number(self) -> str:
        """As it was given: the word is stored with it, so a later change of the unit's own changes no letter."""
        return number(self.letter_word, self.letter_year, self.letter_serial)


class SuggestionAnswer(models.Model):
    """What a reply says to one of the suggestions."""

    reply = models.ForeignKey(Reply, verbose_name="答复", on_delete=models.CASCADE, related_name="answers")
    suggestion = models.ForeignKey(Suggestion, verbose_name="建议", on_delete=models.PROTECT, related_name="answers")
    verdict = models.CharField("采纳情况", max_length=12, choices=Verdict.choices, blank=True)
    sent_verdict = models.CharField(
        "送提案者时的采纳情况", max_length=12, choices=Verdict.choices, blank=True, editable=False
    )
    text = models.TextField("答复说明", blank=True)

    class Meta:
        verbose_name = "逐条答复"
        verbose_name_plural = "逐条答复"
        ordering = ["reply", "suggestion__position"]
        constraints = [models.UniqueConstraint(fields=["reply", "suggestion"], name="answer_unique")]

    def __str__(self) -> str:
        return self.get_verdict_display()
