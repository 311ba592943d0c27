from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from members.models import Organization, Person, Session
from members.models.organization import OrganizationKind
from proposals.kinds import (
    CollectiveProof,
    Disposition,
    Entry,
    EntrySource,
    Kind,
    MergeAnswer,
    Origin,
    ProxyAnswer,
    Timing,
)
from proposals.querysets import ProposalQuerySet
from proposals.roles import Role, proposal_clauses
from proposals.states import ProposalState
from search.fields import ChineseSearchField, SearchIndex
from workflow.models import RootCase

from .category import Category, RejectionReason


class Proposal(RootCase):
    """提案: one matter, its text in parts, and where it stands."""

    process_name = "proposal"

    session = models.ForeignKey(Session, verbose_name="届次", on_delete=models.PROTECT, related_name="proposals")
    kind = models.CharField("提案形式", max_length=12, choices=Kind.choices, default=Kind.INDIVIDUAL)
    timing = models.CharField("时间类型", max_length=12, choices=Timing.choices, default=Timing.PLENARY)
    title = models.CharField("案由", max_length=100, blank=True)
    situation = models.TextField("情况分析", blank=True)

    first_proposer = models.ForeignKey(
        Person, verbose_name="第一提案人", null=True, blank=True, on_delete=models.PROTECT,
        related_name="proposals",
    )  # fmt: skip
    organization = models.ForeignKey(
        Organization, verbose_name="集体提案者", null=True, blank=True, on_delete=models.PROTECT,
        related_name="proposals",
    )  # fmt: skip
    drafter = models.ForeignKey(
        Person, verbose_name="执笔人", null=True, blank=True, on_delete=models.PROTECT,
        related_name="drafted_proposals",
    )  # fmt: skip

    overall_category = models.ForeignKey(
        Category, verbose_name="五位一体类别", null=True, blank=True, on_delete=models.PROTECT,
        related_name="+", limit_choices_to={"system": "overall"},
    )  # fmt: skip
    business_category = models.ForeignKey(
        Category, verbose_name="类别", null=True, blank=True, on_delete=models.PROTECT,
        related_name="+", limit_choices_to={"system": "business"},
    )  # fmt: skip
    suggested_units = models.ManyToManyField(Organization, verbose_name="建议承办单位", blank=True, related_name="+")

    no_secrets = models.BooleanField("不含国家秘密和工作秘密", default=False)
    own_work = models.BooleanField("本人调研撰写，未过度使用人工智能", default=False)
    publish_consent = models.BooleanField("是否同意公开", null=True, blank=True)
    publish_refusal = models.CharField("不同意公开的理由", max_length=200, blank=True)
    secrecy_signs = models.JSONField("疑似涉密标志", default=list, blank=True)

    similar_shown = models.JSONField("提交前列出的相似提案", default=list, blank=True, editable=False)
    similar_shown_at = models.DateTimeField("相似提案列出时间", null=True, blank=True, editable=False)
    similar_read_at = models.DateTimeField("声明已阅相似提案", null=True, blank=True, editable=False)

    cosigning_closes = models.DateTimeField("联名截止时间", null=True, blank=True)
    accepts_support = models.BooleanField("允许其他委员附议", default=False)
    admitted_late = models.BooleanField("逾期准予作为大会提案", default=False)

    confirmation_asked_at = models.DateTimeField("请召集人确认的时间", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        Person, verbose_name="确认的召集人", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField("召集人确认时间", null=True, blank=True)
    confirmed_text = models.CharField("召集人确认的文本（摘要）", max_length=64, blank=True)
    collective_proof = models.CharField("集体提案的签署", max_length=12, choices=CollectiveProof.choices, blank=True)

    created_at = models.DateTimeField("起草时间", auto_now_add=True)
    saved_at = models.DateTimeField("最近保存", null=True, blank=True)
    submitted_at = models.DateTimeField("提交时间", null=True, blank=True)
    receipt_number = models.CharField("流水号", max_length=20, null=True, blank=True, unique=True)
    serial = models.PositiveIntegerField("案号", null=True, blank=True)
    ledger_number = models.CharField("台账案号", max_length=30, blank=True, help_text="台账上怎么写就怎么留。")
    filed_at = models.DateTimeField("立案时间", null=True, blank=True)
    change_due_on = models.DateField("修改期限", null=True, blank=True)

    rejection_reason = models.ForeignKey(
        RejectionReason, verbose_name="不予立案情形", null=True, blank=True,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    disposition = models.CharField("去向", max_length=12, choices=Disposition.choices, blank=True)
    disposition_unit = models.ForeignKey(
        Organization, verbose_name="转送单位", null=True, blank=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    moved_offline_at = models.DateTimeField("转线下时间", null=True, blank=True)
    converted_at = models.DateTimeField("转办完成时间", null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", verbose_name="并入", null=True, blank=True, on_delete=models.PROTECT,
        related_name="merged_proposals",
    )  # fmt: skip
    merge_answer = models.CharField("提案人对并案的意见", max_length=8, choices=MergeAnswer.choices, blank=True)
    merge_words = models.CharField("并案意见说明", max_length=500, blank=True)
    converted_as = models.CharField("转办后的编号", max_length=60, blank=True)
    split_from = models.ForeignKey(
        "self", verbose_name="分自", null=True, blank=True, on_delete=models.PROTECT,
        related_name="split_off",
    )  # fmt: skip

    assigned_at = models.DateTimeField("首次交办时间", null=True, blank=True)
    replied_at = models.DateTimeField("全部答复时间", null=True, blank=True)
    closed_at = models.DateTimeField("办结时间", null=True, blank=True)
    closed_unrated = models.BooleanField("逾期未评", default=False)
    published_at = models.DateTimeField("公开时间", null=True, blank=True)
    excellent_on = models.DateField("评为优秀提案的日期", null=True, blank=True)
    archived_at = models.DateTimeField("归档时间", null=True, blank=True)

    origin = models.CharField("来源", max_length=12, choices=Origin.choices, default=Origin.PORTAL)
    ledger_key = models.CharField("台账行标识", max_length=64, null=True, blank=True, unique=True)
    missing_facts = models.JSONField("未登记事项", default=list, blank=True)

    # 代录: the committee entered what came on paper, by telephone or by e-mail.
    entry = models.CharField("录入方式", max_length=8, choices=Entry.choices, default=Entry.SELF)
    entry_source = models.CharField("原件形式", max_length=8, choices=EntrySource.choices, blank=True)
    entry_note = models.CharField("来件记录", max_length=500, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="代录人", null=True, blank=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    proxy_due_on = models.DateField("代录确认期限", null=True, blank=True)
    proxy_answer = models.CharField("代录确认", max_length=12, choices=ProxyAnswer.choices, blank=True)
    proxy_answered_at = models.DateTimeField("代录确认时间", null=True, blank=True)

    search = ChineseSearchField(title="title", body=["situation"])

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = "提案"
        verbose_name_plural = "提案"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "serial"], name="proposal_serial_unique"),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=models.F("id")),
                name="proposal_not_into_itself",
            ),
            models.CheckConstraint(
                condition=Q(split_from__isnull=True) | ~Q(split_from=models.F("id")),
                name="proposal_not_split_from_itself",
            ),
            models.CheckConstraint(
                condition=Q(organization__isnull=True) | Q(first_proposer__isnull=True),
                name="proposal_one_proposer",
            ),
        ]
        indexes = [
            models.Index(fields=["session", "state"], name="proposal_session_state"),
            models.Index(fields=["state", "-id"], name="proposal_state"),
            models.Index(fields=["changed_at", "id"], name="proposal_changed"),
            SearchIndex(fields=["search"], name="proposal_search"),
        ]

    def __str__(self) -> str:
        if self.moved_offline_at:
            return "（已转线下办理）"
        return self.title or "（未填写案由）"

    def get_absolute_url(self) -> str:
        return reverse("proposals:detail", args=[self.pk])

    @classmethod
    def role_clauses(cls, user):
        return proposal_clauses(user, cls)

    @classmethod
    def role_names(cls):
        return Role.values

    def get_state_display(self) -> str:
        return ProposalState(self.state).label

    @property
    def number(self) -> str:
        """How the case is called: "县政协十一届四次会议第 001 号", before filing by its receipt number."""
        if self.is_numbered:
            return f"县政协{self.session}第 {self.short_number} 号"
        return f"流水号 {self.receipt_number}" if self.receipt_number else "草稿"

    @property
    def short_number(self) -> str:
        """An imported number stays as the ledger wrote it."""
        if self.serial is not None:
            return self.ledger_number or f"{self.serial:03d}"
        return self.ledger_number or self.receipt_number or "草稿"

    @property
    def proposer_name(self) -> str:
        """The first proposer, or the collective; a sector is called by its full word: 宗教界."""
        if self.organization and self.organization.kind == OrganizationKind.SECTOR:
            return f"{str(self.organization).removesuffix('界')}界"
        return str(self.organization or self.first_proposer or "未填写")

    @property
    def proposer_title(self) -> str:
        """What stands before the name."""
        return "提案单位" if self.organization_id else "提案人"

    @property
    def by_proxy(self) -> bool:
        """代录: entered by the committee for the proposer."""
        return self.entry == Entry.PROXY

    @property
    def is_numbered(self) -> bool:
        return self.serial is not None or bool(self.ledger_number)


class Suggestion(models.Model):
    """One of the 具体建议: kept apart because 采纳率 counts them."""

    proposal = models.ForeignKey(Proposal, verbose_name="提案", on_delete=models.CASCADE, related_name="suggestions")
    position = models.PositiveSmallIntegerField("序号")
    text = models.TextField("建议内容")

    class Meta:
        verbose_name = "具体建议"
        verbose_name_plural = "具体建议"
        ordering = ["proposal", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "position"],
                name="suggestion_position_unique",
                deferrable=models.Deferrable.DEFERRED,
            )  # fmt: skip
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.text[:30]}"
