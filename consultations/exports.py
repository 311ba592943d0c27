"""Topics, suggestions, plans and the recommendations that are tracked, as they leave the portal. No citizen is named."""

from exports import lists
from exports.audiences import Audience
from exports.lists import Column, Found, day, words_of
from members.periods import today
from workflow.batch import chosen

from .kinds import Form
from .models import Idea, Recommendation, Topic
from .states import ItemState

UNIT = Audience.UNIT


def _when(row: Topic):
    """A real date where there is one, else the month that the plan names."""
    return row.held_on or row.meets_on or f"{row.year}年{row.timing}"


def _late(row: Recommendation) -> int:
    due_on = row.answer_due_on if row.state == ItemState.WAITING else row.due_on
    return max((today() - due_on).days, 0) if due_on and row.state in ItemState.URGED else 0


def _from(row: Idea) -> str:
    """The name of a citizen stays on the page of the house."""
    return str(row.organization or row.person or "群众")


TOPICS = (
    Column("number", "编号", lambda r: r.number, 22, UNIT),
    Column("title", "议题", str, 46, UNIT),
    Column("kind", "类别", lambda r: str(r.kind), 14, UNIT),
    Column("form", "协商形式", lambda r: Form(r.form).label, 14, UNIT),
    Column("when", "协商时间", _when, 14, UNIT),
    Column("lead", "承办专委会", lambda r: str(r.lead), 20, UNIT),
    Column("leader", "牵头领导", lambda r: str(r.leader or ""), 12, UNIT),
    Column("state", "进度", lambda r: r.get_state_display(), 14, UNIT),
    Column("items", "建议（条）", lambda r: r.item_count, 10, UNIT),
    Column("reported", "成果报送", lambda r: r.reported_on, 12, UNIT, is_usual=False),
    Column("closed", "办结日期", lambda r: r.closed_on, 12, UNIT, is_usual=False),
)
ITEMS = (
    Column("topic_number", "议题编号", lambda r: r.topic.number, 22, UNIT),
    Column("topic", "议题", lambda r: r.topic.title, 40, UNIT),
    Column("outcome", "成果形式", lambda r: r.outcome.get_kind_display(), 12, UNIT),
    Column("document", "文号", lambda r: r.outcome.document_number, 18, UNIT),
    Column("text", "建议", lambda r: r.text, 46, UNIT),
    Column("unit", "承办单位", lambda r: str(r.unit), 18, UNIT),
    Column("answer", "采纳情况", lambda r: r.get_answer_display() if r.answer else "", 12, UNIT),
    Column("measure", "落实措施或理由", lambda r: r.measure, 46, UNIT),
    Column("answer_due", "答复期限", lambda r: r.answer_due_on, 13, UNIT),
    Column("answered", "答复日期", lambda r: r.answered_on, 13, UNIT),
    Column("promised", "原定期限", lambda r: r.promised_on, 13, UNIT),
    Column("due", "落实期限", lambda r: r.due_on, 13, UNIT),
    Column("state", "状态", lambda r: r.get_state_display(), 18, UNIT),
    Column("done", "落实日期", lambda r: r.done_on, 13, UNIT),
    Column("result", "落实情况", lambda r: r.result, 46, UNIT),
    Column("late", "逾期（天）", _late, 12, UNIT),
)
OUTCOMES = (
    Column("title", "成果", str, 46, UNIT),
    Column("topic", "议题", lambda r: str(r.topic), 40, UNIT),
    Column("year", "年度", lambda r: r.topic.year, 8, UNIT),
    Column("kind", "成果形式", lambda r: r.get_kind_display(), 12, UNIT),
    Column("document", "文号", lambda r: r.document_number, 18, UNIT),
    Column("sent", "报送日期", lambda r: r.sent_on, 13, UNIT),
    Column("to", "报送", lambda r: r.sent_to, 30, UNIT),
    Column("instructions", "批示（次）", lambda r: r.instruction_count, 10),
)
IDEAS = (
    Column("number", "编号", lambda r: r.number, 22),
    Column("title", "建议议题", str, 46),
    Column("from", "提出者", _from, 20),
    Column("source", "来源", lambda r: r.get_source_display(), 12),
    Column("channel", "收到方式", lambda r: r.get_channel_display(), 12),
    Column("entered", "登记日期", lambda r: day(r.entered_at), 12),
    Column("state", "状态", lambda r: r.get_state_display(), 14),
)
PLANS = (
    Column("plan", "计划", str, 26),
    Column("state", "状态", lambda r: r.get_state_display(), 14),
    Column("topics", "议题（项）", lambda r: r.topic_count, 10),
    Column("issued", "印发日期", lambda r: r.issued_on, 12),
    Column("document", "文号", lambda r: r.document_number, 24),
)


def _found(rows, words: str, asked, measure: str) -> Found:
    """What the page lists; of it only the rows that were ticked in the admin, where some were."""
    keys = chosen(asked.getlist("pk"))
    if not keys:
        return Found(rows, words)
    return Found(rows.filter(pk__in=keys), "，".join(filter(None, [f"勾选的 {len(keys)} {measure}", words])))


def topics(user, asked) -> Found:
    from .views.topics import population

    found, rows = population(user, asked)
    return _found(rows, words_of(found.form, asked), asked, "项")


def items(user, asked) -> Found:
    from .views.items import population

    found, rows = population(user, asked)
    return _found(rows, words_of(found.form, asked), asked, "条")


def outcomes(user, asked) -> Found:
    from .views.outcomes import population

    found, rows = population(user, asked)
    return _found(rows, words_of(found.form, asked), asked, "份")


def ideas(user, asked) -> Found:
    from .views.ideas import population

    found, rows = population(user, asked)
    return _found(rows, words_of(found.form, asked), asked, "条")


def plans(user, asked) -> Found:
    from .views.plans import population

    return _found(population(user), "", asked, "份")


def register_own() -> None:
    lists.register("topics", "协商议题", TOPICS, topics, unit="项")
    lists.register("recommendations", "协商成果跟踪问效清单", ITEMS, items, unit="条")
    lists.register("outcomes", "协商成果", OUTCOMES, outcomes, unit="份")
    lists.register("ideas", "征集的议题", IDEAS, ideas, unit="条", for_units=False)
    lists.register("plans", "年度协商计划", PLANS, plans, unit="份", for_units=False)
