import datetime
import io

import pytest
from django.core.management import CommandError, call_command

from deadlines import calendar, recompute
from deadlines.models import CalendarDay, HolidayNotice, Source
from deadlines.recompute import Change

pytestmark = pytest.mark.django_db

D = datetime.date


def run(**options) -> str:
    out = io.StringIO()
    call_command("update_calendar", stdout=out, no_color=True, **options)
    return out.getvalue()


@pytest.fixture
def recomputed(monkeypatch):
    """Registers one open item and notes each time it was asked."""
    calls = []

    def func():
        calls.append(CalendarDay.objects.filter(source=Source.COUNTY).count())
        CalendarDay.objects.create(date=D(2030, 1, 1 + len(calls)), name="写入")
        return [Change("第 001 号 答复", D(2026, 10, 8), D(2026, 10, 9))]

    monkeypatch.setattr(recompute, "_registered", [func])
    return calls


def test_an_empty_calendar_is_filled(recomputed):
    CalendarDay.objects.all().delete()
    HolidayNotice.objects.all().delete()
    assert run(years="2025-2027") == (
        "日历：新增 52 天，更改 0 天，删除 0 天。\n"
        "2027 年：数据包里没有国务院放假安排，暂按法定节假日推算。"
        "通知公布后请升级数据包再运行本命令，或在后台“年度放假安排”里录入。\n"
        "第 001 号 答复：到期日由 2026-10-08 改为 2026-10-09\n"
        "重新计算后，1 个未办结事项的到期日有变化。\n"
    )
    assert len(recomputed) == 1
    assert calendar.load().announced == {2025, 2026}


def test_a_second_run_changes_and_recomputes_nothing(recomputed):
    text = run(years="2025,2026")
    assert text == "日历：新增 0 天，更改 0 天，删除 0 天。\n重新计算后，0 个未办结事项的到期日有变化。\n"
    assert recomputed == []


def test_rows_of_staff_are_kept_and_named():
    CalendarDay.objects.filter(date=D(2026, 10, 10)).update(is_workday=False, source=Source.COUNTY)
    assert "保留人工录入的 2026-10-10，它与数据包不同。" in run(years="2026")
    assert CalendarDay.objects.get(date=D(2026, 10, 10)).is_workday is False


def test_nothing_is_kept_when_recomputing_fails(monkeypatch):
    def broken():
        raise RuntimeError("no")

    monkeypatch.setattr(recompute, "_registered", [broken])
    CalendarDay.objects.filter(date=D(2026, 10, 1)).delete()
    with pytest.raises(RuntimeError):
        run(years="2026")
    assert CalendarDay.objects.filter(date=D(2026, 10, 1)).count() == 0


@pytest.mark.parametrize("years", ["twenty", "2026-", "1926", "2026;drop"])
def test_years_that_cannot_be_read_are_refused(years):
    with pytest.raises(CommandError, match="请写成 2026、2024-2027 或 2024,2026"):
        run(years=years)


def test_recompute_registry_previews_without_writing_and_asks_each_once(recomputed):
    func = recompute._registered[0]
    recompute.register(func)
    change = Change("第 001 号 答复", D(2026, 10, 8), D(2026, 10, 9))
    assert [recompute.preview(), recompute.preview(), recompute.recompute()] == [[change]] * 3
    assert recomputed == [0, 0, 0]
    assert CalendarDay.objects.filter(name="写入").count() == 1
