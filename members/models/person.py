from django.db import models
from django.db.models.functions import Replace

from members.pinyin import initials, pinyin_key
from members.strokes import stroke_key
from workflow.history import tracked


class Gender(models.TextChoices):
    MALE = "male", "男"
    FEMALE = "female", "女"


class PersonQuerySet(models.QuerySet):
    def matching(self, text: str):
        """People found by a part of their name, their pinyin (with or without blanks) or its initials."""
        text = text.strip().lower()
        joined = Replace("pinyin", models.Value(" "), models.Value(""))
        return self.alias(joined_pinyin=joined).filter(
            models.Q(name__icontains=text)
            | models.Q(joined_pinyin__startswith=text.replace(" ", ""))
            | models.Q(initials__startswith=text)
        )


@tracked(exclude=("stroke_key",))
class Person(models.Model):
    """A person, once, however many seats and posts they hold. No ID number, religion or home address."""

    name = models.CharField("姓名", max_length=40)
    pinyin = models.CharField("拼音", max_length=200, blank=True, help_text="留空则自动生成，可更正。")
    initials = models.CharField("拼音首字母", max_length=40, blank=True, editable=False)
    stroke_name = models.CharField(
        "笔画排序用字", max_length=40, blank=True,
        help_text="名单按姓氏笔画排序有误时填写：把字库没有的字换成笔画、笔顺相同的字。",
    )  # fmt: skip
    stroke_key = models.CharField("笔画次序", max_length=240, blank=True, editable=False)
    gender = models.CharField("性别", max_length=8, choices=Gender.choices, blank=True)
    ethnicity = models.CharField("民族", max_length=20, blank=True)
    born = models.CharField("出生年月", max_length=7, blank=True, help_text="格式：1975-03")
    native_place = models.CharField("籍贯", max_length=60, blank=True)
    party = models.CharField("党派", max_length=30, blank=True)
    education = models.CharField("学历学位", max_length=60, blank=True)
    employer = models.CharField("工作单位", max_length=80, blank=True)
    position = models.CharField("职务", max_length=80, blank=True)
    phone = models.CharField("手机", max_length=20, blank=True)
    email = models.EmailField("电子邮箱", blank=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = "人员"
        verbose_name_plural = "人员"
        ordering = ["pinyin", "pk"]
        indexes = [models.Index(fields=["name"], name="person_name")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs):
        self.set_keys()
        super().save(*args, **kwargs)

    def set_keys(self) -> None:
        """Fill the plain key columns; a corrected pinyin or order of strokes stays."""
        self.pinyin = self.pinyin or pinyin_key(self.name)
        self.initials = initials(self.pinyin)[:40]
        self.stroke_key = stroke_key(self.stroke_name or self.name)

    @property
    def masked_phone(self) -> str:
        return f"{self.phone[:3]}****{self.phone[-4:]}" if len(self.phone) >= 11 else ""
