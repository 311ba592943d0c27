"""社情民意 as it leaves the portal. Never anything of the citizen, never a text; none of it is public."""

from exports import lists
from exports.audiences import Audience
from exports.lists import Column, Found, Reader, day, words_of
from workflow.batch import chosen

UNIT = Audience.UNIT
REPORTS = (
    Column("number", "编号", lambda r: r.receipt_number or "草稿", 14, UNIT),
    Column("title", "标题", lambda r: r.shown_title, 50, UNIT),
    Column("reporter", "反映人", lambda r: r.reporter_name, 18, UNIT),
    Column("kind", "反映人类型", lambda r: r.get_reporter_display(), 12, UNIT),
    Column("urgency", "紧急程度", lambda r: r.get_urgency_display(), 10, UNIT),
    Column("state", "状态", lambda r: r.get_state_display(), 14, UNIT),
    Column("submitted", "提交日期", lambda r: day(r.submitted_at), 12, UNIT),
    Column("due", "处理时限", lambda r: r.due_on, 12),
    Column("issue", "期刊", lambda r: str(r.issue or ""), 24),
)
ISSUES = (
    Column("number", "期号", str, 24),
    Column("title", "标题", lambda r: r.main.shown_title, 50),
    Column("names", "反映人", lambda r: r.names, 30),
    Column("to", "主送", lambda r: r.main_to, 30),
    Column("issued", "编发日期", lambda r: r.issued_on, 12),
)


def reports(user, asked) -> Found:
    from .views.listing import population

    found, rows = population(user, asked)
    keys = chosen(asked.getlist("pk"))
    words = words_of(found.form, asked)
    return Found(rows, "，".join(filter(None, [f"勾选的 {len(keys)} 条" if keys else "", words])))


def issues(user, asked) -> Found:
    from .views.issues import population

    return Found(population(user))


def _with_main(rows: list, reader: Reader) -> list:
    from .views.issues import with_main

    return with_main(rows)


def register_own() -> None:
    lists.register("opinions", "社情民意", REPORTS, reports, unit="条")
    lists.register("issues", "《社情民意》各期", ISSUES, issues, unit="期", prepared=_with_main, for_units=False)
