"""Each fault is found, by its case; a county in order has none."""

import io
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError, transaction
from django.utils import timezone

from opinions import invariants
from opinions.effects.issuing import BODY
from opinions.models import Adoption, Forwarding, Issue, OpinionReport, Series
from opinions.states import State
from tests.factories import opinions as make

pytestmark = pytest.mark.django_db


def found() -> set[str]:
    return {finding.what for finding in invariants.findings()}


def test_every_fault_is_found(c, o):
    one, other, part = make.issued(c), make.editing(c), make.replied(c)
    assert found() == set()
    rows = OpinionReport._base_manager
    rows.filter(pk=other.pk).update(issue=one.issue)
    Issue.objects.filter(pk=one.issue_id).update(number=3)
    Issue.objects.create(year=2020, number=1, main_to="县委", issued_on="2020-01-01", issued_by=o.editor, signer="x")
    Adoption.objects.filter(report=one).update(on=timezone.localdate() - timedelta(days=9))
    Forwarding.objects.create(
        report=one, level="city", body="市政协", on=timezone.localdate() - timedelta(days=1), recorded_at=timezone.now()
    )
    type(part)._base_manager.filter(pk=part.pk).update(state="fed_back")
    kept = make.submitted(c)
    rows.filter(pk=kept.pk).update(state=State.COMBINED)
    stub = make.draft(c, title="", situation="", causes="", suggestions="")
    rows.filter(pk=stub.pk).update(state=State.OFFLINE, edited_title="留下的字")
    assert found() == {
        f"编入了{timezone.localdate().year}年第3期，状态却是“编辑中”", "这一期里没有信息", "共编发 1 期，期号却到了第 3 期",
        "编号序列停在 1，期号到了第 3 期", "编号序列停在 None，期号到了第 1 期", "登记了采用，却没有编发，或者采用日期早于编发日期",
        "“上报市政协”的日期早于提交日期", f"“县级单篇采用：{BODY}”的日期早于提交日期", "已转线下，系统里还有文字", "已转线下，没有记下时间", "已并入综合稿，却没有综合稿，或者综合稿又并入了别的稿件",
        "已反馈，却没有答复或核对的时间",
    }  # fmt: skip


def test_united_reports_go_together(c, o):
    main, other = make.issued(c), make.submitted(c)
    rows = OpinionReport._base_manager
    rows.filter(pk=other.pk).update(state=State.COMBINED, combined_into=main)
    assert found() == {"综合稿已编发，并入的这一条没有一起编发"}
    second = make.issued(c)
    rows.filter(pk=second.pk).update(combined_into=main)
    assert "与综合稿不在同一期" in found()


def test_the_database_itself_refuses_the_worst(c, o):
    one = make.editing(c)
    for change in ({"state": State.ISSUED}, {"state": State.OFFLINE}, {"author": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            OpinionReport._base_manager.filter(pk=one.pk).update(**change)
    issue = make.issued(c).issue
    with pytest.raises(IntegrityError), transaction.atomic():
        Issue.objects.create(
            year=issue.year, number=issue.number, main_to="x", issued_on="2026-01-01", issued_by=o.editor, signer="x"
        )


def test_the_command_says_so(c, o):
    out = io.StringIO()
    make.issued(c)
    call_command("check_opinions", stdout=out)
    assert out.getvalue().strip() == "核对完毕：1 条社情民意，没有不符。"
    Series.objects.filter(name__startswith="issue").update(last=9)
    with pytest.raises(CommandError) as refused:
        call_command("check_opinions", stdout=out)
    assert str(refused.value) == "有 1 处不符，请对照办理记录核查。"
