from django.core.exceptions import ValidationError
from django.db import models

from consultations.kinds import Form, OutcomeKind
from workflow.history import tracked


def check_forms(values) -> None:
    _check(values, Form.values, "协商形式")


def check_outcomes(values) -> None:
    _check(values, OutcomeKind.values, "成果形式")


def _check(values, known: list[str], name: str) -> None:
    if not isinstance(values, list) or not values or set(map(str, values)) - set(known):
        raise ValidationError(f"请至少勾选一种{name}。")


class FormList(models.JSONField):
    """Codes of forms; a history reads them by their names (workflow.changes)."""

    words = Form


class OutcomeKindList(models.JSONField):
    words = OutcomeKind


@tracked()
class TopicKind(models.Model):
    """A kind of topic: the forms it may be consulted in, the outcomes it may have, whether the plan must hold it."""

    name = models.CharField("名称", max_length=40, unique=True)
    forms = FormList("可用的协商形式", validators=[check_forms])
    outcomes = OutcomeKindList("可用的成果形式", validators=[check_outcomes])
    needs_plan = models.BooleanField("必须列入年度计划", default=True)
    needs_meeting = models.BooleanField("报送成果前必须开协商会", default=True)
    order = models.PositiveSmallIntegerField("排序", default=0)
    is_active = models.BooleanField("启用", default=True, help_text="不再使用的类别请停用，不要改成别的意思。")

    class Meta:
        verbose_name = "议题类别"
        verbose_name_plural = "议题类别"
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def form_labels(self) -> str:
        return "、".join(Form(one).label for one in self.forms if one in Form.values)

    @property
    def outcome_labels(self) -> str:
        return "、".join(OutcomeKind(one).label for one in self.outcomes if one in OutcomeKind.values)

    def allows(self, form: str) -> bool:
        return form in self.forms
