from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from documents.masking.finding import stands_in
from members.models import Organization, Person
from members.personal_numbers import masked_name, masked_phone
from opinions.kinds import Origin, Reporter, Urgency
from opinions.querysets import ReportQuerySet
from opinions.roles import Role, report_clauses
from opinions.states import State
from opinions.validators import TITLE_MAX
from workflow.models import RootCase

GONE, UNTITLED = "（已转线下办理）", "（还没有标题）"


class OpinionReport(RootCase):
    """One matter. What the author wrote stays as it is; the edited text stands beside it."""

    process_name = "opinion"

    reporter = models.CharField("反映人类型", max_length=12, choices=Reporter.choices, default=Reporter.MEMBER)
    author = models.ForeignKey(
        Person, verbose_name="反映人", null=True, blank=True, on_delete=models.PROTECT, related_name="opinions"
    )
    organization = models.ForeignKey(
        Organization, verbose_name="反映单位", null=True, blank=True, on_delete=models.PROTECT, related_name="opinions"
    )
    co_authors = models.ManyToManyField(Person, verbose_name="共同反映人", blank=True, related_name="shared_opinions")
    on_behalf = models.BooleanField("代群众反映", default=False)
    citizen_name = models.CharField("群众姓名（内部）", max_length=40, blank=True)
    citizen_contact = models.CharField("群众联系方式（内部）", max_length=80, blank=True)
    citizen_deleted_at = models.DateTimeField("群众联系方式删除时间", null=True, blank=True, editable=False)

    title = models.CharField("标题", max_length=TITLE_MAX, blank=True)
    situation = models.TextField("情况反映", blank=True)
    causes = models.TextField("原因分析", blank=True)
    suggestions = models.TextField("建议", blank=True)
    urgency = models.CharField("紧急程度", max_length=16, choices=Urgency.choices, default=Urgency.NORMAL)
    no_secrets = models.BooleanField("不含国家秘密和工作秘密", default=False)
    secrecy_signs = models.JSONField("疑似涉密标志", default=list, blank=True)

    edited_title = models.CharField("编辑稿标题", max_length=TITLE_MAX, blank=True)
    edited_situation = models.TextField("编辑稿情况反映", blank=True)
    edited_causes = models.TextField("编辑稿原因分析", blank=True)
    edited_suggestions = models.TextField("编辑稿建议", blank=True)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="编辑", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    edited_at = models.DateTimeField("编辑时间", null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="审核人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="签发人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    signed_at = models.DateTimeField("签发时间", null=True, blank=True)
    combined_into = models.ForeignKey(
        "self", verbose_name="并入", null=True, blank=True, on_delete=models.PROTECT, related_name="combined"
    )
    issue = models.ForeignKey(
        "opinions.Issue", verbose_name="期刊", null=True, blank=True, on_delete=models.PROTECT, related_name="reports"
    )

    created_at = models.DateTimeField("起草时间", default=timezone.now, editable=False)
    saved_at = models.DateTimeField("最近保存", null=True, blank=True)
    submitted_at = models.DateTimeField("提交时间", null=True, blank=True)
    resubmitted_at = models.DateTimeField("修改后重新提交时间", null=True, blank=True)
    receipt_number = models.CharField("编号", max_length=20, null=True, blank=True, unique=True)
    target_at = models.DateTimeField("处理时限", null=True, blank=True)
    due_on = models.DateField("处理期限", null=True, blank=True)
    moved_offline_at = models.DateTimeField("转线下时间", null=True, blank=True)
    offline_by = models.CharField("转线下经手人", max_length=80, blank=True)

    origin = models.CharField("来源", max_length=12, choices=Origin.choices, default=Origin.PORTAL)
    origin_note = models.CharField("来源说明", max_length=120, blank=True)
    # The case of another app it was made from: a plain number, because the apps do not know each other.
    source_proposal = models.BigIntegerField("原提案", null=True, blank=True, editable=False)
    became_proposal = models.CharField("据此起草的提案", max_length=120, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "社情民意"
        verbose_name_plural = "社情民意"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source_proposal"], condition=Q(source_proposal__isnull=False) & ~Q(state="withdrawn"),
                name="opinion_of_a_proposal_once",
            ),
            models.CheckConstraint(
                condition=Q(author__isnull=False) | Q(organization__isnull=False), name="opinion_has_an_author"
            ),
            models.CheckConstraint(
                condition=~Q(state="issued") | Q(issue__isnull=False), name="opinion_issued_stands_in_an_issue"
            ),
            models.CheckConstraint(
                condition=~Q(state="offline") | Q(title="", situation="", causes="", suggestions=""),
                name="opinion_stub_holds_no_text",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["state", "due_on"], name="opinion_state"),
            models.Index(fields=["author", "-id"], name="opinion_author"),
            models.Index(fields=["organization", "-id"], name="opinion_organization"),
        ]

    def __str__(self) -> str:
        if self.state == State.OFFLINE:
            return GONE
        return self.title or UNTITLED

    def get_absolute_url(self) -> str:
        return reverse("opinions:detail", args=[self.pk])

    @classmethod
    def role_clauses(cls, user):
        return report_clauses(user, cls)

    @classmethod
    def role_names(cls):
        return Role.values

    def get_state_display(self) -> str:
        return State(self.state).label

    @property
    def number(self) -> str:
        return self.receipt_number or "社情民意草稿"

    @property
    def waits_since(self):
        """When it last came in; its target counts from then."""
        return self.resubmitted_at or self.submitted_at

    @property
    def reporter_name(self) -> str:
        """Who is credited; never the citizen for whom somebody reports."""
        return str(self.organization) if self.organization_id else self.author.name

    @property
    def shown_title(self) -> str:
        """The edited title once it is signed or given to a unit; before that it is the office's working paper, except where
        the author's own names the citizen: a unit that had it once still finds it in its list."""
        edited = self.state in State.TITLED or self._names_citizen_in_title
        return self.edited_title if edited and self.edited_title else str(self)

    @property
    def _names_citizen_in_title(self) -> bool:
        name = self.citizen_name.strip()
        return self.on_behalf and len(name) > 1 and stands_in(name, self.title)

    @property
    def masked_citizen(self) -> str:
        return f"{masked_name(self.citizen_name)}　{masked_phone(self.citizen_contact)}".strip()

    @property
    def texts(self) -> dict[str, str]:
        return {
            "标题": self.title, "情况反映": self.situation, "原因分析": self.causes, "建议": self.suggestions,
        }  # fmt: skip

    @property
    def edited_texts(self) -> dict[str, str]:
        return {
            "标题": self.edited_title, "情况反映": self.edited_situation, "原因分析": self.edited_causes,
            "建议": self.edited_suggestions,
        }  # fmt: skip
