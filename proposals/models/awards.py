"""优秀提案 and 先进单位 of a session: nominations, judges, their sheets, and what the 主席会议 decided (domain §5.3)."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from members.models import Organization, Person, Session
from workflow.history import tracked

from .proposal import Proposal

MOST_POINTS = 100


class AwardStage(models.TextChoices):
    NOMINATING = "nominating", "推荐中"
    SCORING = "scoring", "评分中"
    SCORED = "scored", "评分结束，待主席会议决定"
    DECIDED = "decided", "已决定，待公布"
    PUBLISHED = "published", "已公布"


@tracked()
class AwardSelection(models.Model):
    """评选 of a session: where it stands, and the decision."""

    session = models.OneToOneField(
        Session, verbose_name="届次", on_delete=models.PROTECT, related_name="award_selection"
    )
    stage = models.CharField("进度", max_length=12, choices=AwardStage.choices, default=AwardStage.NOMINATING)
    decided_on = models.DateField("主席会议决定日期", null=True, blank=True)
    document = models.CharField("决定文件", max_length=60, blank=True)
    published_at = models.DateTimeField("公布时间", null=True, blank=True)

    class Meta:
        verbose_name = "评优"
        verbose_name_plural = "评优"
        ordering = ["-session__opens"]

    def __str__(self) -> str:
        return f"{self.session}评优"


@tracked()
class AwardJudge(models.Model):
    """A named judge; `sent_at` once the sheet is handed in and cannot change any more."""

    selection = models.ForeignKey(AwardSelection, verbose_name="评优", on_delete=models.CASCADE, related_name="judges")
    person = models.ForeignKey(Person, verbose_name="评委", on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField("交分时间", null=True, blank=True)

    class Meta:
        verbose_name = "评委"
        verbose_name_plural = "评委"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["selection", "person"], name="award_judge_once")]

    def __str__(self) -> str:
        return str(self.person)


@tracked()
class AwardNomination(models.Model):
    """A proposal or a unit put forward. What concerns a proposal also stands in its event log."""

    selection = models.ForeignKey(
        AwardSelection, verbose_name="评优", on_delete=models.CASCADE, related_name="nominations"
    )
    proposal = models.ForeignKey(
        Proposal, verbose_name="提案", null=True, blank=True, on_delete=models.PROTECT, related_name="nominations"
    )
    unit = models.ForeignKey(
        Organization,
        verbose_name="承办单位",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="nominations",
    )
    nominator = models.ForeignKey(
        Organization, verbose_name="推荐单位", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField("推荐理由", max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name="登记人", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("登记时间")
    withdrawn_at = models.DateTimeField("撤回时间", null=True, blank=True)
    chosen = models.BooleanField("入选", default=False)

    class Meta:
        verbose_name = "评优推荐"
        verbose_name_plural = "评优推荐"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(proposal__isnull=False, unit__isnull=True) | Q(proposal__isnull=True, unit__isnull=False),
                name="nomination_of_one_thing",
            ),
            models.UniqueConstraint(
                fields=["selection", "proposal"], condition=Q(withdrawn_at__isnull=True), name="nominated_once"
            ),
            models.UniqueConstraint(
                fields=["selection", "unit"], condition=Q(withdrawn_at__isnull=True), name="unit_nominated_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.proposal or self.unit)

    @property
    def proposed_by(self) -> str:
        return str(self.nominator or "提案委员会")


@tracked()
class AwardScore(models.Model):
    """One judge's points for one nomination."""

    judge = models.ForeignKey(AwardJudge, verbose_name="评委", on_delete=models.CASCADE, related_name="scores")
    nomination = models.ForeignKey(
        AwardNomination, verbose_name="评优推荐", on_delete=models.CASCADE, related_name="scores"
    )
    points = models.PositiveSmallIntegerField("分数", validators=[MaxValueValidator(MOST_POINTS)])

    class Meta:
        verbose_name = "评委打分"
        verbose_name_plural = "评委打分"
        ordering = ["nomination", "judge"]
        constraints = [
            models.UniqueConstraint(fields=["judge", "nomination"], name="award_score_once"),
            models.CheckConstraint(condition=Q(points__lte=MOST_POINTS), name="award_score_most"),
        ]

    def __str__(self) -> str:
        return f"{self.nomination}：{self.points}"
