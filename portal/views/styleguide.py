"""Every component in every state on one page: for developers to copy from, for the tests to look at."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.generic import TemplateView

from portal.templatetags.components import component
from proposals.windows import Countdown


class Sample(forms.Form):
    title = forms.CharField(label="案由", max_length=60, help_text="一事一案，60 字以内。")
    text = forms.CharField(label="情况分析", widget=forms.Textarea, max_length=1500, required=False)
    kind = forms.ChoiceField(
        label="提案形式", widget=forms.RadioSelect, choices=[("one", "个人"), ("joint", "联名"), ("group", "集体")]
    )
    units = forms.MultipleChoiceField(
        label="建议承办单位", widget=forms.CheckboxSelectMultiple, required=False,
        choices=[("1", "县教育局"), ("2", "县交通运输局")],
    )  # fmt: skip
    category = forms.ChoiceField(label="类别", choices=[("", "请选择"), ("1", "教科文卫体"), ("2", "农业农村")])
    day = forms.DateField(label="联系日期", widget=forms.DateInput(attrs={"type": "date"}), required=False)
    phone = forms.CharField(label="联系电话", required=False, widget=forms.TextInput(attrs={"type": "tel"}))
    own = forms.BooleanField(label="本提案由本人撰写，没有过度使用人工智能代写")


class Item(forms.Form):
    text = forms.CharField(label="建议内容", widget=forms.Textarea, max_length=500)


class Search(forms.Form):
    q = forms.CharField(label="案号或关键词", required=False)
    state = forms.ChoiceField(label="状态", choices=[("", "全部"), ("handling", "办理中")], required=False)
    unit = forms.CharField(label="承办单位", required=False)


@dataclass
class SampleEvent:
    id: int
    when: datetime
    label: str
    who: str
    from_label: str = ""
    to_label: str = ""
    on_behalf_of: str = ""
    reason: str = ""
    body: str = ""


@method_decorator(login_not_required, name="dispatch")
class StyleGuide(TemplateView):
    template_name = "portal/styleguide.html"

    def get_context_data(self, **kwargs):
        wrong = Sample({"wrong-text": "情况" * 800}, prefix="wrong")
        rows = forms.formset_factory(Item, extra=0)
        items = rows(initial=[{"text": "在校门口增设减速带和护学岗。"}, {"text": "错开上下学时间。"}], prefix="items")
        return super().get_context_data(
            declared=component.by_name.values(), sample=Sample(), wrong=wrong, items=items,
            search=Search({"q": "校园", "state": "handling"}), applied=[("关键词：校园", "?"), ("状态：办理中", "?")],
            page=Paginator(range(473), 20).page(7), params=self.request.GET, events=_events(),
            files=[{"id": "a1", "name": "校园周边交通调查.docx", "size": 48_230, "url": "#upload"}],
            cases=_cases(), tasks=_tasks(), due=date(2026, 5, 29), saved_at=timezone.now(),
            queues=_queues(), countdowns=_countdowns(), rows=[("案号", "县政协十一届四次会议第 087 号"), ("提案人", "周明远"), ("联名", "")],
            trail=[("首页", "/"), ("提案", "/"), ("第 087 号", "")],
            many=Sample(prefix="many"), unit_groups=_unit_groups(), chosen_units=["县教育局"],
            notes={"提": "3月2日", "立": "3月9日", "办": "县教育局"}, **_charts(), **kwargs,
        )  # fmt: skip


@dataclass
class SampleChoice:
    pk: int
    name: str
    keys: str
    is_chosen: bool = False


def _unit_groups() -> list[tuple[str, list[SampleChoice]]]:
    government = [
        SampleChoice(1, "县教育局", "县教育局 xianjiaoyuju xjyj", True),
        SampleChoice(2, "县水利局", "县水利局 xslj"),
    ]
    return [("政府系统", government), ("乡镇（街道）", [SampleChoice(3, "柏亭街道", "柏亭街道 btjd")])]


def _events() -> list[SampleEvent]:
    last = timezone.localtime().replace(hour=10, minute=32)
    return [
        SampleEvent(4, last, "申请延期", "吴小兰（县教育局）", reason="需要与交警大队共同勘查路口。"),
        SampleEvent(
            3, last - timedelta(days=2), "签收", "吴小兰（县教育局）", "待签收", "办理中", on_behalf_of="县教育局"
        ),
        SampleEvent(2, last - timedelta(days=4), "交办", "何静（提案委员会）", "已立案", "办理中"),
        SampleEvent(1, last - timedelta(days=9), "提交", "周明远", "草稿", "待审查", body="流水号 20260087。"),
    ]


def _cases() -> list[dict]:
    unit = "县教育局"
    return [
        {"number": "087", "title": "关于加强校园周边交通管理的提案", "who": "周明远等 3 人", "unit": unit,
         "colour": "yellow", "word": "临近", "days": 12},
        {"number": "088", "title": "关于推进老王坡高标准农田灌排设施管护的提案", "who": "农业界", "unit": "县水利局",
         "colour": "red", "word": "逾期", "days": -3},
        {"number": "089", "title": "关于支持畜牧机械企业数字化改造的提案", "who": "李素芬", "unit": "县工信局",
         "colour": "green", "word": "正常", "days": 40},
    ]  # fmt: skip


def _tasks() -> list[dict]:
    return [
        {"what": "等您签收", "title": "关于加强校园周边交通管理的提案", "meta": "第 087 号", "href": "#task_list",
         "colour": "orange", "word": "紧迫", "days": 1},
        {"what": "等您评价", "title": "关于新增社区养老助餐点的提案", "meta": "第 012 号", "href": "#task_list",
         "colour": "green", "word": "正常", "days": 9},
    ]  # fmt: skip


def _queues() -> list[dict]:
    names = [("待审查", 32), ("待审定", 8), ("待交办", 0), ("办理中", 214), ("已逾期", 3)]
    return [
        {"label": name, "count": count, "href": f"?queue={place}", "current": place == 0}
        for place, (name, count) in enumerate(names)
    ]


def _charts() -> dict:
    """A few numbers for each kind of chart."""
    cells = [("县教育局", (9, 0, 4)), ("县水利局", (1, 5, 7))]
    return {
        "bar_rows": [{"label": name, "value": value, "href": "#charts"} for name, value in (
            ("教科文卫体", 50), ("社会治理与法治", 40), ("城乡建设与管理", 36), ("其他", 0))],
        "class_names": ["A 类", "B 类", "C 类", "D 类"],
        "stack_rows": [{"label": "教科文卫体", "values": [24, 18, 6, 2], "hrefs": ["#charts"] * 4},
                       {"label": "农业农村", "values": [10, 9, 0, 0]}],
        "line_rows": [{"label": f"{month}月", "value": value} for month, value in ((3, 110), (4, 79), (5, 6))],
        "heat_heads": ["3月", "4月", "5月"],
        "heat_rows": [{"label": name, "total": sum(row), "href": "#charts",
                       "cells": [{"value": value, "href": "#charts"} for value in row]} for name, row in cells],
    }  # fmt: skip


def _countdowns() -> list[Countdown]:
    """Far from the closing hour, near it, and after it."""
    now = timezone.now()
    spans = (timedelta(days=2, hours=3, minutes=1), timedelta(minutes=20, seconds=30), timedelta(hours=-1))
    return [Countdown("十一届四次会议", now + span, now) for span in spans]
