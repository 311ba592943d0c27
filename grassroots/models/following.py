"""What was agreed, what became of it, and what the one who brought the matter says of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from grassroots.kinds import Progress, RatedBy, Verdict
from grassroots.querysets import ConsensusQuerySet
from members.models import Organization

from .matter import Matter
from .meeting import Meeting


class Consensus(models.Model):
    """共识要点: one thing agreed, who answers for it, and until when. Without a unit the room itself reports."""

    matter = models.ForeignKey(Matter, verbose_name="议题", on_delete=models.PROTECT, related_name="items")
    meeting = models.ForeignKey(Meeting, verbose_name="协商会", on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField("在纪要中的序号")
    text = models.TextField("共识要点", max_length=500)
    unit = models.ForeignKey(
        Organization, verbose_name="责任单位", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    responsible = models.CharField("责任人", max_length=60, blank=True)
    due_on = models.DateField("完成期限")
    progress = models.CharField("落实情况", max_length=12, choices=Progress.choices, default=Progress.RUNNING)
    ended_on = models.DateField("完成日期", null=True, blank=True)

    objects = ConsensusQuerySet.as_manager()

    class Meta:
        verbose_name = "共识要点"
        verbose_name_plural = "共识要点"
        ordering = ["matter", "pk"]
        indexes = [models.Index(fields=["unit", "progress"], name="consensus_unit")]
        constraints = [
            models.CheckConstraint(condition=Q(unit__isnull=False) | ~Q(responsible=""), name="consensus_has_someone"),
            models.CheckConstraint(
                condition=Q(progress=Progress.RUNNING, ended_on__isnull=True)
                | (~Q(progress=Progress.RUNNING) & Q(ended_on__isnull=False)),
                name="consensus_ends_with_date",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_dropped(self) -> bool:
        """Given up before anybody was asked to do it: the matter was talked over again, or went elsewhere."""
        if self.progress != Progress.IMPOSSIBLE:
            return False
        return not (self.__dict__["is_reported"] if "is_reported" in self.__dict__ else self.notes.all())

    @property
    def progress_word(self) -> str:
        return "不再办理" if self.is_dropped else self.get_progress_display()

    @property
    def who(self) -> str:
        """Whoever answers for it, in words."""
        return "、".join(filter(None, [str(self.unit) if self.unit_id else "", self.responsible]))


class ProgressNote(models.Model):
    """One report on a thing agreed. Never changed."""

    item = models.ForeignKey(Consensus, verbose_name="共识要点", on_delete=models.CASCADE, related_name="notes")
    progress = models.CharField("落实情况", max_length=12, choices=Progress.choices)
    text = models.TextField("措施和进展", max_length=1000)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="报告人", null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "落实进展"
        verbose_name_plural = "落实进展"
        ordering = ["item", "pk"]

    def __str__(self) -> str:
        return self.text


class Rating(models.Model):
    """群众评价: one for each round; who gave it and by which way is part of it."""

    matter = models.ForeignKey(Matter, verbose_name="议题", on_delete=models.PROTECT, related_name="ratings")
    round = models.PositiveSmallIntegerField("办理轮次")
    verdict = models.CharField("评价", max_length=12, choices=Verdict.choices)
    text = models.TextField("意见", max_length=500, blank=True)
    way = models.CharField("评价方式", max_length=8, choices=RatedBy.choices)
    at = models.DateTimeField("时间")
    is_late = models.BooleanField("逾期评价", default=False)

    class Meta:
        verbose_name = "群众评价"
        verbose_name_plural = "群众评价"
        ordering = ["matter", "pk"]
        constraints = [models.UniqueConstraint(fields=["matter", "round"], name="grassroots_rating_once")]

    def __str__(self) -> str:
        return f"{self.matter}：{self.get_verdict_display()}"
