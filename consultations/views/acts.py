"""The pages of every act: the plain form of the table's row, long lists of people and bodies to be looked through."""

from django.forms import ModelMultipleChoiceField
from django.urls import reverse

from consultations import wording
from consultations.models import Opinion
from documents.act_files import TakesFiles
from members.boxes import Choice, by_initial, chosen_names, grouped
from members.models import Organization, OrganizationKind, Person
from workflow.views import ActView, field_part

from .crumbs import crumbs

ROWS = ("survey", "meeting", "speech")


def part_of(bound) -> dict:
    """One field; people, bodies and opinions are ticked in a list that can be searched."""
    found, field = field_part(bound), bound.field
    model = field.queryset.model if isinstance(field, ModelMultipleChoiceField) else None
    if model is Person:
        groups, finds = grouped(bound, by_initial), "按姓名或拼音首字母查找"
        return found | _listed(groups, "挑选人员", finds)
    if model is Organization:
        groups, finds = grouped(bound, lambda one: OrganizationKind(one.kind).label), "按名称或拼音首字母查找"
        return found | _listed(groups, "挑选单位", finds)
    if model is Opinion:
        return found | _listed(_opinions(bound), "挑选意见", "按姓名或内容查找")
    return found


def _opinions(bound) -> list:
    chosen, groups = {str(value) for value in bound.value() or ()}, {}
    for one in bound.field.queryset:
        label = bound.field.label_from_instance(one)
        groups.setdefault(one.heading or "还没有归类", []).append(
            Choice(one.pk, label, label.lower(), str(one.pk) in chosen)
        )
    return list(groups.items())


def _listed(groups, summary: str, finds: str) -> dict:
    return {
        "groups": groups,
        "chosen": chosen_names(groups),
        "summary": summary,
        "finds": finds,
        "single": False,
        "most": 0,
    }


class ConsultationAct(TakesFiles, ActView):
    list_url = "consultations:topics"
    template_name = "consultations/act.html"

    def part(self, bound) -> dict:
        return part_of(bound) | {"upload": self.upload_for(bound)}

    def consequence(self, case, act: str) -> str:
        return wording.consequence(self.process_name, act)

    def done(self, case, act: str) -> str:
        return wording.done(self.process_name, act)

    def next_url(self, case, act: str) -> str:
        """The page of what was acted on, else the topic's, else the list."""
        seen = type(case).objects.visible_to(self.request.user).filter(pk=case.pk).exists()
        return case.get_absolute_url() if seen else super().next_url(case, act)

    def around(self, case, row) -> dict:
        return {
            "root": case, "case_number": case.number, "back_label": f"返回{self.case_label.removeprefix('查看')}",
            "crumbs": crumbs((str(case), case.get_absolute_url()), row.label),
        }  # fmt: skip


class PlanAct(ConsultationAct):
    process_name, case_label, list_url = "consult_plan", "查看这份计划", "consultations:plans"


class IdeaAct(ConsultationAct):
    process_name, case_label, list_url = "consult_idea", "查看这条建议", "consultations:ideas"


class TopicAct(ConsultationAct):
    process_name, case_label = "topic", "查看这个议题"

    def form_for(self, row, case, data=None):
        """`?survey=`, `?meeting=`, `?speech=`: with which row one came."""
        if data is not None or row.form is None:
            return super().form_for(row, case, data)
        chosen = {name: value for name, value in self.request.GET.items() if name in ROWS}
        return row.form(initial=chosen, case=case, actor=self.request.user)

    def next_url(self, case, act: str) -> str:
        """A new outcome is written at once."""
        if act == "draft_outcome":
            newest = case.outcomes.order_by("-pk").first()
            return reverse("consultations:write_outcome", args=[newest.pk])
        return super().next_url(case, act)


class OpinionActView(ConsultationAct):
    process_name, case_label = "consult_opinion", "查看我的意见"


class OutcomeAct(ConsultationAct):
    process_name, case_label = "outcome", "查看这份成果"

    def template_for(self, act: str) -> str:
        return "consultations/outcome_act.html" if act in ("sign", "return", "send") else self.template_name


class ItemAct(ConsultationAct):
    process_name, case_label, list_url = "recommendation", "查看这条建议", "consultations:items"
