"""What the committee sets for the reports: how the measures of a unit are weighed."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from workflow.history import tracked

from .assessment.measures import BY_KEY, CHOICES
from .snapshot_models import FigureRelease, FigureSnapshot, MonthlyNotice, MonthlyRecipient

__all__ = (
    "AssessmentScheme", "AssessmentWeight", "FigureRelease", "FigureSnapshot", "MonthlyNotice", "MonthlyRecipient",
)  # fmt: skip

WHOLE = 100


@tracked()
class AssessmentScheme(models.Model):
    """The weights that hold from a year on, until a later one takes their place."""

    valid_from = models.PositiveSmallIntegerField(
        "从哪一年起", unique=True, validators=[MinValueValidator(1990), MaxValueValidator(2100)],
        error_messages={"unique": "这一年已有一套权重，请直接修改那一套。"},
    )  # fmt: skip
    basis = models.CharField("依据", max_length=100, blank=True, help_text="例如：考核办法的文号，或会议名称和日期。")

    class Meta:
        verbose_name = "单位考核权重"
        verbose_name_plural = "单位考核权重"
        ordering = ["-valid_from"]

    def __str__(self) -> str:
        return f"{self.valid_from}年起的权重"


@tracked()
class AssessmentWeight(models.Model):
    scheme = models.ForeignKey(
        AssessmentScheme, verbose_name="单位考核权重", on_delete=models.CASCADE, related_name="weights"
    )
    measure = models.CharField("指标", max_length=20, choices=CHOICES)
    weight = models.PositiveSmallIntegerField("权重", validators=[MaxValueValidator(WHOLE)])

    class Meta:
        verbose_name = "指标权重"
        verbose_name_plural = "指标权重"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "measure"], name="assessment_weight_once",
                violation_error_message="这个指标已经有权重，请合成一行。",
            ),
            models.CheckConstraint(condition=models.Q(weight__lte=WHOLE), name="assessment_weight_most"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{BY_KEY[self.measure].name if self.measure in BY_KEY else self.measure}：{self.weight}"


def check_sum(weights: list[int]) -> None:
    """Raises ValidationError unless they make 100."""
    if sum(weights) != WHOLE:
        gap = WHOLE - sum(weights)
        more = f"还差 {gap}" if gap > 0 else f"多了 {-gap}"
        raise ValidationError(f"各指标权重合计为 {sum(weights)}，应当正好是 {WHOLE}（{more}）。请调整后再保存。")
