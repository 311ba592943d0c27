"""One act on many rows of a list: first its form, then a result for each row above the same list."""

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from workflow import batch
from workflow.querysets import NEVER
from workflow.transition import Transition
from workflow.views import field_part

from .acting import dress

STAGED = "rows"  # what the form page sends back: "id-version"


class BulkActs:
    """Goes before a ModelAdmin of a case. Who may act is decided row by row by the engine."""

    bulk_acts: tuple[str, ...] = ()

    def bulk_rows_for(self, request) -> dict[str, Transition]:
        """The bulk acts for which this user can hold a role at all, by name; nothing is asked of the rows."""
        clauses = self.model.role_clauses(request.user)
        held = {role for role, clause in clauses.items() if clause != NEVER}
        rows = {str(act): self.process.rows_of(act)[0] for act in self.bulk_acts}
        return {act: row for act, row in rows.items() if held & set(row.roles)}

    def get_actions(self, request) -> dict:
        """The buttons above the list; the acts themselves are caught in changelist_view."""
        states = self.states_shown(request)
        rows = self.bulk_rows_for(request).items()
        shown = {act: row for act, row in rows if not states or set(states) & set(row.sources)}
        return {act: (None, act, row.label) for act, row in shown.items()}

    def states_shown(self, request) -> tuple[str, ...]:
        """The states to which the list is narrowed; empty for all."""
        state = request.GET.get("state", "")
        return (state,) if state in self.process.states.values else ()

    def batch_order(self, queryset):
        """In which order the rows of a batch are taken; it matters where numbers are given."""
        return queryset.order_by("pk")

    def changelist_view(self, request, extra_context=None):
        if request.method == "POST" and self.has_view_permission(request):
            return self._bulk(request)
        report = request.session.pop(self._report_key, None)
        return super().changelist_view(request, {"report": report, **(extra_context or {})})

    @property
    def _report_key(self) -> str:
        return f"batch_report_{self.process.name}"

    def _bulk(self, request) -> HttpResponse:
        row = self.bulk_rows_for(request).get(_asked(request))
        if row is None:
            return self._back(request, "没有选择操作，或者您不能进行这项操作。请在列表上方选择后点“执行”。")
        versions = self._marked(request)
        if not versions:
            return self._back(request, f"还没有勾选。请先在列表中勾选，再选“{row.label}”。")
        if len(versions) > batch.MOST:
            return self._back(request, f"一次最多处理 {batch.MOST} 件。请先用筛选或搜索缩小范围。")
        if "confirmed" not in request.POST:
            return self._form_page(request, row, versions)
        return self._carry_out(request, row, versions)

    def _marked(self, request) -> dict[int, int | None]:
        if STAGED in request.POST:
            return batch.chosen(request.POST.getlist(STAGED))
        if request.POST.get("select_across") == "1":
            return dict.fromkeys(self._across(request))
        return batch.chosen(request.POST.getlist(ACTION_CHECKBOX_NAME))

    def _across(self, request) -> list[int]:
        """All rows of the current filter, one more than is allowed at most."""
        try:
            rows = self.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters:
            return []
        return list(rows.values_list("pk", flat=True)[: batch.MOST + 1])

    def _rows(self, request):
        return self.batch_order(self.get_queryset(request))

    def _form_page(self, request, row: Transition, versions, form=None) -> HttpResponse:
        cases = list(self._rows(request).filter(pk__in=versions))
        if not cases:
            return self._back(request, "勾选的事项都找不到了，可能已经转给别人。请看最新的列表。")
        form = form or batch.form_for_many(row, cases[0], request.user)
        dress(form)
        context = {
            **self.admin_site.each_context(request), "opts": self.opts, "row": row, "form": form,
            "parts": [field_part(bound) for bound in form or ()],
            "cases": [(case, self.text_of(case)) for case in cases], "gone": len(versions) - len(cases),
            "consequence": self.consequence(row), "title": f"{row.label}：所选 {len(cases)} 件",
        }  # fmt: skip
        return TemplateResponse(
            request, "admin/workflow/bulk.html", context, status=400 if form and form.errors else 200
        )

    def _carry_out(self, request, row: Transition, versions) -> HttpResponse:
        results, invalid = batch.carry_out(str(row.act), self._rows(request), versions, request.user, request.POST)
        if invalid:
            return self._form_page(request, row, versions, invalid.form)
        request.session[self._report_key] = batch.report(row.label, results, self.text_of)
        return HttpResponseRedirect(request.get_full_path())

    @staticmethod
    def _back(request, sentence: str) -> HttpResponse:
        messages.warning(request, sentence)
        return HttpResponseRedirect(request.get_full_path())


def _asked(request) -> str:
    """The act chosen in the drop-down whose button was pressed, or the one of the form page."""
    chosen, index = request.POST.getlist("action"), request.POST.get("index", "0")
    number = int(index) if index.isascii() and index.isdecimal() and len(index) < 3 else 0
    return chosen[number] if number < len(chosen) else ""
