import re
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models

from members.periods import Period, PeriodQuerySet
from members.pinyin import initials, pinyin_key
from workflow.history import tracked


class OrganizationKind(models.TextChoices):
    SECTOR = "sector", "界别"
    COUNTY_GROUP = "county_group", "县直委员组"
    TOWNSHIP_GROUP = "township_group", "乡镇（街道）联络组"
    COMMITTEE = "committee", "专门委员会"
    PARTY = "party", "党派"
    PEOPLES = "peoples", "人民团体"
    UNIT = "unit", "承办单位"
    DISPATCH = "dispatch", "交办机构"
    LEADERSHIP = "leadership", "县级领导"
    OFFICE = "office", "政协机关"
    STATION = "station", "委员履职阵地"


class System(models.TextChoices):
    """The line of command of a handling unit, which decides its dispatch office; in the official order."""

    PARTY = "party", "党委系统"
    GOVERNMENT = "government", "政府系统"
    TOWNSHIP = "township", "乡镇（街道）"
    OTHER = "other", "其他"


def check_letter_code(code: str) -> None:
    """Chinese characters only, and none that another series of numbers could be taken for (domain §3.4)."""
    if not re.fullmatch("[\u3400-\u9fff]+", code):
        raise ValidationError("发文代字只写汉字，如“西教提”；年份和序号由系统编排。")
    if code.endswith("函"):
        raise ValidationError("发文代字不要以“函”字结尾：会办意见的文号由系统在后面加“函”字。")


class OrganizationQuerySet(PeriodQuerySet):
    def of_kind(self, *kinds):
        return self.filter(kind__in=kinds)

    def units(self):
        return self.of_kind(OrganizationKind.UNIT)

    def by_system(self) -> list[tuple[str, list]]:
        """The units under their line of command, as official lists order them."""
        groups: dict[str, list] = {label: [] for label in System.labels}
        for unit in self:
            groups[System(unit.system or System.OTHER).label].append(unit)
        return [(label, units) for label, units in groups.items() if units]

    def collectives(self):
        """Organizations that may submit proposals of their own (提案工作条例: 党派、团体、界别、小组、专委会)."""
        return self.of_kind(*COLLECTIVE_KINDS)

    def matching(self, text: str):
        text = text.strip().lower()
        return self.filter(
            models.Q(name__icontains=text)
            | models.Q(short_name__icontains=text)
            | models.Q(pinyin__startswith=text)
            | models.Q(initials__startswith=text)
        )


COLLECTIVE_KINDS = (
    OrganizationKind.SECTOR,
    OrganizationKind.COUNTY_GROUP,
    OrganizationKind.TOWNSHIP_GROUP,
    OrganizationKind.COMMITTEE,
    OrganizationKind.PARTY,
    OrganizationKind.PEOPLES,
)

PROPOSAL_COMMITTEE = "proposals"


@tracked()
class Organization(Period):
    """Any body of the committee or the county. Never deleted, only ended."""

    kind = models.CharField("类型", max_length=20, choices=OrganizationKind.choices)
    name = models.CharField("名称", max_length=80)
    short_name = models.CharField("简称", max_length=40, blank=True)
    code = models.CharField(
        "代码",
        max_length=40,
        unique=True,
        null=True,
        blank=True,
        help_text="程序识别用；提案委员会的代码是 proposals。",
    )
    system = models.CharField(
        "所属系统", max_length=12, choices=System.choices, blank=True,
        help_text="承办单位按系统归交办机构管；交办机构填它所管的系统，留空表示全部。",
    )  # fmt: skip
    letter_code = models.CharField(
        "发文代字", max_length=12, blank=True, validators=[check_letter_code],
        help_text="印在答复函的文号里，如“西教提”；留空则用单位名称加“提”。改动只影响以后的文号。",
    )  # fmt: skip
    parent = models.ForeignKey(
        "self", verbose_name="上级", null=True, blank=True, on_delete=models.PROTECT,
        related_name="children",
    )  # fmt: skip
    successor = models.ForeignKey(
        "self", verbose_name="并入", null=True, blank=True, on_delete=models.PROTECT, related_name="predecessors",
        editable=False,
    )  # fmt: skip
    end_document = models.CharField("撤并文号", max_length=60, blank=True, editable=False)
    pinyin = models.CharField("拼音", max_length=200, blank=True)
    initials = models.CharField("拼音首字母", max_length=40, blank=True, editable=False)
    order = models.PositiveIntegerField("排序", default=0)

    objects = OrganizationQuerySet.as_manager()

    class Meta(Period.Meta):
        verbose_name = "机构"
        verbose_name_plural = "机构"
        ordering = ["order", "pinyin", "pk"]
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(
                fields=["kind", "name", "starts"],
                name="organization_unique",
                violation_error_message="同类型、同名称、同开始日期的机构已经存在。",
            ),
        ]

    def __str__(self) -> str:
        return self.short_name or self.name

    def save(self, *args, **kwargs):
        self.set_keys()
        super().save(*args, **kwargs)

    def set_keys(self) -> None:
        self.pinyin = self.pinyin or pinyin_key(self.name, is_person=False)
        self.initials = initials(self.pinyin)[:40]
        self.code = self.code or None

    def clean(self):
        super().clean()
        ancestor = self.parent
        while ancestor is not None:
            if ancestor.pk == self.pk and self.pk is not None:
                raise ValidationError({"parent": "上级不能是本机构或它的下级，请另选。"})
            ancestor = ancestor.parent
        self._check_code_is_free()

    def _check_code_is_free(self) -> None:
        """Two bodies of one time must not write letters of one number."""
        others = Organization.objects.exclude(pk=self.pk).filter(letter_code=self.letter_code)
        if (
            self.letter_code
            and self.starts
            and (other := others.overlapping(self.starts, self.ends or date.max).first())
        ):
            raise ValidationError({"letter_code": f"“{self.letter_code}”已是{other.name}的发文代字，请另定一个。"})


def check_in_force(day: date, **bodies: Organization | None) -> None:
    """Raises ValidationError at the field whose body does not exist on that day."""
    for field, body in bodies.items():
        if body is not None and not body.in_force(day):
            raise ValidationError({field: f"{body}在 {day:%Y-%m-%d} 没有设立或已经撤销，请另选。"})
