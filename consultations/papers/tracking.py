"""跟踪问效清单: every recommendation of a list with where it stands, as .xlsx."""

from collections.abc import Iterable

from consultations.models import Recommendation
from consultations.states import ItemState
from documents.sheets.writing import listing
from members.periods import today

COLUMNS = (
    ("议题编号", 20), ("议题", 40), ("成果形式", 12), ("文号", 18), ("建议", 46), ("承办单位", 18), ("采纳情况", 12),
    ("落实措施或理由", 46), ("答复期限", 13), ("答复日期", 13), ("原定期限", 13), ("落实期限", 13), ("状态", 18),
    ("落实日期", 13), ("落实情况", 46), ("逾期（天）", 12),
)  # fmt: skip


def as_xlsx(rows: Iterable[Recommendation], words: str) -> bytes:
    found = list(rows)
    title = f"协商成果跟踪问效清单（{words}{today():%Y年%m月%d日}，共 {len(found)} 条）"
    return listing("跟踪问效", title, COLUMNS, map(_cells, found))


def _cells(row: Recommendation) -> list:
    due_on = row.answer_due_on if row.state == ItemState.WAITING else row.due_on
    late = (today() - due_on).days if due_on and row.state in ItemState.URGED else 0
    return [
        row.topic.number, row.topic.title, row.outcome.get_kind_display(), row.outcome.document_number, row.text,
        str(row.unit), row.get_answer_display() if row.answer else "", row.measure, row.answer_due_on or "",
        row.answered_on or "", row.promised_on or "", row.due_on or "", row.get_state_display(), row.done_on or "",
        row.result, max(late, 0),
    ]  # fmt: skip
