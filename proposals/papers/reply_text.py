"""What each unit answered, round by round, with the proposers' ratings: plain papers for the archive."""

from django.utils import timezone
from docx.document import Document as Paper

from documents.papers import letter as layout
from documents.papers import page
from proposals.models import Rating, Reply


def contents(filed) -> dict[str, bytes]:
    """One paper for each reply that was sent."""
    return {
        f"{share.row.unit}_第{shown.reply.round}轮.docx": _content(filed, share.row, shown)
        for share in filed.shares for shown in share.replies if not shown.is_draft
    }  # fmt: skip


def _content(filed, share, shown) -> bytes:
    reply: Reply = shown.reply
    paper = page.new_paper()
    page.title(paper, f"{share.unit.name}对提案的答复")
    page.line(paper)
    layout.item(paper, "提案", f"{filed.proposal.number}《{filed.proposal}》")
    layout.item(paper, "文号", reply.letter_number or "未登记")
    layout.item(paper, "办理结果", reply.get_result_class_display() or "未登记")
    layout.item(paper, "公开属性", reply.get_disclosure_display())
    layout.heading(paper, "答复正文")
    for words in filter(None, map(str.strip, (reply.body or "（未登记）").splitlines())):
        layout.paragraph(paper, words)
    _answers(paper, reply)
    _ratings(paper, shown.ratings)
    layout.signature(paper, share.unit.name, timezone.localdate(reply.sent_at) if reply.sent_at else None)
    return page.content(paper)


def _answers(paper: Paper, reply: Reply) -> None:
    answers, promises = reply.answers.all(), reply.commitments.all()
    if answers:
        layout.heading(paper, "逐条答复")
    for answer in answers:
        layout.paragraph(paper, f"{answer.suggestion.position}．{answer.suggestion.text}")
        layout.paragraph(paper, f"{answer.get_verdict_display()}：{answer.text}")
    if promises:
        layout.heading(paper, "承诺事项")
    for promise in promises:
        until = f"，{promise.due_on:%Y-%m-%d}前完成" if promise.due_on else ""
        layout.paragraph(paper, f"{promise.measure}（{promise.owner or '责任单位未填'}{until}）")


def _ratings(paper: Paper, ratings: list[Rating]) -> None:
    if ratings:
        layout.heading(paper, "评价")
    for rating in ratings:
        who = f"{rating.person or '集体提案者'}{'（代录）' if rating.by_proxy else ''}"
        grades = (
            f"办理工作{rating.get_attitude_display() or '未登记'}，办理结果{rating.get_result_display() or '未登记'}"
        )
        layout.paragraph(paper, f"{who}：{grades}。{rating.comment}")
