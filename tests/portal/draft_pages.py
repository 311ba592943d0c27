"""A writing page of the simplest kind: keeps drafts in memory and speaks the protocol of autosave.js."""

from dataclasses import dataclass, field

from django import forms
from django.http import HttpResponse, JsonResponse
from django.template import engines
from django.urls import include, path
from django.utils import timezone


class Row(forms.Form):
    text = forms.CharField(label="建议", widget=forms.Textarea, required=False)


class DraftForm(forms.Form):
    title = forms.CharField(label="案由", max_length=60, required=False)
    situation = forms.CharField(label="情况分析", widget=forms.Textarea, required=False)
    agreed = forms.BooleanField(label="同意公开", required=False)


Rows = forms.formset_factory(Row, extra=0)


@dataclass
class Store:
    """What the server holds, and what it was sent."""

    fields: dict = field(default_factory=dict)
    rows: list = field(default_factory=lambda: ["第一条"])
    version: int = 1
    submitted: list = field(default_factory=list)
    broken: bool = False


STORE = Store()

PAGE = """{% extends "layouts/form.html" %}{% load components %}
{% block title %}写提案{% endblock %}{% block heading %}写提案{% endblock %}
{% block content %}
<form method="post" data-autosave-url="/try/save/" novalidate>
{% csrf_token %}<input type="hidden" name="version" value="{{ version }}">
{% default_button name="submit" value="yes" %}
{% autosave_status %}
{% field field=form.title %}{% field field=form.situation %}{% field field=form.agreed %}
{% item_rows formset=rows label="具体建议" %}
{% button label="提交" kind="primary" name="submit" value="yes" %}
</form>
{% endblock %}"""


def write(request):
    if request.method == "POST":
        STORE.submitted.append(request.POST)
        return HttpResponse("收到")
    form = DraftForm(initial=STORE.fields)
    rows = Rows(initial=[{"text": text} for text in STORE.rows], prefix="items")
    context = {"form": form, "rows": rows, "version": STORE.version}
    return HttpResponse(engines["django"].from_string(PAGE).render(context, request))


def save(request):
    if STORE.broken:
        return HttpResponse("Bad gateway", status=502)
    form = DraftForm(request.POST)
    rows = Rows(request.POST, prefix="items")
    if not form.is_valid() or not rows.is_valid():
        return JsonResponse({"errors": form.errors}, status=400)
    if int(request.POST["version"]) != STORE.version:
        return _conflict()
    STORE.fields = form.cleaned_data
    STORE.rows = [row.get("text", "") for row in rows.cleaned_data]
    STORE.version += 1
    return JsonResponse({"saved_at": timezone.localtime().isoformat(), "version": STORE.version})


def _conflict():
    ticked = {True: ["on"], False: []}
    theirs = {name: ticked.get(value, value) for name, value in STORE.fields.items()}
    theirs["items-TOTAL_FORMS"] = len(STORE.rows)
    theirs |= {f"items-{place}-text": text for place, text in enumerate(STORE.rows)}
    answer = {"detail": "另一个窗口刚保存过。", "version": STORE.version, "theirs": theirs}
    return JsonResponse(answer, status=409)


urlpatterns = [
    path("try/", write),
    path("try/save/", save),
    path("", include("xiping_cppcc.urls")),
]
