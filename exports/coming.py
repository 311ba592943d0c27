"""到期提醒预览 as it leaves the portal: notices stand below and cannot declare lists."""

from types import SimpleNamespace

from notices.reminders import preview
from notices.reminders.forms import StepFilter
from workflow.errors import NotAllowed

from . import lists
from .lists import Column, Found, Reader, Unread

COLUMNS = (
    Column("on", "提醒日期", lambda r: r.line.stage.on, 14),
    Column("step", "环节", lambda r: r.line.step, 20),
    Column("number", "案号", lambda r: r.line.row.number, 24),
    Column("due", "期限", lambda r: r.line.row.due_on, 14),
    Column("when", "何时提醒", lambda r: r.line.when, 18),
    Column("audience", "提醒谁", lambda r: r.line.audience, 20),
    Column("count", "人数", lambda r: len(r.line.users), 8),
    Column("people", "姓名", lambda r: r.people, 40),
)


def coming(user, asked) -> Found:
    if not preview.may_look(user):
        raise NotAllowed("您的职务不能查看到期提醒预览。", "如需了解提醒情况，请联系提案委工作人员。")
    form = StepFilter(asked)
    step = form.cleaned_data["step"] if form.is_valid() else ""
    return Found(Unread(lambda: preview.lines(step)), lists.words_of(form, asked))


def _with_people(rows: list, reader: Reader) -> list:
    """The first names, as on the page."""
    named = preview.names_of(pk for line in rows for pk in line.users[: preview.NAMED])
    return [SimpleNamespace(line=line, people=_told(named(line.users[: preview.NAMED]), line)) for line in rows]


def _told(names: str, line: preview.Line) -> str:
    return f"{names} 等" if len(line.users) > preview.NAMED else names


def register_own() -> None:
    lists.register("coming", "到期提醒预览", COLUMNS, coming, unit="次", prepared=_with_people, for_units=False)
