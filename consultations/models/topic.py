from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property

from consultations.kinds import Form, Mode
from consultations.querysets import TopicQuerySet
from consultations.roles import Role, topic_clauses
from consultations.states import PlanState, TopicState
from members.models import Organization, OrganizationKind, Person
from members.periods import today
from workflow.models import RootCase

from .kind import TopicKind
from .plan import Plan

TITLE_MAX, BACKGROUND_MAX, SCHEME_MAX = 80, 3000, 8000


class Topic(RootCase):
    """协商议题: from its place in the plan to what became of its recommendations."""

    process_name = "topic"

    year = models.PositiveSmallIntegerField("年度")
    serial = models.PositiveSmallIntegerField("序号", editable=False)
    form_key = models.CharField("表单标识", max_length=32, null=True, blank=True, unique=True, editable=False)
    plan = models.ForeignKey(
        Plan, verbose_name="协商计划", null=True, blank=True, on_delete=models.PROTECT, related_name="topics"
    )
    kind = models.ForeignKey(TopicKind, verbose_name="议题类别", on_delete=models.PROTECT, related_name="topics")
    form = models.CharField("协商形式", max_length=12, choices=Form.choices)
    title = models.CharField("议题", max_length=TITLE_MAX)
    background = models.TextField("议题说明", max_length=BACKGROUND_MAX, blank=True)
    month = models.PositiveSmallIntegerField("协商时间（月）", null=True, blank=True)
    lead = models.ForeignKey(
        Organization, verbose_name="承办专委会", on_delete=models.PROTECT, related_name="led_topics",
        limit_choices_to={"kind": OrganizationKind.COMMITTEE},
    )  # fmt: skip
    units = models.ManyToManyField(Organization, verbose_name="协办单位", blank=True, related_name="consulted_topics")
    leader = models.ForeignKey(
        Person, verbose_name="牵头领导", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    attending = models.CharField("参加人员", max_length=200, blank=True)
    # --- preparation ---
    scheme = models.TextField("工作方案", max_length=SCHEME_MAX, blank=True, editable=False)
    meets_on = models.DateField("拟定协商日期", null=True, blank=True, editable=False)
    meets_at = models.TimeField("开始时间", null=True, blank=True, editable=False)
    place = models.CharField("地点", max_length=80, blank=True, editable=False)
    dated_at = models.DateTimeField("定日期的时间", null=True, blank=True, editable=False)
    notice_due_on = models.DateField("通知期限", null=True, blank=True, editable=False)
    notice_on = models.DateField("通知发出", null=True, blank=True, editable=False)
    notice = models.TextField("通知内容", max_length=3000, blank=True, editable=False)
    materials_due_on = models.DateField("材料期限", null=True, blank=True, editable=False)
    materials_on = models.DateField("材料发出", null=True, blank=True, editable=False)
    materials = models.TextField("材料说明", max_length=3000, blank=True, editable=False)
    # --- members' opinions ---
    mode = models.CharField("征集范围", max_length=10, choices=Mode.choices, blank=True, editable=False)
    question = models.TextField("请委员谈什么", max_length=1000, blank=True, editable=False)
    is_anonymous = models.BooleanField("对其他委员不显示姓名", default=False, editable=False)
    asked_at = models.DateTimeField("开始征集", null=True, blank=True, editable=False)
    opinions_until = models.DateField("征集截止", null=True, blank=True, editable=False)
    # --- the end ---
    held_on = models.DateField("协商日期", null=True, blank=True, editable=False)
    report_due_on = models.DateField("成果报送期限", null=True, blank=True, editable=False)
    reported_on = models.DateField("成果报送日期", null=True, blank=True, editable=False)
    fed_back_on = models.DateField("反馈日期", null=True, blank=True, editable=False)
    feedback = models.TextField("向参加人员的反馈", max_length=3000, blank=True, editable=False)
    closed_on = models.DateField("办结日期", null=True, blank=True, editable=False)

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = "协商议题"
        verbose_name_plural = "协商议题"
        ordering = ["-year", "serial"]
        constraints = [
            models.UniqueConstraint(fields=["year", "serial"], name="topic_number"),
            models.CheckConstraint(condition=Q(month=None) | Q(month__range=(1, 12)), name="topic_month"),
        ]
        indexes = [models.Index(fields=["state", "meets_on"], name="topic_state_date")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("consultations:topic", args=[self.pk])

    @classmethod
    def role_clauses(cls, user):
        return topic_clauses(user, cls)

    @classmethod
    def role_names(cls):
        return Role.values

    def get_state_display(self) -> str:
        """Before the plan is issued a topic is only meant to be in it."""
        if self.state == TopicState.WAITING and self.plan_id and self.plan.state not in PlanState.FINISHED:
            return "拟列入计划"
        return TopicState(self.state).label

    @property
    def number(self) -> str:
        return f"{self.year}年协商议题第{self.serial}号"

    @property
    def timing(self) -> str:
        return f"{self.month}月" if self.month else "全年"

    @property
    def is_settled(self) -> bool:
        """Whether every change from now on needs its reason: the plan is decided, or there is none."""
        return self.plan_id is None or self.plan.state in PlanState.SETTLED

    @property
    def is_issued(self) -> bool:
        return self.plan_id is None or self.plan.state == PlanState.ISSUED

    @cached_property
    def open_meetings(self) -> list:
        """Whose minutes are not issued yet, the newest first; read once for a guard and its form."""
        return list(self.meetings.filter(minutes_on=None).order_by("-on", "-pk"))

    @cached_property
    def all_surveys(self) -> list:
        """The newest first; read once for a guard and its form."""
        return list(self.surveys.order_by("-first_day", "-pk"))

    @property
    def is_collecting(self) -> bool:
        open_now = self.opinions_until is not None and self.opinions_until >= today()
        return self.state == TopicState.PREPARING and bool(self.mode) and open_now


class Participant(models.Model):
    """A person who is invited to take part."""

    topic = models.ForeignKey(Topic, verbose_name="协商议题", on_delete=models.PROTECT, related_name="participants")
    person = models.ForeignKey(Person, verbose_name="受邀人员", on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField("邀请时间")

    class Meta:
        verbose_name = "受邀人员"
        verbose_name_plural = "受邀人员"
        ordering = ["topic", "pk"]
        constraints = [models.UniqueConstraint(fields=["topic", "person"], name="participant_once")]

    def __str__(self) -> str:
        return f"{self.topic}：{self.person}"
