"""协商会: when and where it was held, who took part, what was not agreed. What was agreed are rows of Consensus."""

from django.conf import settings
from django.db import models

from grassroots.kinds import ParticipantKind
from members.models import Person

from .matter import Matter
from .venue import Venue


class Meeting(models.Model):
    """One for each round of talks on a matter; a record that was written anew replaces the one not signed yet."""

    matter = models.ForeignKey(Matter, verbose_name="议题", on_delete=models.PROTECT, related_name="meetings")
    venue = models.ForeignKey(Venue, verbose_name="议事室", on_delete=models.PROTECT, related_name="meetings")
    held_on = models.DateField("日期")
    place = models.CharField("地点", max_length=100)
    host_name = models.CharField("主持人", max_length=40)
    members = models.PositiveSmallIntegerField("委员人数", default=0)
    stakeholders = models.PositiveSmallIntegerField("利益相关方人数", default=0)
    departments = models.PositiveSmallIntegerField("部门人数", default=0)
    citizens = models.PositiveSmallIntegerField("群众人数", default=0)
    experts = models.PositiveSmallIntegerField("专家人数", default=0)
    talks = models.TextField("协商情况", max_length=3000)
    not_agreed = models.TextField("未达成一致的事项", max_length=1000, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="登记人", null=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField("登记时间")
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="签发人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    signed_at = models.DateTimeField("签发时间", null=True, blank=True)

    class Meta:
        verbose_name = "协商会"
        verbose_name_plural = "协商会"
        ordering = ["matter", "pk"]
        indexes = [models.Index(fields=["venue", "held_on"], name="meeting_venue")]

    def __str__(self) -> str:
        return f"{self.matter}：{self.held_on:%Y-%m-%d}协商会"

    @property
    def counts(self) -> list[tuple[str, int]]:
        """Kind in words → how many, those with nobody left out."""
        numbers = (self.members, self.stakeholders, self.departments, self.citizens, self.experts)
        return [(kind.label, number) for kind, number in zip(ParticipantKind, numbers, strict=True) if number]

    @property
    def people(self) -> int:
        return sum(number for _kind, number in self.counts)


class Participant(models.Model):
    """Somebody with an account who took part; they read the matter from then on."""

    meeting = models.ForeignKey(Meeting, verbose_name="协商会", on_delete=models.CASCADE, related_name="participants")
    person = models.ForeignKey(Person, verbose_name="人员", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("身份", max_length=12, choices=ParticipantKind.choices)

    class Meta:
        verbose_name = "参加人"
        verbose_name_plural = "参加人"
        ordering = ["meeting", "pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="meeting_participant_once")]

    def __str__(self) -> str:
        return f"{self.person}"
