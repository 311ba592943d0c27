"""What each import did, and the button that takes it back."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from members.models import ImportBatch
from members.roster import showing, undoing
from workflow.admin import ChoiceFilter, ReadOnlyAdmin

PER_PAGE = 100
SHOWN = 300
APPLIED, UNDONE = "已导入", "已撤回"


class UndoForm(forms.Form):
    reason = forms.CharField(label="撤回原因", max_length=200, help_text="例如：选错了届、名册不是最后一稿")


class StateFilter(ChoiceFilter):
    title, parameter_name, fixed = "状态", "undone", [("no", APPLIED), ("yes", UNDONE)]

    def narrow(self, queryset, value):
        return queryset.filter(undone_at__isnull=value == "no")


@admin.register(ImportBatch)
class ImportBatchAdmin(ReadOnlyAdmin):
    """For those who may import; the rows themselves are kept for good."""

    change_form_template = "admin/members/batch.html"
    list_display = [
        "pk", "purpose", "file_name", "imported_at", "shown_importer", "rows", "added", "updated", "unchanged", "shown_state",
    ]  # fmt: skip
    list_display_links = ["pk", "file_name"]
    list_filter = [StateFilter]
    list_select_related = ["imported_by__person"]
    search_fields = ["file_name", "imported_by__person__name"]
    search_help_text = "文件名或导入人"
    fields = [
        "purpose", "file_name", "sha256", "target", "imported_at", "shown_importer", "rows", "added", "updated",
        "unchanged", "shown_state", "undone_at", "shown_undoer", "undone_reason",
    ]  # fmt: skip

    @admin.display(description="导入人", ordering="imported_by")
    def shown_importer(self, batch: ImportBatch) -> str:
        return str(batch.imported_by or "命令行")

    @admin.display(description="状态", ordering="undone_at")
    def shown_state(self, batch: ImportBatch) -> str:
        return UNDONE if batch.is_undone else APPLIED

    @admin.display(description="撤回人")
    def shown_undoer(self, batch: ImportBatch) -> str:
        return str(batch.undone_by or "命令行") if batch.is_undone else "—"

    def get_urls(self):
        view = self.admin_site.admin_view(self.undo_view)
        return [path("<int:pk>/undo/", view, name="members_importbatch_undo"), *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        batch = self.get_object(request, object_id)
        page = Paginator(batch.changes.all() if batch else [], PER_PAGE).get_page(request.GET.get("p"))
        extra = {**(extra_context or {}), "page": page, "rows": showing.shown(list(page))}
        return super().change_view(request, object_id, form_url, extra)

    def undo_view(self, request, pk: int) -> HttpResponse:
        batch = ImportBatch.objects.select_related("undone_by__person").filter(pk=pk).first()
        if batch is None:
            raise Http404("没有这个导入批次。请从“导入批次”列表重新打开。")
        if not self.has_view_permission(request, batch):
            raise PermissionDenied("您的账号不能撤回导入。需要时请联系系统管理员。")
        form = UndoForm(request.POST or None)
        try:
            if form.is_valid() and self._undone(request, batch, form):
                return HttpResponseRedirect(reverse("admin:members_importbatch_change", args=[pk]))
            return self._undo_page(request, batch, form, undoing.preview(batch))
        except ValidationError as refused:
            messages.error(request, "".join(refused.messages))
            return HttpResponseRedirect(reverse("admin:members_importbatch_change", args=[pk]))

    @staticmethod
    def _undone(request, batch: ImportBatch, form: UndoForm) -> bool:
        done = undoing.undo(batch, request.user, form.cleaned_data["reason"])
        if not done.refusals:
            messages.success(request, f"导入批次 {batch.pk} 已撤回：{done.summary}。")
        return not done.refusals

    def _undo_page(self, request, batch: ImportBatch, form: UndoForm, looked: undoing.Undoing) -> HttpResponse:
        refused = request.method == "POST"
        context = {
            **self.admin_site.each_context(request), "opts": self.opts, "original": batch, "form": form,
            "title": f"撤回导入批次 {batch.pk}", "undoing": looked, "refusals": looked.refusals[:SHOWN], "shown": SHOWN,
            "rows": showing.shown(looked.changes[:SHOWN]),
        }  # fmt: skip
        return TemplateResponse(request, "admin/members/undo.html", context, status=400 if refused else 200)
