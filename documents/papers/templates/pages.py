"""公文模板 in the admin: the list of kinds, and the page of one: fields, download, upload, preview, versions."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import content_disposition_header, urlencode

from documents import pdf, refusals
from documents.kinds import KINDS
from documents.models import PaperTemplate

from . import checking, filling, versions
from .kinds import Kind, register


@admin.register(PaperTemplate)
class PaperTemplateAdmin(admin.ModelAdmin):
    """Versions are added by the page of their kind alone; the row of one is there to be looked at."""

    fields = readonly_fields = ["paper", "name", "sha256", "by", "at"]

    @admin.display(description="公文")
    def paper(self, version: PaperTemplate) -> str:
        kind = register().get(version.kind)
        return kind.label if kind else "已不再使用的公文"

    def has_add_permission(self, request) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    def changelist_view(self, request, extra_context=None) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied("您的账号不能查看公文模板。需要时请联系系统管理员。")
        kind = register().get(request.GET.get("kind", ""))
        if kind is None:
            return self._list(request)
        if request.method == "POST":
            return self._changed(request, kind)
        if "file" in request.GET:
            return self._file(request, kind)
        return self._page(request, kind)

    def _list(self, request) -> HttpResponse:
        current = {
            row.kind: row for row in PaperTemplate.objects.in_force().defer("content").select_related("by__person")
        }
        rows = [(kind, self._address(kind), current.get(kind.key)) for kind in register().values()]
        return self._answer(request, "list", {"title": "公文模板", "rows": rows})

    def _page(self, request, kind: Kind, errors: list[str] | None = None) -> HttpResponse:
        rows = PaperTemplate.objects.filter(kind=kind.key).defer("content").select_related("by__person")
        current, address = rows.first(), self._address(kind)
        context = {
            "title": kind.label, "kind": kind, "texts": kind.texts.values(), "lists": kind.lists.values(),
            "versions": rows, "current": current if current and current.name else None, "address": address,
            "errors": errors or [], "no_pdf": pdf.missing(), "may_change": self.has_change_permission(request),
        }  # fmt: skip
        return self._answer(request, "kind", context, 400 if errors else 200)

    def _changed(self, request, kind: Kind) -> HttpResponse:
        if not self.has_change_permission(request):
            raise PermissionDenied("您的账号不能更换公文模板。需要时请联系系统管理员。")
        try:
            return self._act(request, kind)
        except ValidationError as error:
            return self._page(request, kind, error.messages)

    def _act(self, request, kind: Kind) -> HttpResponse:
        act = request.POST.get("act")
        if act in ("preview", "use"):
            name, content = _uploaded(request)
            if act == "preview":
                checking.check(kind, name, content)
                return _docx(filling.filled(content, kind.example()), f"{kind.label}（预览）.docx")
            versions.use(kind, name, content, request.user)
            messages.success(request, f"已启用“{name}”。以后的“{kind.label}”都用这个模板；已经下载的文件不变。")
        elif act == "again":
            versions.use_again(kind, self._version(kind, request.POST.get("version", "")), request.user)
            messages.success(request, "已改用所选的版本。")
        elif act == "default":
            done = versions.use_default(kind, request.user)
            messages.success(request, "已恢复系统自带的版式。" if done else "现在用的就是系统自带的版式，没有变动。")
        return HttpResponseRedirect(self._address(kind))

    def _version(self, kind: Kind, key: str) -> PaperTemplate:
        rows = PaperTemplate.objects.filter(kind=kind.key).exclude(name="")
        found = rows.filter(pk=key).first() if key.isdecimal() and len(key) < 10 else None
        if found is None:
            raise ValidationError("没有找到这个版本。请刷新本页，从下面的列表里选择。")
        return found

    def _file(self, request, kind: Kind) -> HttpResponse:
        """?file=start, current, preview, or the key of a version."""
        asked = request.GET["file"]
        if asked == "start":
            return _docx(filling.start_of(kind), f"{kind.label}（模板）.docx")
        if asked == "preview":
            return _docx(filling.made(kind, kind.example()), f"{kind.label}（示例）.docx")
        if asked == "current":
            content = PaperTemplate.objects.content_of(kind.key) or filling.start_of(kind)
            return _docx(content, f"{kind.label}（模板）.docx")
        try:
            version = self._version(kind, asked)
        except ValidationError as error:
            return self._page(request, kind, error.messages)
        return _docx(bytes(version.content), version.name)

    def _address(self, kind: Kind) -> str:
        return f"{reverse('admin:documents_papertemplate_changelist')}?{urlencode({'kind': kind.key})}"

    def _answer(self, request, page: str, context: dict, status: int = 200) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        return TemplateResponse(request, f"admin/documents/paper_{page}.html", context, status=status)


def _uploaded(request: HttpRequest) -> tuple[str, bytes]:
    file = request.FILES.get("file")
    if file is None:
        raise ValidationError("没有选择文件。请先选择改好的模板（.docx），再按按钮。")
    if file.size > checking.LARGEST:
        raise refusals.refused(file.name, "超过 2 MB", "模板里只需要文字和版式，请删去大图后再上传。", "size")
    return file.name, file.read()


def _docx(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=KINDS[".docx"].content_type)
    answer["Content-Disposition"] = content_disposition_header(True, name)
    answer["Cache-Control"] = "private, no-store"
    return answer
