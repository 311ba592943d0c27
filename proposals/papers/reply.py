"""A unit's letters in 信函格式: the reply, 补充答复, 会办意见 (domain §3.4, GB/T 9704)."""

from collections.abc import Iterable

from django.utils import timezone
from docx.document import Document as Paper

from documents.papers import letter as layout
from documents.papers import page
from members.models import Organization
from members.periods import today
from proposals.letter_words import opinion_word_of, word_of
from proposals.letters import (
    COMMITTEE,
    Letter,
    addressed,
    committee_of,
    dispatch_offices,
    formal,
    letter,
    numbered,
    sender_of,
)
from proposals.models import Assignment, Proposal, Reply, SupplementaryReply

BLANK = "＿＿＿＿"
CHINESE = "一二三四五六七八九十"
THANKS = "专此答复。感谢您对我们工作的关心和支持。"


def reply_letter(share: Assignment, reply: Reply, merged: Iterable[Proposal] = (), shows_phone: bool = True) -> bytes:
    """The .docx of a reply of `for_detail()`; `shows_phone` is for those who may know whom to call."""
    words = letter(share, reply, merged)
    reference = reply.letter_number or unnumbered(word_of(share.unit), today().year)
    paper = layout.new_letter(words.sender, reference, mark=f"{reply.result_class or '　'}类")
    _open(paper, words)
    _lines(paper, reply.body or "（还没有写）")
    _answers(paper, reply, words.you)
    _promises(paper, reply)
    layout.paragraph(paper, closing(words))
    layout.signature(paper, words.sender, words.dated_on)
    _whom_to_ask(paper, reply, shows_phone)
    layout.copies(paper, words.copies)
    return page.content(paper)


def supplement_letter(
    share: Assignment, supplement: SupplementaryReply, merged: Iterable[Proposal] = (), shows_phone: bool = True
) -> bytes:
    """`supplement.reply` is set, with its class and copies."""
    reply, words = supplement.reply, letter(share, supplement.reply, merged)
    on = timezone.localdate(supplement.signed_at) if supplement.signed_at else today()
    sender = formal(_supplement_sender(share, supplement))
    reference = supplement.letter_number or unnumbered(word_of(share.unit), on.year)
    paper = layout.new_letter(sender, reference)
    page.title(paper, f"{sender}{words.title.removeprefix(words.sender).removesuffix('答复')}补充答复")
    layout.addressee(paper, words.salutation.removesuffix("："))
    layout.paragraph(paper, _supplement_opening(words, reply, sender))
    _lines(paper, supplement.body)
    layout.paragraph(paper, closing(words))
    layout.signature(paper, sender, on)
    _whom_to_ask(paper, reply, shows_phone)
    layout.copies(paper, words.copies)
    return page.content(paper)


def opinion_letter(share: Assignment) -> bytes:
    """会办意见 to the lead unit; the proposer is answered by that one."""
    sender, case = formal(share.unit), share.proposal
    on = timezone.localdate(share.opinion_at) if share.opinion_at else today()
    reference = share.opinion_number or unnumbered(opinion_word_of(share.unit), on.year)
    paper = layout.new_letter(sender, reference)
    page.title(paper, f"{sender}关于{committee_of(case)}{numbered(case)}提案的会办意见")
    layout.addressee(paper, formal(share.lead.unit))
    layout.paragraph(
        paper,
        f"{addressed(case)}提出的《{case}》（{numbered(case)}）由你单位主办、我单位会办。经研究，提出如下会办意见：",
    )
    _lines(paper, share.opinion)
    layout.paragraph(paper, "以上意见，供你单位答复提案人时参考。")
    layout.signature(paper, sender, on)
    layout.copies(paper, "、".join([COMMITTEE, *dispatch_offices(share)]))
    return page.content(paper)


def unnumbered(word: str, year: int) -> str:
    """西教提〔2026〕　号: the number comes with the check."""
    return f"{word}〔{year}〕　　号"


def closing(words: Letter) -> str:
    """As the salutation calls them: 您, 你们 or 贵单位."""
    return THANKS.replace("您", words.you)


def _open(paper: Paper, words: Letter) -> None:
    page.title(paper, words.title)
    layout.addressee(paper, words.salutation.removesuffix("："))
    layout.paragraph(paper, words.opening)


def _lines(paper: Paper, text: str) -> None:
    for words in filter(None, map(str.strip, text.splitlines())):
        layout.paragraph(paper, words)


def _answers(paper: Paper, reply: Reply, you: str) -> None:
    """Each suggestion by itself: what was asked, whether it was taken up, why."""
    rows = [row for row in reply.answers.all() if row.verdict or row.text]
    if not rows:
        return
    each = "各条建议，逐条" if len(rows) > 1 else "建议，"
    layout.paragraph(paper, f"对{you}提出的{each}答复如下：")
    for place, row in enumerate(rows):
        layout.heading(paper, f"{_ordinal(place)}、关于“{_short(row.suggestion.text)}”的建议")
        text = row.text.strip() or "具体情况已当面说明。"
        _lines(paper, f"{row.get_verdict_display()}。{text}" if row.verdict else text)


def _promises(paper: Paper, reply: Reply) -> None:
    rows = [row for row in reply.commitments.all() if row.measure]
    if not rows:
        return
    layout.heading(paper, "承诺事项")
    for place, row in enumerate(rows, start=1):
        until = f"，{layout.dated(row.due_on)}前完成" if row.due_on else ""
        layout.paragraph(paper, f"{place}．{row.measure.rstrip('。')}（责任单位：{row.owner or BLANK}{until}）。")


def _whom_to_ask(paper: Paper, reply: Reply, shows_phone: bool) -> None:
    page.line(paper)
    phone = (reply.handler_phone or BLANK) if shows_phone else masked(reply.handler_phone)
    if reply.leader_name:
        layout.paragraph(paper, f"负责领导：{reply.leader_name}")
    handler = (reply.handler_name or BLANK) if shows_phone else "（略）"
    layout.paragraph(paper, f"联系人：{handler}　联系电话：{phone}")


def masked(phone: str) -> str:
    return "（略）" if phone else BLANK


def _supplement_sender(share: Assignment, supplement: SupplementaryReply) -> Organization:
    """The share's unit; the unit of the reply where that one numbered it before the share went on to another."""
    is_its_own = supplement.letter_word in ("", word_of(share.unit))
    return share.unit if is_its_own else sender_of(share, supplement.reply)


def _supplement_opening(words: Letter, reply: Reply, sender: str) -> str:
    who = "我单位" if sender == words.sender else words.sender
    known = f"{who}已以{reply.letter_number}函答复" if reply.letter_number else f"{who}已经答复"
    return words.opening.replace("收悉，现答复如下：", f"，{known}。现将有关情况补充答复如下：")


def _short(text: str) -> str:
    """A suggestion in a heading: its first line, cut where it gets long."""
    first = (text.strip().splitlines() or [""])[0].rstrip("。；;.")
    return first if len(first) <= 40 else f"{first[:39]}…"


def _ordinal(place: int) -> str:
    """一 … 十, 十一 … 九十九."""
    tens, ones = divmod(place + 1, 10)
    if not tens:
        return CHINESE[ones - 1]
    return f"{CHINESE[tens - 1] if tens > 1 else ''}十{CHINESE[ones - 1] if ones else ''}"
