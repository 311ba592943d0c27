from django.core.exceptions import ValidationError
from django.db import models

from members.periods import Period, PeriodQuerySet
from workflow.history import tracked

from .organization import Organization
from .person import Person


class Post(models.TextChoices):
    HEAD = "head", "负责人"
    STAFF = "staff", "工作人员"
    REVIEWER = "reviewer", "审查员"
    OPERATOR = "operator", "经办人"
    UNIT_LEADER = "unit_leader", "单位领导"
    CONVENER = "convener", "召集人"
    CONTACT = "contact", "联系人"
    LEADER = "leader", "领导"
    MEMBER = "member", "成员"
    SUPERVISOR = "supervisor", "监督员"
    INFORMANT = "informant", "特邀信息员"


class AppointmentQuerySet(PeriodQuerySet):
    def in_place_of(self, bodies):
        """Posts in these organizations or in the ones into which they were merged; `bodies`: rows, keys or a query."""
        succeeded = Organization.objects.filter(predecessors__in=bodies)
        return self.filter(models.Q(organization__in=bodies) | models.Q(organization__in=succeeded))


@tracked()
class Appointment(Period):
    """A person's post in an organization, with dates; what a user may do follows from it."""

    person = models.ForeignKey(Person, verbose_name="人员", on_delete=models.PROTECT, related_name="appointments")
    organization = models.ForeignKey(
        Organization, verbose_name="机构", on_delete=models.PROTECT, related_name="appointments"
    )
    post = models.CharField("职务", max_length=12, choices=Post.choices)
    title = models.CharField("职务名称", max_length=40, blank=True, help_text="如：主任、副主任、股长")
    document_number = models.CharField("任命文号", max_length=60, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta(Period.Meta):
        verbose_name = "任职"
        verbose_name_plural = "任职"
        ordering = ["organization", "post", "starts"]
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(fields=["person", "organization", "post", "starts"], name="appointment_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.person}：{self.organization}{self.title or self.get_post_display()}"

    def clean(self):
        super().clean()
        if not (self.organization_id and self.starts):
            return
        if self.starts < self.organization.starts:
            founded = f"{self.organization.starts:%Y-%m-%d}"
            raise ValidationError(
                {"starts": f"该机构 {founded} 才设立，任职不能早于这一天，请核对开始日期或另选机构。"}
            )
        closed = self.organization.ends
        if closed and (self.ends is None or self.ends > closed):
            raise ValidationError(
                {"organization": f"该机构已于 {closed:%Y-%m-%d} 撤销，任职不能晚于这一天，请另选机构。"}
            )
