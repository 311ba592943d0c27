from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from consultations.kinds import Answer
from consultations.querysets import ItemQuerySet
from consultations.roles import Role, item_clauses
from consultations.states import ItemState
from members.models import Organization, Person
from workflow.models import Case

from .opinion import Opinion
from .outcome import Outcome
from .topic import Topic

TEXT_MAX = 500


class Recommendation(Case):
    """One thing an outcome asks of one unit. It is asked again until it is done, whatever the year (跟踪问效)."""

    process_name = "recommendation"
    parent_field = "topic"

    topic = models.ForeignKey(Topic, verbose_name="协商议题", on_delete=models.PROTECT, related_name="items")
    outcome = models.ForeignKey(Outcome, verbose_name="协商成果", on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField("序号", default=1)
    text = models.CharField("建议", max_length=TEXT_MAX)
    unit = models.ForeignKey(
        Organization, verbose_name="承办单位", on_delete=models.PROTECT, related_name="recommendations"
    )
    asked_at = models.DateTimeField("交办时间", null=True, blank=True)
    answer_due_on = models.DateField("答复期限", null=True, blank=True)
    answer = models.CharField("采纳情况", max_length=10, choices=Answer.choices, blank=True)
    answered_on = models.DateField("答复日期", null=True, blank=True)
    measure = models.TextField("落实措施或未采纳理由", max_length=1000, blank=True)
    due_on = models.DateField("落实期限", null=True, blank=True)
    promised_on = models.DateField("原定期限", null=True, blank=True)
    done_on = models.DateField("落实日期", null=True, blank=True)
    result = models.CharField("落实情况", max_length=1000, blank=True)

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = "协商建议"
        verbose_name_plural = "协商建议"
        ordering = ["topic", "outcome", "position", "pk"]
        indexes = [models.Index(fields=["state", "due_on"], name="recommendation_state_due")]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("consultations:item", args=[self.pk])

    @classmethod
    def role_clauses(cls, user):
        return item_clauses(user, cls)

    @classmethod
    def role_names(cls):
        return Role.values

    def get_state_display(self) -> str:
        return ItemState(self.state).label

    @property
    def number(self) -> str:
        return f"{self.topic.number}建议{self.position}"


class ItemNote(models.Model):
    """One line in the record of a recommendation."""

    class Kind(models.TextChoices):
        ANSWERED = "answered", "答复"
        PROGRESS = "progress", "进展"
        POSTPONED = "postponed", "延期"
        REPORTED = "reported", "报落实"
        RETURNED = "returned", "退回继续落实"
        URGED = "urged", "催办"
        ASKED = "asked", "再次交办"

    item = models.ForeignKey(Recommendation, verbose_name="协商建议", on_delete=models.CASCADE, related_name="notes")
    kind = models.CharField("类别", max_length=10, choices=Kind.choices)
    on = models.DateField("日期")
    text = models.CharField("内容", max_length=1000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name="登记人", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "建议落实记录"
        verbose_name_plural = "建议落实记录"
        ordering = ["item", "at", "pk"]

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d} {self.get_kind_display()}"


class Conversion(models.Model):
    """An opinion or a recommendation that became something else: once for each person and target."""

    class Target(models.TextChoices):
        PROPOSAL = "proposal", "提案草稿"
        OPINION = "opinion", "社情民意信息草稿"

    topic = models.ForeignKey(Topic, verbose_name="协商议题", on_delete=models.PROTECT, related_name="conversions")
    opinion = models.ForeignKey(
        Opinion, verbose_name="委员意见", null=True, blank=True, on_delete=models.PROTECT, related_name="conversions"
    )
    item = models.ForeignKey(
        Recommendation, verbose_name="协商建议", null=True, blank=True, on_delete=models.PROTECT,
        related_name="conversions",
    )  # fmt: skip
    target = models.CharField("转为", max_length=10, choices=Target.choices)
    person = models.ForeignKey(Person, verbose_name="作者", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("时间")
    became = models.CharField("转成后的名称", max_length=120)

    class Meta:
        verbose_name = "成果转化登记"
        verbose_name_plural = "成果转化登记"
        ordering = ["topic", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["opinion", "target", "person"], condition=Q(opinion__isnull=False), name="opinion_converts_once"
            ),
            models.UniqueConstraint(
                fields=["item", "target", "person"], condition=Q(item__isnull=False), name="item_converts_once"
            ),
            models.CheckConstraint(
                condition=Q(opinion__isnull=True, item__isnull=False) | Q(opinion__isnull=False, item__isnull=True),
                name="conversion_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_target_display()}：{self.became}"
