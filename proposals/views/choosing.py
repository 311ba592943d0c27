"""Lists of boxes that can be looked through by name, number or pinyin, without a library."""

from django.forms import BoundField, ModelChoiceField, ModelMultipleChoiceField

from members.boxes import Choice, Groups, chosen_names
from members.models import Organization
from members.unit_boxes import unit_groups
from proposals.models import Proposal
from proposals.validators import UNITS_MAX
from workflow.views import field_part


def part_of(bound: BoundField) -> dict:
    """One field of an act's page: units and proposals are looked for in a list, not with the control key."""
    found, field = field_part(bound), bound.field
    model = field.queryset.model if isinstance(field, ModelChoiceField) else None
    if model is Organization and isinstance(field, ModelMultipleChoiceField):
        most = UNITS_MAX if bound.name == "units" else 0
        return found | _listed(unit_groups(bound), "挑选单位", "按名称或拼音首字母查找") | {"most": most}
    if model is Proposal:
        return found | _listed(case_groups(bound), "挑选提案", "按案号或案由查找") | {"most": 0, "single": True}
    return found


def _listed(groups: Groups, summary: str, finds: str) -> dict:
    chosen = chosen_names(groups)
    return {"groups": groups, "chosen": chosen, "summary": summary, "finds": finds, "single": False}


def case_groups(bound: BoundField) -> Groups:
    """The proposals of a choice under their categories, each in the order of the field."""
    chosen, groups = str(bound.value() or ""), {}
    for case in bound.field.queryset.select_related("business_category"):
        name = bound.field.label_from_instance(case)
        choice = Choice(case.pk, name, "".join(name.split()).lower(), str(case.pk) == chosen)
        groups.setdefault(str(case.business_category or "未分类"), []).append(choice)
    return list(groups.items())
