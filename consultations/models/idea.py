from django.conf import settings
from django.db import models
from django.urls import reverse

from consultations.kinds import Channel, Source
from consultations.querysets import IdeaQuerySet
from consultations.roles import Role, idea_clauses
from consultations.states import IdeaState
from members.models import Organization, Person
from workflow.models import RootCase

from .plan import Plan

TITLE_MAX, REASON_MAX = 80, 1500


class Idea(RootCase):
    """A suggested topic: by a member, a committee, a unit, or by letter from the public, which staff enter."""

    process_name = "consult_idea"

    plan = models.ForeignKey(Plan, verbose_name="征集年度", on_delete=models.PROTECT, related_name="ideas")
    title = models.CharField("建议议题", max_length=TITLE_MAX)
    because = models.TextField("理由和主要情况", max_length=REASON_MAX)
    source = models.CharField("来源", max_length=10, choices=Source.choices)
    channel = models.CharField("收到方式", max_length=10, choices=Channel.choices, default=Channel.PORTAL)
    person = models.ForeignKey(
        Person, verbose_name="提出人", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    organization = models.ForeignKey(
        Organization, verbose_name="提出单位", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    contributor = models.CharField("群众姓名", max_length=40, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="登记人", on_delete=models.PROTECT, related_name="+"
    )
    entered_at = models.DateTimeField("登记时间")
    topic = models.ForeignKey(
        "Topic", verbose_name="形成的议题", null=True, blank=True, on_delete=models.PROTECT, related_name="ideas",
        editable=False,
    )  # fmt: skip

    objects = IdeaQuerySet.as_manager()

    class Meta:
        verbose_name = "征集的议题"
        verbose_name_plural = "征集的议题"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("consultations:idea", args=[self.pk])

    @classmethod
    def role_clauses(cls, user):
        return idea_clauses(user, cls)

    @classmethod
    def role_names(cls):
        return Role.values

    def get_state_display(self) -> str:
        return IdeaState(self.state).label

    @property
    def number(self) -> str:
        return f"{self.plan.year}年议题征集第{self.pk}号"

    @property
    def from_whom(self) -> str:
        return str(self.organization or self.person or self.contributor or "群众")
