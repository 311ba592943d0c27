from django.core.validators import MinLengthValidator
from django.db import models

from workflow.history import tracked


class MarkKind(models.TextChoices):
    """How a word has to stand to be a mark. Most of these words are ordinary ones in ordinary sentences."""

    MARK = "mark", "作为标志出现（单独成行、加★、在括号里、写在“密级：”后）"
    PHRASE = "phrase", "出现在任何地方"


@tracked()
class SecrecyMark(models.Model):
    """A mark by which secret and internal papers are known. Kept by the committee; it warns, it never refuses."""

    word = models.CharField(
        "标志", max_length=40, unique=True, validators=[MinLengthValidator(2, "至少写两个字，一个字会到处误报。")],
        error_messages={"unique": "已有这个标志。"}, help_text="只写字，不写空格和标点。字与字之间有空格、逗号的也能认出来。",
    )  # fmt: skip
    kind = models.CharField("怎样算出现", max_length=10, choices=MarkKind.choices, default=MarkKind.PHRASE)
    order = models.PositiveIntegerField("排序", default=0)
    active = models.BooleanField("使用中", default=True)

    class Meta:
        verbose_name = "涉密标志词"
        verbose_name_plural = "涉密标志词"
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.word
