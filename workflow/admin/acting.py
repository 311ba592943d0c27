"""The page of one act in the admin: the engine's generic act page in the admin's frame."""

from django.core.exceptions import PermissionDenied
from django.forms import CheckboxSelectMultiple, ModelMultipleChoiceField
from django.template.response import TemplateResponse
from django.urls import reverse

from workflow.errors import NotFound, Refused


class AdminAct:
    """Goes before an ActView. `model_admin` is the CaseAdmin whose rows are acted on."""

    model_admin = None
    template_name = "admin/workflow/act.html"

    def dispatch(self, request, *args, **kwargs):
        if not self.model_admin.has_view_permission(request):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def find(self, pk: int):
        case = self.model_admin.get_queryset(self.request).filter(pk=pk).first()
        if case is None:
            raise NotFound
        return case

    def next_url(self, case, act: str) -> str:
        rows = self.model_admin.get_queryset(self.request)
        return (
            self.model_admin.url("change", case.pk)
            if rows.filter(pk=case.pk).exists()
            else self.model_admin.url("changelist")
        )

    def template_for(self, act: str) -> str:
        return self.template_name

    def refusal(self, pk: int, refused: Refused, **context):
        context |= {**self._frame(), "title": "这一步没有办成", "refused": refused}
        return TemplateResponse(self.request, "admin/workflow/refused.html", context, status=refused.status)

    def page(self, case, offered, form, refused=None):
        dress(form)
        return super().page(case, offered, form, refused)

    def around(self, case, row) -> dict:
        text = self.model_admin.text_of(case)
        return {
            **super().around(case, row), **self._frame(), "title": f"{row.label}：{text}", "text": text,
            "back": self.model_admin.url("change", case.pk),
        }  # fmt: skip

    def _frame(self) -> dict:
        site, opts = self.model_admin.admin_site, self.model_admin.opts
        return {
            **site.each_context(self.request),
            "opts": opts,
            "list_url": reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist"),
        }


def dress(form) -> None:
    """Where several may be chosen from a list: boxes to tick, in columns, instead of a list that needs the Ctrl key."""
    for field in form.fields.values() if form is not None else ():
        if isinstance(field, ModelMultipleChoiceField):
            field.widget = CheckboxSelectMultiple(attrs={"class": "tick-list"})
            field.widget.choices = field.choices
