from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from members.periods import Period, PeriodQuerySet
from workflow.history import tracked

from .organization import Organization, OrganizationKind, check_in_force
from .person import Person
from .term import Term


class SeatKind(models.TextChoices):
    MEMBER = "member", "委员"
    STANDING = "standing", "常委"
    SECRETARY = "secretary", "秘书长"
    VICE_CHAIR = "vice_chair", "副主席"
    CHAIR = "chair", "主席"


class EndReason(models.TextChoices):
    TERM_ENDED = "term_ended", "届满"
    RESIGNED = "resigned", "辞去"
    REVOKED = "revoked", "撤销资格"
    MOVED = "moved", "界别（组别）调整"
    DIED = "died", "去世"


# A seat may know from the beginning when its term will be over; that alone does not end it.
PLANNED_END = ("", EndReason.TERM_ENDED)


class MemberQuerySet(PeriodQuerySet):
    def in_office(self, day):
        """The members who count as 应到 on that day: seats in force, none taken from a ledger."""
        return self.on(day).filter(from_ledger=False)

    def held(self, day):
        """The seats that no event has ended: without an end, or with the term's, which is still to come."""
        planned = models.Q(ends__gte=day, end_reason__in=PLANNED_END)
        return self.filter(models.Q(ends__isnull=True) | planned, from_ledger=False)

    def for_list(self):
        return self.select_related("person", "sector", "group", "term")


@tracked()
class Member(Period):
    """A person's seat in a term. A change of sector or group ends this row and begins the next."""

    person = models.ForeignKey(Person, verbose_name="人员", on_delete=models.PROTECT, related_name="seats")
    term = models.ForeignKey(Term, verbose_name="届", on_delete=models.PROTECT, related_name="members")
    number = models.CharField("委员编号", max_length=20, blank=True)
    sector = models.ForeignKey(
        Organization, verbose_name="界别", null=True, blank=True, on_delete=models.PROTECT,
        related_name="sector_members", limit_choices_to={"kind": OrganizationKind.SECTOR},
    )  # fmt: skip
    group = models.ForeignKey(
        Organization, verbose_name="委员组", null=True, blank=True, on_delete=models.PROTECT,
        related_name="group_members",
        limit_choices_to={
            "kind__in": [OrganizationKind.COUNTY_GROUP, OrganizationKind.TOWNSHIP_GROUP]
        },
    )  # fmt: skip
    seat_kind = models.CharField("席位", max_length=12, choices=SeatKind.choices, default=SeatKind.MEMBER)
    decided_by = models.CharField("决定机关", max_length=60, blank=True)
    document_number = models.CharField("决定文号", max_length=60, blank=True)
    end_document = models.CharField("结束决定文号", max_length=60, blank=True)
    end_note = models.CharField("结束说明", max_length=200, blank=True)
    end_reason = models.CharField("结束原因", max_length=12, choices=EndReason.choices, blank=True)
    from_ledger = models.BooleanField("来自台账", default=False, help_text="由旧台账导入时补建，不计入应到和参与率。")

    objects = MemberQuerySet.as_manager()

    class Meta(Period.Meta):
        verbose_name = "委员"
        verbose_name_plural = "委员"
        ordering = ["-term__number", "person__pinyin", "starts"]
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(fields=["person", "term", "starts"], name="member_seat_unique"),
            models.UniqueConstraint(
                fields=["person", "term"],
                condition=models.Q(ends__isnull=True),
                name="member_one_open_seat",
                violation_error_message="此人在这一届已有在任席位，请先结束原席位。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}（{self.term}）"

    @property
    def is_held(self) -> bool:
        """As `MemberQuerySet.held` on today's date; a ledger's seat counts too."""
        return self.ends is None or (self.ends >= timezone.localdate() and self.end_reason in PLANNED_END)

    def clean(self):
        super().clean()
        if not (self.person_id and self.term_id and self.starts):
            return
        self._check_term()
        check_in_force(self.starts, sector=self.sector, group=self.group)
        if self._others_then().exists():
            raise ValidationError("此人同一时间已有席位（一人不能同时在两个界别），请先结束原席位。")

    def _check_term(self) -> None:
        term = self.term
        if self.starts < term.starts or (term.ends and self.starts > term.ends):
            until = f"至 {term.ends:%Y-%m-%d}" if term.ends else "起"
            raise ValidationError(
                {"starts": f"不在{term}任期内（{term.starts:%Y-%m-%d} {until}），请核对开始日期或另选届。"}
            )

    def _others_then(self):
        others = Member.objects.exclude(pk=self.pk).filter(person=self.person, term=self.term)
        others = others.filter(models.Q(ends__isnull=True) | models.Q(ends__gte=self.starts))
        return others.filter(starts__lte=self.ends) if self.ends else others
