"""The page on which the committee moves a session's window, says why, and opens 附议."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone

from members.models import Session
from proposals import moving_windows
from proposals.windows import countdown, known_session

MAY_MOVE = "proposals.move_window"
LARGEST = 2**31


class MomentField(forms.DateTimeField):
    """To the minute, and to the second where the stored time has seconds."""

    def __init__(self, **kwargs):
        formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"]
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(input_formats=formats, widget=widget, **kwargs)

    def show_seconds(self) -> None:
        self.widget.format = "%Y-%m-%dT%H:%M:%S"
        self.widget.attrs["step"] = "1"


class WindowForm(forms.Form):
    window_opens = MomentField(label="提案征集开始")
    window_closes = MomentField(
        label="大会提案截止", help_text="到这一刻为止提交的是大会提案，之后提交的转为平时提案。"
    )
    allows_support = forms.BooleanField(
        label="允许附议", required=False,
        help_text="打开后，提案人同意附议的提案在审定之前，在任委员可以看到并附议。",
    )  # fmt: skip
    support_closes = MomentField(label="附议截止", required=False, help_text="不填则到每件提案审定为止。")
    reason = forms.CharField(
        label="调整理由",
        max_length=200,
        widget=forms.TextInput(attrs={"size": 60}),
        help_text="必填，写进修改历史；改截止时间的，有草稿的人会看到。",
    )
    seen_closes = forms.DateTimeField(widget=forms.HiddenInput, input_formats=["%Y-%m-%dT%H:%M:%S.%f%z"])

    def __init__(self, *args, session: Session, **kwargs):
        initial = {name: getattr(session, name) for name in moving_windows.FIELDS}
        super().__init__(*args, initial=initial, **kwargs)
        for name in ("window_opens", "window_closes", "support_closes"):
            if initial[name] and initial[name].second:
                self.fields[name].show_seconds()
        self.seen = session.window_closes.strftime("%Y-%m-%dT%H:%M:%S.%f%z")

    def clean(self):
        data = super().clean()
        if "seen_closes" in self.errors:
            raise ValidationError(moving_windows.CHANGED)
        return data

    def change(self, session: Session) -> str:
        """Do it and say so. Raises ValidationError."""
        data = dict(self.cleaned_data)
        told = moving_windows.change(session, data.pop("seen_closes"), data.pop("reason"), **data)
        return "已保存。" + (f"已通知有草稿的 {told} 人新的截止时间。" if told else "")


class WindowPages:
    """Goes before the ModelAdmin of proposals."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.window_view)
        pages = [path("window/", view, name="proposals_proposal_window")]
        return [*pages, *super().get_urls()]

    def window_view(self, request) -> HttpResponse:
        if not request.user.has_perm(MAY_MOVE):
            raise PermissionDenied("征集时间由提案委负责人和工作人员调整。")
        session = _chosen(request)
        form = WindowForm(request.POST or None, session=session)
        cut = None
        if request.method == "POST" and form.is_valid():
            cut = moving_windows.cut_short(session, form.cleaned_data["window_closes"])
            brought_forward = form.cleaned_data["window_closes"] < session.window_closes
            if not brought_forward or "confirm" in request.POST:
                try:
                    messages.success(request, form.change(session))
                    return HttpResponseRedirect(f"{request.path}?session={session.pk}")
                except ValidationError as refused:
                    form.add_error(None, refused)
        return self._window_page(request, session, form, cut)

    def _window_page(self, request, session: Session, form: WindowForm, cut: int | None) -> HttpResponse:
        new = form.cleaned_data.get("window_closes") if form.is_bound and form.is_valid() else None
        context = {
            **self.admin_site.each_context(request), "opts": self.opts, "title": f"{session}：征集时间和附议",
            "form": form, "session": session, "countdown": countdown(session),
            "sessions": Session.objects.select_related("term"),
            "cut": cut, "warns": new is not None and new < session.window_closes,
            "is_past": new is not None and new <= timezone.now(),
            "history": reverse("admin:members_session_history", args=[session.pk]),
        }  # fmt: skip
        return TemplateResponse(request, "admin/proposals/window.html", context, status=400 if form.errors else 200)


def _chosen(request) -> Session:
    """The session that the address names; without one the present one."""
    given = request.GET.get("session", "")
    if not given:
        session = known_session()
    else:
        known = given.isdecimal() and len(given) < 10 and int(given) < LARGEST
        session = Session.objects.select_related("term").filter(pk=int(given)).first() if known else None
    if session is None:
        raise Http404("没有这次会议。请先在“会议（次）”里登记。")
    return session
