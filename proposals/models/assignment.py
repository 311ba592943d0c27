from django.db import models
from django.db.models import Q
from django.urls import reverse

from members.models import Organization
from proposals.kinds import AssignmentKind, SupplementStage
from proposals.letter_words import number
from proposals.querysets import AssignmentQuerySet
from proposals.roles import Role, assignment_clauses
from proposals.states import AssignmentState
from workflow.models import Case

from .proposal import Proposal


class Assignment(Case):
    """交办: one unit's share in a proposal, with its own small life and its dates."""

    process_name = "assignment"
    parent_field = "proposal"

    proposal = models.ForeignKey(Proposal, verbose_name="提案", on_delete=models.PROTECT, related_name="assignments")
    unit = models.ForeignKey(
        Organization, verbose_name="承办单位", on_delete=models.PROTECT, related_name="assignments"
    )
    kind = models.CharField("承办方式", max_length=12, choices=AssignmentKind.choices)
    lead = models.ForeignKey(
        "self", verbose_name="主办", null=True, blank=True, on_delete=models.PROTECT,
        related_name="assistants",
    )  # fmt: skip
    position = models.PositiveSmallIntegerField("排序", default=0)
    round = models.PositiveSmallIntegerField("办理轮次", default=1)

    first_assigned_at = models.DateTimeField("首次交办时间")
    assigned_at = models.DateTimeField("交办时间")
    round_started_at = models.DateTimeField("本轮起算时间", null=True, blank=True)
    sign_due_on = models.DateField("签收期限", null=True, blank=True)
    sign_restarted_at = models.DateTimeField("签收重新起算时间", null=True, blank=True)
    return_due_on = models.DateField("退办期限", null=True, blank=True)
    contact_due_on = models.DateField("首次联系期限", null=True, blank=True)
    due_on = models.DateField("办理期限", null=True, blank=True)
    original_due_on = models.DateField("原办理期限", null=True, blank=True)
    decided_due_on = models.DateField("另定的办理期限", null=True, blank=True)
    signed_at = models.DateTimeField("签收时间", null=True, blank=True)
    return_asked_at = models.DateTimeField("申请退办时间", null=True, blank=True)
    return_reason = models.CharField("退办理由", max_length=500, blank=True)
    return_suggestion = models.ForeignKey(
        Organization, verbose_name="建议改由", null=True, blank=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    opinion = models.TextField("会办意见", blank=True)
    opinion_at = models.DateTimeField("会办意见报送时间", null=True, blank=True)
    opinion_word = models.CharField("会办意见发文代字", max_length=60, blank=True)
    opinion_year = models.PositiveSmallIntegerField("会办意见发文年度", null=True, blank=True)
    opinion_serial = models.PositiveIntegerField("会办意见发文序号", null=True, blank=True)
    supplement_stage = models.CharField("补充答复", max_length=8, choices=SupplementStage.choices, blank=True)
    replied_at = models.DateTimeField("答复时间", null=True, blank=True)
    rating_due_on = models.DateField("评价期限", null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "交办"
        verbose_name_plural = "交办"
        ordering = ["proposal", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "unit"], condition=~Q(state="recalled"),
                name="assignment_unit_once",
            ),
            models.CheckConstraint(
                condition=~Q(kind="assist") | Q(lead__isnull=False), name="assist_has_lead"
            ),
            models.CheckConstraint(
                condition=Q(kind="assist") | Q(lead__isnull=True), name="only_assist_has_lead"
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["unit", "state"], name="assignment_unit_state"),
            models.Index(fields=["state", "due_on"], name="assignment_state_due"),
        ]

    def __str__(self) -> str:
        return f"{self.unit}（{self.get_kind_display()}）"

    def get_absolute_url(self) -> str:
        return reverse("proposals:assignment", args=[self.pk])

    @classmethod
    def role_clauses(cls, user):
        return assignment_clauses(user, cls)

    @classmethod
    def role_names(cls):
        return Role.values

    def get_state_display(self) -> str:
        return AssignmentState(self.state).label

    @property
    def is_prolonged(self) -> bool:
        """The date in force was decided, not counted: 延期, or set by the head after six months."""
        return self.decided_due_on is not None

    @property
    def sign_from(self):
        """From when the time to sign counts: a refused return gives it anew."""
        return self.sign_restarted_at or self.assigned_at

    @property
    def is_assist(self) -> bool:
        return self.kind == AssignmentKind.ASSIST

    @property
    def opinion_number(self) -> str:
        """The number of the letter with the 会办意见: a series of its own."""
        return number(self.opinion_word, self.opinion_year, self.opinion_serial)

    @property
    def is_separate(self) -> bool:
        """One of several that answer; the others (独办, 主办) answer alone."""
        return self.kind == AssignmentKind.SEPARATE
