"""The official list of members as a page, .docx and .xlsx."""

from urllib.parse import urlencode

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from documents.kinds import KINDS
from members import leaving
from members.models import Term
from members.name_list import By, Order, Scope, Wanted, paper, sections, sheet
from members.periods import today

WRITERS = {".docx": paper.write, ".xlsx": sheet.write}


class WantedForm(forms.Form):
    """Blank fields take the list most often wanted: this term, today, by sector and strokes."""

    term = forms.ModelChoiceField(label="届", queryset=Term.objects.all(), empty_label=None)
    day = forms.DateField(
        label="在任日期", widget=forms.DateInput(attrs={"type": "date"}), help_text="列出这一天在任的委员"
    )
    by = forms.ChoiceField(label="分组", choices=By.choices)
    order = forms.ChoiceField(label="排序", choices=Order.choices)
    scope = forms.ChoiceField(label="范围", choices=Scope.choices)

    def wanted(self) -> Wanted:
        data = self.cleaned_data
        return Wanted(data["term"], data["day"], Order(data["order"]), By(data["by"]), Scope(data["scope"]))


class NameListPages:
    """Goes before the ModelAdmin of seats."""

    def get_urls(self):
        view = self.admin_site.admin_view(require_safe(self.name_list_view))
        return [path("list/", view, name="members_member_list"), *super().get_urls()]

    def name_list_view(self, request) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied("您的账号不能查看委员名单。需要时请联系系统管理员。")
        form = WantedForm(_usual() | request.GET.dict())
        wanted = form.wanted() if form.is_valid() else None
        ending = request.GET.get("file", "")
        if wanted and ending in WRITERS:
            leaving.note(request.user, f"{wanted.title}（{ending}）", _count(wanted))
            return _file(wanted, ending)
        found = sections.read(wanted) if wanted else []
        context = {
            **self.admin_site.each_context(request), "opts": self.opts, "title": "委员名单", "form": form, "wanted": wanted,
            "sections": [(section.title, ["".join(paper.words_of(seat)) for seat in section.seats]) for section in found],
            "counted": wanted and wanted.subtitle(sum(len(section.seats) for section in found)),
            "query": (query := urlencode({name: form[name].value() for name in form.fields})),
            "pdf_address": f"?{query}&file=.docx",
        }  # fmt: skip
        return TemplateResponse(request, "admin/members/name_list.html", context, status=400 if form.errors else 200)


def _usual() -> dict:
    term = Term.objects.filter(starts__lte=today()).first() or Term.objects.first()
    return {
        "term": str(term.pk) if term else "", "day": f"{today():%Y-%m-%d}", "by": By.SECTOR, "order": Order.STROKES,
        "scope": Scope.ALL,
    }  # fmt: skip


def _count(wanted: Wanted) -> int:
    return sum(len(section.seats) for section in sections.read(wanted))


def _file(wanted: Wanted, ending: str) -> HttpResponse:
    response = HttpResponse(WRITERS[ending](wanted), content_type=KINDS[ending].content_type)
    response["Content-Disposition"] = content_disposition_header(True, f"{wanted.title}{ending}")
    response["Cache-Control"] = "private, no-store"
    return response
