"""议题: one matter brought to a consultation room, and where it has been."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from grassroots.kinds import Came, Category, Refusal, Source
from grassroots.querysets import MatterQuerySet
from grassroots.roles import Role, matter_clauses
from grassroots.states import State
from members.personal_numbers import masked_name, masked_phone
from workflow.models import RootCase

from .venue import Venue

TITLE_MAX, TEXT_MAX = 50, 800


class Series(models.Model):
    """The last receipt number given in a year."""

    year = models.PositiveSmallIntegerField("年度", primary_key=True)
    last = models.PositiveIntegerField("最后编号", default=0)

    class Meta:
        verbose_name = "议题编号"
        verbose_name_plural = "议题编号"

    def __str__(self) -> str:
        return f"{self.year}：{self.last}"


class Matter(RootCase):
    """What was written is never changed; `public_title` and `public_text` are what the room made of it for all."""

    process_name = "matter"

    receipt = models.CharField("编号", max_length=20, unique=True)
    code_hash = models.CharField("查询码校验值", max_length=64, blank=True)
    form_key = models.CharField("表单标识", max_length=64, unique=True)
    source = models.CharField("来源", max_length=10, choices=Source.choices)
    brought_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="提出人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="代录人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    venue = models.ForeignKey(Venue, verbose_name="议事室", on_delete=models.PROTECT, related_name="matters")
    title = models.CharField("标题", max_length=TITLE_MAX)
    text = models.TextField("情况", max_length=TEXT_MAX)
    place = models.CharField("地点", max_length=60, blank=True)
    category = models.CharField("类别", max_length=12, choices=Category.choices, blank=True)
    contact_name = models.CharField("联系人", max_length=20, blank=True)
    contact_phone = models.CharField("联系电话", max_length=20, blank=True)
    contact_deleted_at = models.DateTimeField("联系方式删除时间", null=True, blank=True, editable=False)
    received_at = models.DateTimeField("收到时间")
    public_title = models.CharField("公示的标题", max_length=TITLE_MAX, blank=True)
    public_text = models.TextField("公示的情况", max_length=TEXT_MAX, blank=True)
    refusal = models.CharField("不予受理的原因", max_length=10, choices=Refusal.choices, blank=True)
    answer = models.TextField("给提出人的答复", max_length=1000, blank=True)
    surveyed_on = models.DateField("调研日期", null=True, blank=True)
    surveyed_by = models.CharField("参加调研的人", max_length=200, blank=True)
    findings = models.TextField("调研情况", max_length=2000, blank=True)
    meeting_at = models.DateTimeField("拟开协商会时间", null=True, blank=True)
    meeting_place = models.CharField("拟开协商会地点", max_length=100, blank=True)
    round = models.PositiveSmallIntegerField("办理轮次", default=1, editable=False)
    step = models.CharField("当前环节", max_length=24, blank=True, editable=False)
    step_from = models.DateField("环节开始日期", null=True, blank=True, editable=False)
    due_on = models.DateField("期限", null=True, blank=True, editable=False)
    urged_on = models.DateField("最近催办", null=True, blank=True, editable=False)
    closed_on = models.DateField("办结日期", null=True, blank=True, editable=False)

    objects = MatterQuerySet.as_manager()

    class Meta:
        verbose_name = "协商议题"
        verbose_name_plural = "协商议题"
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["venue", "state"], name="matter_venue"),
            models.Index(fields=["state", "due_on"], name="matter_due"),
            models.Index(fields=["received_at"], name="matter_received"),
        ]
        constraints = [
            # Every open matter has its next step with a date (domain §10, issue 6).
            models.CheckConstraint(
                condition=~Q(state__in=State.OPEN) | Q(due_on__isnull=False), name="matter_open_has_date"
            ),
        ]

    def __str__(self) -> str:
        return self.public_title or self.title

    def get_absolute_url(self) -> str:
        return reverse("grassroots:detail", args=[self.pk])

    @classmethod
    def role_clauses(cls, user):
        return matter_clauses(user, cls)

    @classmethod
    def role_names(cls):
        return Role.values

    def get_state_display(self) -> str:
        return State(self.state).label

    @cached_property
    def current_release(self):
        """What the public reads of it now, None where nothing is released; read once."""
        return self.releases.filter(withdrawn_at__isnull=True).first()

    @property
    def masked_phone(self) -> str:
        return masked_phone(self.contact_phone)

    @property
    def masked_name(self) -> str:
        return masked_name(self.contact_name)


class Stay(models.Model):
    """From when to when a matter was in a room. The open one is where it is; the database allows one."""

    matter = models.ForeignKey(Matter, verbose_name="议题", on_delete=models.PROTECT, related_name="stays")
    venue = models.ForeignKey(Venue, verbose_name="议事室", on_delete=models.PROTECT, related_name="stays")
    how = models.CharField("怎样到的", max_length=8, choices=Came.choices)
    since = models.DateTimeField("从", default=timezone.now)
    until = models.DateTimeField("到", null=True, blank=True)

    class Meta:
        verbose_name = "经过的议事室"
        verbose_name_plural = "经过的议事室"
        ordering = ["matter", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["matter"], condition=Q(until__isnull=True), name="stay_open_once"),
        ]

    def __str__(self) -> str:
        return f"{self.matter}：{self.venue}"
