"""提 · 立 · 办 · 督 · 评: how far a case has come, for the steps component."""

from collections.abc import Mapping

STEPS = (("提", "提出"), ("立", "立案"), ("办", "办理"), ("督", "督办"), ("评", "评价"))
CLOSED = "结"


def progress(current: str, notes: Mapping, supervised: bool, ended: str) -> list[dict]:
    """One {mark, name, note, status, word} a step; status is done, now, beside, ended or todo."""
    marks = [mark for mark, _ in STEPS]
    reached = len(marks) if current == CLOSED else marks.index(current)
    return [
        {"mark": mark, "name": name, "note": notes.get(mark, "")}
        | _status(place, reached, mark == "督" and not supervised, ended)
        for place, (mark, name) in enumerate(STEPS)
    ]


def _status(place: int, reached: int, beside: bool, ended: str) -> dict:
    if place == reached and ended:
        return {"status": "ended", "word": ended}
    if place == reached:
        return {"status": "now", "word": "进行中"}
    if place > reached:
        return {"status": "todo", "word": "" if ended else "未到"}
    # Supervision runs beside the handling; most cases never have any.
    return {"status": "beside", "word": "未列督办"} if beside else {"status": "done", "word": "已完成"}
