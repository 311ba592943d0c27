"""A unit's letters in 信函格式: the reply, 补充答复, 会办意见 (domain §3.4, GB/T 9704)."""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from documents.papers import letter as layout
from documents.papers.templates.filling import made
from documents.papers.templates.kinds import Values
from members.models import Organization
from members.periods import today
from proposals.letter_words import in_force, opinion_word_of, word_of
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

from .reply_papers import OPINION, REPLY, SUPPLEMENT

BLANK = "＿＿＿＿"
CHINESE = "一二三四五六七八九十"
THANKS = "专此答复。感谢您对我们工作的关心和支持。"


def reply_letter(share: Assignment, reply: Reply, merged: Iterable[Proposal] = (), shows_phone: bool = True) -> bytes:
    """The .docx of a reply of `for_detail()`; `shows_phone` is for those who may know whom to call."""
    words = letter(share, reply, merged)
    return made(REPLY, {
        **_common(words, words.sender, words.title, words.dated_on),
        "文号": reply.letter_number or unnumbered(word_of(in_force(share.unit)), today().year),
        "办理结果": f"{reply.result_class or '　'}类", "开头": words.opening, "正文": reply.body.strip() or "（还没有写）",
        "逐条答复": _answers(reply), "逐条答复开头": _answers_opening(reply, words.you), "承诺事项": _promises(reply),
        **_whom_to_ask(reply, shows_phone),
    })  # fmt: skip


def supplement_letter(
    share: Assignment, supplement: SupplementaryReply, merged: Iterable[Proposal] = (), shows_phone: bool = True
) -> bytes:
    """`supplement.reply` is set, with its class and copies."""
    reply, words = supplement.reply, letter(share, supplement.reply, merged)
    on = timezone.localdate(supplement.signed_at) if supplement.signed_at else today()
    sender = formal(_supplement_sender(share, supplement))
    title = f"{sender}{words.title.removeprefix(words.sender).removesuffix('答复')}补充答复"
    return made(SUPPLEMENT, {
        **_common(words, sender, title, on),
        "文号": supplement.letter_number or unnumbered(word_of(in_force(share.unit)), on.year),
        "开头": _supplement_opening(words, reply, sender), "正文": supplement.body, **_whom_to_ask(reply, shows_phone),
    })  # fmt: skip


def _common(words: Letter, sender: str, title: str, on: date) -> Values:
    return {
        "落款": sender, "标题": title, "收件人": words.salutation.removesuffix("："), "结尾": closing(words),
        "日期": layout.dated(on), "抄送": words.copies,
    }  # fmt: skip


def opinion_letter(share: Assignment) -> bytes:
    """会办意见 to the lead unit; the proposer is answered by that one."""
    sender, case = formal(share.unit), share.proposal
    on = timezone.localdate(share.opinion_at) if share.opinion_at else today()
    opening = (
        f"{addressed(case)}提出的《{case}》（{numbered(case)}）由你单位主办、我单位会办。经研究，提出如下会办意见："
    )
    return made(OPINION, {
        "落款": sender, "文号": share.opinion_number or unnumbered(opinion_word_of(share.unit), on.year),
        "标题": f"{sender}关于{committee_of(case)}{numbered(case)}提案的会办意见", "收件单位": formal(share.lead.unit),
        "开头": opening, "正文": share.opinion, "结尾": "以上意见，供你单位答复提案人时参考。", "日期": layout.dated(on),
        "抄送": "、".join([COMMITTEE, *dispatch_offices(share)]),
    })  # fmt: skip


def unnumbered(word: str, year: int) -> str:
    """西教提〔2026〕　号: the number comes with the check."""
    return f"{word}〔{year}〕　　号"


def closing(words: Letter) -> str:
    """As the salutation calls them: 您, 你们 or 贵单位."""
    return THANKS.replace("您", words.you)


def _answers(reply: Reply) -> list[dict[str, str]]:
    """Each suggestion by itself: what was asked, whether it was taken up, why."""
    return [
        {
            "序号": _ordinal(place), "建议": _short(row.suggestion.text), "采纳情况": row.get_verdict_display(),
            "答复": _answer(row),
        }
        for place, row in enumerate(row for row in reply.answers.all() if row.verdict or row.text)
    ]  # fmt: skip


def _answer(row) -> str:
    text = row.text.strip() or "具体情况已当面说明。"
    return f"{row.get_verdict_display()}。{text}" if row.verdict else text


def _answers_opening(reply: Reply, you: str) -> str:
    count = len(_answers(reply))
    each = "各条建议，逐条" if count > 1 else "建议，"
    return f"对{you}提出的{each}答复如下：" if count else ""


def _promises(reply: Reply) -> str:
    found = []
    for place, row in enumerate((row for row in reply.commitments.all() if row.measure), start=1):
        until = f"，{layout.dated(row.due_on)}前完成" if row.due_on else ""
        found.append(f"{place}．{row.measure.rstrip('。')}（责任单位：{row.owner or BLANK}{until}）。")
    return "\n".join(found)


def _whom_to_ask(reply: Reply, shows_phone: bool) -> Values:
    return {
        "负责领导": reply.leader_name, "联系人": (reply.handler_name or BLANK) if shows_phone else "（略）",
        "联系电话": (reply.handler_phone or BLANK) if shows_phone else masked(reply.handler_phone),
    }  # fmt: skip


def masked(phone: str) -> str:
    return "（略）" if phone else BLANK


def _supplement_sender(share: Assignment, supplement: SupplementaryReply) -> Organization:
    """Who signed it; before that the unit in force. Of older letters that does not stand with them: the share's unit, or
    that of the reply where it numbered them before the share went on to another."""
    if supplement.issued_by_id or not supplement.signed_at:
        return supplement.issued_by or in_force(share.unit)
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
