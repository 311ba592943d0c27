"""What each unit answered, round by round, with the proposers' ratings: plain papers for the archive."""

from django.utils import timezone
from docx.document import Document as Paper

from documents.papers import letter as layout
from documents.papers import page
from proposals.models import QualityRating, Rating, Reply


def contents(filed) -> dict[str, bytes]:
    """One paper for each reply that was sent."""
    units = unit_names(filed)
    return {
        f"{units[share.row.pk]}_第{shown.reply.round}轮.docx": _content(filed, share.row, shown)
        for share in filed.shares for shown in share.replies if not shown.is_draft
    }  # fmt: skip


def unit_names(filed) -> dict[int, str]:
    """Share → the unit's name for its papers; two shares of one name are told apart."""
    found: dict[int, str] = {}
    for share in filed.shares:
        name = str(share.row.unit)
        found[share.row.pk] = f"{name}_{share.row.pk}" if name in found.values() else name
    return found


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
    _ratings(paper, shown.ratings, shown.quality)
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


def _ratings(paper: Paper, ratings: list[Rating], quality: QualityRating | None) -> None:
    if ratings or quality:
        layout.heading(paper, "评价")
    for rating in ratings:
        who = f"{rating.person or '集体提案者'}{'（代录）' if rating.by_proxy else ''}"
        grades = (
            f"办理工作{rating.get_attitude_display() or '未登记'}，办理结果{rating.get_result_display() or '未登记'}"
        )
        voided = f"（已作废：{rating.void_reason}）" if rating.is_voided else ""
        layout.paragraph(paper, f"{who}：{grades}。{rating.comment}{voided}")
    if quality:
        names = ("topic", "substance", "form", "benefit", "overall")
        fields = [
            (quality._meta.get_field(name).verbose_name, getattr(quality, f"get_{name}_display")()) for name in names
        ]
        grades = "；".join(f"{label}：{grade}" for label, grade in fields)
        layout.paragraph(paper, f"承办单位对提案质量的评价：{grades}。{quality.comment}")
