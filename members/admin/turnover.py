"""Pages of 换届, and of what happens to one seat within a term."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from members.models import EndReason, Member, Organization, OrganizationKind, Term
from members.periods import today
from members.turnover import seats, terms

DAY = forms.DateInput(attrs={"type": "date"})
GROUPS = (OrganizationKind.COUNTY_GROUP, OrganizationKind.TOWNSHIP_GROUP)


class EndForm(forms.Form):
    reason = forms.ChoiceField(label="原因", choices=[("", "请选择"), *((r.value, r.label) for r in seats.MID_TERM)])
    last_day = forms.DateField(label="任职最后一天", widget=DAY)
    document = forms.CharField(label="决定文号", required=False, max_length=60)
    note = forms.CharField(label="说明", required=False, max_length=200)

    def act(self, seat: Member) -> str:
        data = self.cleaned_data
        seats.end(seat, data["last_day"], data["reason"], data["document"], data["note"])
        label = EndReason(data["reason"]).label
        return f"已登记：{seat.person}{label}，任职到 {data['last_day']:%Y-%m-%d}。此前的提案仍归本人名下，可继续跟踪和评价。"


class MoveForm(forms.Form):
    sector = forms.ModelChoiceField(
        label="界别", queryset=Organization.objects.none(), required=False, empty_label="不在界别"
    )
    group = forms.ModelChoiceField(
        label="委员组", queryset=Organization.objects.none(), required=False, empty_label="未编组"
    )
    first_day = forms.DateField(label="从哪天起", widget=DAY)
    document = forms.CharField(label="决定文号", required=False, max_length=60)

    def __init__(self, *args, seat: Member, **kwargs):
        super().__init__(*args, initial={"sector": seat.sector_id, "group": seat.group_id}, **kwargs)
        in_force = Organization.objects.on(today())
        self.fields["sector"].queryset = in_force.of_kind(OrganizationKind.SECTOR)
        self.fields["group"].queryset = in_force.of_kind(*GROUPS)

    def act(self, seat: Member) -> str:
        data = self.cleaned_data
        new = seats.move(seat, data["first_day"], data["sector"], data["group"], data["document"])
        return f"已登记：{seat.person}从 {new.starts:%Y-%m-%d} 起在{new.sector or '（不在界别）'}、{new.group or '（未编组）'}。"


class SeatActs:
    """Goes before the ModelAdmin of seats: 辞去、撤销、去世, and 界别（组别）调整, each on a page of its own."""

    change_form_template = "admin/members/seat.html"

    def get_urls(self):
        pages = {"end": self.end_view, "move": self.move_view}
        urls = [
            path(f"<int:pk>/{name}/", self.admin_site.admin_view(view), name=f"members_member_{name}")
            for name, view in pages.items()
        ]
        return [*urls, *super().get_urls()]

    def end_view(self, request, pk: int) -> HttpResponse:
        seat = self._seat(request, pk)
        return self._fact_page(request, seat, EndForm(request.POST or None), "辞去、撤销或去世")

    def move_view(self, request, pk: int) -> HttpResponse:
        seat = self._seat(request, pk)
        return self._fact_page(request, seat, MoveForm(request.POST or None, seat=seat), "界别（组别）调整")

    def _seat(self, request, pk: int) -> Member:
        seat = Member.objects.for_list().filter(pk=pk).first()
        if seat is None:
            raise Http404("没有这个席位。请从委员列表重新打开。")
        if not self.has_change_permission(request, seat):
            raise PermissionDenied(self.refusal_for(request, seat) or "您的账号不能登记委员席位的变动。")
        return seat

    def _fact_page(self, request, seat: Member, form, title: str) -> HttpResponse:
        if request.method == "POST" and form.is_valid():
            try:
                messages.success(request, form.act(seat))
                return HttpResponseRedirect(reverse("admin:members_member_changelist"))
            except ValidationError as refused:
                form.add_error(None, refused)
        context = {
            **self.admin_site.each_context(request), "opts": self.opts, "original": seat, "form": form,
            "title": f"{seat.person}：{title}", "button": "登记",
        }  # fmt: skip
        return TemplateResponse(request, "admin/members/fact.html", context, status=400 if form.errors else 200)


class OpeningForm(forms.Form):
    number = forms.IntegerField(label="新一届", min_value=1, max_value=99, help_text="例如 12")
    starts = forms.DateField(label="开始日期", widget=DAY, help_text="上一届在前一天届满")
    decided_by = forms.CharField(
        label="决定机关", required=False, max_length=60, help_text="例如 政协西平县第十一届委员会常务委员会"
    )
    document = forms.CharField(label="决定文号", required=False, max_length=60)


class TermOpening:
    """Goes before the ModelAdmin of terms: a new term from the members of the old one, looked at before it is done."""

    change_list_template = "admin/members/terms.html"

    def get_urls(self):
        view = self.admin_site.admin_view(self.open_view)
        return [path("open/", view, name="members_term_open"), *super().get_urls()]

    def open_view(self, request) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied("您的账号不能办理换届。需要时请联系系统管理员。")
        old = Term.objects.order_by("-number").first()
        if old is None:
            messages.warning(request, "还没有上一届。请先导入委员名册，或在这里新增“届”。")
            return HttpResponseRedirect(reverse("admin:members_term_changelist"))
        form = OpeningForm(request.POST or None, initial={"number": old.number + 1})
        staying, shown = _keys(request, "staying"), _keys(request, "shown")
        opening = self._opening(form, old, staying) if request.method == "POST" else None
        if opening and "confirm" in request.POST:
            try:
                return self._open(request, form, opening, shown)
            except ValidationError as refused:
                form.add_error(None, refused)
                opening = None
        return self._form_page(request, form, old, opening, staying)

    @staticmethod
    def _opening(form: OpeningForm, old: Term, staying: set[int]) -> terms.Opening | None:
        if not form.is_valid():
            return None
        try:
            return terms.prepare(old, form.cleaned_data["number"], form.cleaned_data["starts"], staying)
        except ValidationError as refused:
            form.add_error(None, refused)
            return None

    def _open(self, request, form: OpeningForm, opening: terms.Opening, shown: set[int]) -> HttpResponse:
        if shown != {seat.pk for seat in [*opening.staying, *opening.leaving]}:
            raise ValidationError(terms.CHANGED)
        new = terms.open_term(opening, form.cleaned_data["document"], form.cleaned_data["decided_by"])
        messages.success(
            request,
            f"{new}已设立：连任 {len(opening.staying)} 人，不再担任 {len(opening.leaving)} 人。新任委员请用“导入委员名册”登记，届次选{new}。",
        )
        return HttpResponseRedirect(reverse("admin:members_term_changelist"))

    def _form_page(self, request, form, old: Term, opening, staying: set[int]) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request), "opts": self.opts, "title": f"换届：{old}的下一届", "form": form,
            "old": old, "opening": opening, "staying": staying, "seats": list(terms.seats_of(old)),
            "everybody": request.method != "POST", "posts": terms.posts_left(opening) if opening else [],
        }  # fmt: skip
        return TemplateResponse(request, "admin/members/open_term.html", context, status=400 if form.errors else 200)


def _keys(request, name: str) -> set[int]:
    return {int(pk) for pk in request.POST.getlist(name) if pk.isdecimal()}
