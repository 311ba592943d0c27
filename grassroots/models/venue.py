"""议事室: a place where people talk things over. Its people follow from posts in its organization (rights.py)."""

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse

from grassroots.kinds import Level, VenueKind
from grassroots.querysets import VenueQuerySet
from members.models import Organization, OrganizationKind
from workflow.history import tracked


@tracked()
class Venue(models.Model):
    """Never deleted: it ends with its organization. `upper` is where its matters are passed up to."""

    organization = models.OneToOneField(
        Organization, verbose_name="机构", on_delete=models.PROTECT, related_name="venue",
        limit_choices_to={"kind": OrganizationKind.STATION},
        help_text="先在“机构”里建一个类型为“委员履职阵地”的机构；召集人按“负责人”任职，联络员按“工作人员”任职。",
    )  # fmt: skip
    kind = models.CharField("类型", max_length=10, choices=VenueKind.choices)
    level = models.CharField("层级", max_length=10, choices=Level.choices)
    township = models.ForeignKey(
        Organization, verbose_name="所在乡镇（街道）", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        limit_choices_to={"kind": OrganizationKind.UNIT, "system": "township"}, help_text="县级议事室不填。",
    )  # fmt: skip
    upper = models.ForeignKey(
        "self", verbose_name="上一级议事室", null=True, blank=True, on_delete=models.PROTECT, related_name="lower"
    )
    place = models.CharField("地点", max_length=100, help_text="写到门牌或标志物，群众看了能找到。")
    hours = models.CharField("开放时间", max_length=60, blank=True)
    about = models.TextField("介绍", max_length=1000, blank=True)
    takes_matters = models.BooleanField("接受群众在网上提交议题", default=True)

    objects = VenueQuerySet.as_manager()

    class Meta:
        verbose_name = "议事室"
        verbose_name_plural = "议事室"
        ordering = ["organization__order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(level=Level.COUNTY, township__isnull=True)
                | (~models.Q(level=Level.COUNTY) & models.Q(township__isnull=False)),
                name="venue_has_township_below_county",
                violation_error_message="县级议事室不填所在乡镇，乡镇和村级的必须填写。",
            )
        ]

    def __str__(self) -> str:
        return self.organization.name

    def get_absolute_url(self) -> str:
        return reverse("consult:venue", args=[self.pk])

    def clean(self):
        super().clean()
        if self.level in Level.values and self.upper_id and Level(self.upper.level).rank >= Level(self.level).rank:
            raise ValidationError({"upper": "上一级议事室的层级要高于本室，请另选。"})
        if self.upper_id and self.upper.township_id and self.upper.township_id != self.township_id:
            raise ValidationError({"upper": "上一级议事室在别的乡镇（街道），请选本乡镇或县级的。"})
        if self.pk:
            self._check_change(Venue.objects.get(pk=self.pk))
        if self.organization_id and self.organization.kind != OrganizationKind.STATION:
            raise ValidationError({"organization": "请选择类型为“委员履职阵地”的机构。"})

    def _check_change(self, before: "Venue") -> None:
        """Its matters must not fall to other people, nor the rooms below it stand above it."""
        if self.organization_id != before.organization_id and self.matters.exists():
            raise ValidationError({"organization": "这个议事室已有议题，不能换机构。请给新机构另建一个议事室。"})
        if self.level != before.level and self.lower.exists():
            raise ValidationError({"level": "这个议事室下面还有议事室，不能改层级。请先改下级的“上一级议事室”。"})
