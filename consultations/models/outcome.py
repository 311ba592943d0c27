from django.conf import settings
from django.db import models
from django.urls import reverse

from consultations.kinds import Level, OutcomeKind
from consultations.querysets import InstructionQuerySet, OutcomeQuerySet
from consultations.roles import Role, outcome_clauses
from consultations.states import OutcomeState
from members.models import Person
from workflow.models import Case

from .topic import Topic

TITLE_MAX, TEXT_MAX = 80, 20_000


class Outcome(Case):
    """协商成果: a report or advice, signed by the leader, sent to the party committee and the government."""

    process_name = "outcome"
    parent_field = "topic"

    topic = models.ForeignKey(Topic, verbose_name="协商议题", on_delete=models.PROTECT, related_name="outcomes")
    kind = models.CharField("成果形式", max_length=12, choices=OutcomeKind.choices)
    title = models.CharField("标题", max_length=TITLE_MAX)
    text = models.TextField("正文", max_length=TEXT_MAX, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="起草人", null=True, on_delete=models.PROTECT, related_name="+"
    )
    saved_at = models.DateTimeField("保存时间")
    signed_by = models.CharField("签发人", max_length=40, blank=True)
    signed_on = models.DateField("签发日期", null=True, blank=True)
    sent_to = models.CharField("报送", max_length=200, blank=True)
    copied_to = models.CharField("抄送", max_length=200, blank=True)
    document_number = models.CharField("文号", max_length=60, blank=True)
    sent_on = models.DateField("报送日期", null=True, blank=True)

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        verbose_name = "协商成果"
        verbose_name_plural = "协商成果"
        ordering = ["topic", "pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("consultations:outcome", args=[self.pk])

    @classmethod
    def role_clauses(cls, user):
        return outcome_clauses(user, cls)

    @classmethod
    def role_names(cls):
        return Role.values

    def get_state_display(self) -> str:
        return OutcomeState(self.state).label

    @property
    def number(self) -> str:
        return self.document_number or self.topic.number


class OutcomeVersion(models.Model):
    """The text as it was when it went to the leader: one row for each time."""

    outcome = models.ForeignKey(Outcome, verbose_name="协商成果", on_delete=models.PROTECT, related_name="versions")
    serial = models.PositiveSmallIntegerField("稿次")
    title = models.CharField("标题", max_length=TITLE_MAX)
    text = models.TextField("正文", max_length=TEXT_MAX)
    by_name = models.CharField("送审人", max_length=80)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "成果文稿"
        verbose_name_plural = "成果文稿"
        ordering = ["outcome", "serial"]
        constraints = [models.UniqueConstraint(fields=["outcome", "serial"], name="outcome_version")]

    def __str__(self) -> str:
        return f"{self.outcome} 第{self.serial}稿"


class Instruction(models.Model):
    """批示 on a sent outcome, entered whenever it comes; a wrong row is voided, never changed."""

    outcome = models.ForeignKey(Outcome, verbose_name="协商成果", on_delete=models.PROTECT, related_name="instructions")
    leader = models.ForeignKey(
        Person, verbose_name="批示领导", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    leader_name = models.CharField("批示人", max_length=60)
    level = models.CharField("层级", max_length=10, choices=Level.choices, default=Level.COUNTY)
    text = models.TextField("批示内容", max_length=1000)
    on = models.DateField("批示日期")
    voided_at = models.DateTimeField("作废时间", null=True, blank=True)
    void_reason = models.CharField("作废原因", max_length=200, blank=True)

    objects = InstructionQuerySet.as_manager()

    class Meta:
        verbose_name = "成果批示"
        verbose_name_plural = "成果批示"
        ordering = ["outcome", "on", "pk"]

    def __str__(self) -> str:
        return f"{self.leader_name} {self.on:%Y-%m-%d}"
