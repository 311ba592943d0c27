"""Importing a workbook in the admin: choose, look at what would happen, confirm, see what happened.

The file is received once and waits between the steps (documents.uploads), so nothing is chosen twice.
"""

import uuid
from collections.abc import Callable
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import File
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from .kinds import TABLES, TABLES_OFFERED
from .models import Attachment
from .sheets.reports import MADE, Report
from .uploads import discard, receive

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = 300  # problems on the page; the workbook with errors has all


class ImportForm(forms.Form):
    """A subclass says where the rows go: `target()` is handed to the import as it is."""

    file = forms.FileField(
        label="Excel 工作簿（.xlsx）或文本表格（.csv、.tsv）",
        widget=forms.FileInput(attrs={"accept": TABLES_OFFERED}),
        help_text="文本表格的文字编码用 UTF-8 或 GBK 都可以。",
    )
    field_order: list[str] = []

    def target(self) -> str:
        raise NotImplementedError


class ImportPages:
    """Goes before a ModelAdmin. `imports` is a module with preview, run, template and error_workbook."""

    imports = None
    import_form: type[ImportForm] = ImportForm
    import_permission = ""
    import_title = ""
    import_purpose = ""
    import_guide: tuple[str, ...] = ()
    target_label: Callable[[str], str] = staticmethod(str)
    batch_url_name = ""  # the page of an import that has been done, where it can be taken back

    def get_urls(self):
        pages = {
            "import/": ("import", self.import_view),
            "import/template.xlsx": ("import_template", require_safe(self.import_template_view)),
            "import/<uuid:file>/": ("import_preview", self.import_preview_view),
            "import/<uuid:file>/errors.xlsx": ("import_errors", require_safe(self.import_errors_view)),
        }
        urls = [
            path(route, self.admin_site.admin_view(self._guarded(view)), name=self._import_name(name))
            for route, (name, view) in pages.items()
        ]
        return [*urls, *super().get_urls()]

    def has_import_permission(self, request) -> bool:
        return request.user.has_perm(self.import_permission)

    def changelist_view(self, request, extra_context=None):
        extra = dict(extra_context or {})
        if self.has_import_permission(request):
            extra |= {"import_url": self._import_url("import"), "import_title": self.import_title}
        return super().changelist_view(request, extra)

    # --- step 1: choose ---
    def import_view(self, request) -> HttpResponse:
        form = self.import_form(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            try:
                kept = receive(form.cleaned_data["file"], request.user, self.import_purpose, TABLES)
            except ValidationError as refused:
                form.add_error("file", refused)
            else:
                return HttpResponseRedirect(self._preview_url(kept, form.target()))
        context = {"form": form, "guide": self.import_guide, "template_url": self._import_url("import_template")}
        return self._page(request, "import.html", context, status=400 if form.errors else 200)

    # --- step 2: look, step 3: confirm ---
    def import_preview_view(self, request, file: uuid.UUID) -> HttpResponse:
        kept, target = self._waiting(request, file), request.GET.get("target", "")[:20]
        if kept is None:
            return self._start_again(request)
        if request.method == "POST":
            return self._run(request, kept, target)
        report = self._with_file(kept, lambda opened: self.imports.preview(opened, target or None))
        return self._report_page(request, kept, target, report)

    def _run(self, request, kept: Attachment, target: str) -> HttpResponse:
        report = self._with_file(kept, lambda opened: self.imports.run(opened, target or None, request.user))
        if report.ok:
            discard(kept)
        return self._report_page(request, kept, target, report)

    def import_errors_view(self, request, file: uuid.UUID) -> HttpResponse:
        kept, target = self._waiting(request, file), request.GET.get("target", "")[:20]
        if kept is None:
            return self._start_again(request)
        report = self._with_file(kept, lambda opened: self.imports.preview(opened, target or None))
        return _workbook(self.imports.error_workbook(report), f"{self.import_title}-错误.xlsx")

    def import_template_view(self, request) -> HttpResponse:
        return _workbook(self.imports.template(), f"{self.import_title}-模板.xlsx")

    # --- the machinery ---
    def _guarded(self, view):
        def guarded(request, *args, **kwargs):
            if not self.has_import_permission(request):
                raise PermissionDenied(f"您的账号不能{self.import_title}。需要时请联系系统管理员。")
            return view(request, *args, **kwargs)

        return guarded

    def _waiting(self, request, file: uuid.UUID) -> Attachment | None:
        """The user's own upload that still waits; nobody imports what somebody else chose."""
        mine = Attachment.objects.waiting_of(request.user)
        found = mine.filter(pk=file, purpose=self.import_purpose).first()
        return found if found and found.is_on_disk else None

    def _start_again(self, request) -> HttpResponse:
        messages.warning(request, "这个文件已经导入过，或者已过保存期限。需要时请重新选择文件。")
        return HttpResponseRedirect(self._import_url("import"))

    @staticmethod
    def _with_file(kept: Attachment, use: Callable[[File], Report]) -> Report:
        with kept.file.open("rb") as stored:
            return use(File(stored.file, name=kept.name))

    def _report_page(self, request, kept: Attachment, target: str, report: Report) -> HttpResponse:
        context = {
            "report": report, "target": self.target_label(target), "shown": SHOWN, "file_name": kept.name,
            "created": [(MADE[kind], names) for kind, names in report.created.items() if names],
            "has_rows": bool(report.tables) and any(problem.row for problem in report.errors),
            "start_url": self._import_url("import"), "list_url": self._import_url("changelist"),
            "errors_url": self._preview_url(kept, target, "import_errors"),
            "batch_url": reverse(self.batch_url_name, args=[report.batch]) if report.batch else "",
        }  # fmt: skip
        return self._page(request, "import_report.html", context)

    def _page(self, request, template: str, context: dict, status: int = 200) -> HttpResponse:
        frame = {**self.admin_site.each_context(request), "opts": self.opts, "title": self.import_title}
        return TemplateResponse(request, f"admin/documents/{template}", {**frame, **context}, status=status)

    def _import_name(self, name: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{name}"

    def _import_url(self, name: str, *args) -> str:
        return reverse(f"admin:{self._import_name(name)}", args=args)

    def _preview_url(self, kept: Attachment, target: str, name: str = "import_preview") -> str:
        return f"{self._import_url(name, kept.pk)}?{urlencode({'target': target})}"


def _workbook(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response
