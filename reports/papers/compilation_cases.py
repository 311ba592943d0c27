"""What the 提案汇编 says of each case, read a hundred cases at a time: the queries grow with hundreds, not with cases."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import F, Prefetch

from members.models import Session
from proposals.kinds import Disclosure
from proposals.models import Assignment, Proposal, Publication, Reply, SuggestionAnswer
from proposals.papers import material, words
from proposals.papers.enclosed import numbered, text_of
from proposals.statistics import NO_CATEGORY

CHUNK = 100
NONE, EXCERPT, FULL = "none", "excerpt", "full"
REPLIES = [(NONE, "不附答复"), (EXCERPT, "答复摘要（办理结果和开头一段）"), (FULL, "答复全文")]
EXCERPT_LENGTH = 200
MISSING = "（未登记）"


@dataclass(frozen=True)
class Entry:
    """One proposal. `facts`: (label, text); `replies`: (heading, text)."""

    number: str
    title: str
    category: str
    facts: tuple[tuple[str, str], ...]
    situation: str
    suggestions: str
    replies: tuple[tuple[str, str], ...]

    @property
    def heading(self) -> str:
        return f"{self.number}　{self.title}"


def ids(session: Session, person, internal: bool) -> list[int]:
    """The proposals of the compilation in its order: by category, then by number. One query."""
    rows = Proposal.objects.visible_to(person) if internal else _published()
    rows = rows.of_session(session).filed().filter(moved_offline_at__isnull=True)
    order = (F("business_category__order").asc(nulls_last=True), "business_category_id", "serial", "pk")
    return list(rows.order_by(*order).values_list("pk", flat=True))


def _published():
    current = Publication.objects.current().values("proposal")
    return Proposal.objects.filter(pk__in=current, published_at__isnull=False)


def internal(pks: list[int], replies: str) -> Iterator[Entry]:
    for chunk in _chunks(pks):
        found = {case.proposal.pk: case for case in material.read(Proposal.objects.filter(pk__in=chunk))}
        told = _replies(chunk, replies)
        for pk in chunk:
            if pk in found:
                yield _entry(found[pk], told.get(pk, []), replies)


def _chunks(pks: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(pks), CHUNK):
        yield pks[start : start + CHUNK]


def _entry(case: material.Case, told: list[Reply], replies: str) -> Entry:
    proposal = case.proposal
    called, situation, suggestions = text_of(proposal)
    facts = ((called, words.proposers(case)), ("承办单位", words.units(case) or "未交办"))
    shown = tuple(
        (_heading(one.assignment.unit.name, one.letter_number, one.result_class), _text(one, replies)) for one in told
    )
    return Entry(
        _number(proposal),
        str(proposal),
        _category(proposal),
        facts,
        situation or MISSING,
        suggestions or MISSING,
        shown,
    )


def _number(proposal: Proposal) -> str:
    return f"第{proposal.short_number}号" if proposal.is_numbered else f"流水号{proposal.short_number}"


def _category(proposal: Proposal) -> str:
    return str(proposal.business_category) if proposal.business_category_id else NO_CATEGORY


def _replies(pks: list[int], replies: str) -> dict[int, list[Reply]]:
    """The last reply of each unit that has the case now. Two queries."""
    if replies == NONE:
        return {}
    answers = SuggestionAnswer.objects.select_related("suggestion").order_by("suggestion__position")
    shares = Assignment.objects.current().answering().filter(proposal__in=pks)
    rows = Reply.objects.filter(assignment__in=shares, sent_at__isnull=False).select_related("assignment__unit")
    rows = rows.prefetch_related(Prefetch("answers", answers)).order_by("assignment__position", "assignment", "round")
    last = {row.assignment_id: row for row in rows}
    found: dict[int, list[Reply]] = {}
    for row in last.values():
        found.setdefault(row.assignment.proposal_id, []).append(row)
    return found


def _text(reply: Reply, replies: str) -> str:
    if replies == EXCERPT:
        return excerpt(reply.body)
    answers = [f"{one.suggestion.position}．{one.get_verdict_display()}：{one.text}" for one in reply.answers.all()]
    return "\n".join([reply.body.strip() or MISSING, *answers])


def _heading(unit: str, number: str, result: str) -> str:
    parts = [part for part in (number, f"{result}类" if result else "") if part]
    said = f"（{'，'.join(parts)}）" if parts else ""
    return f"{unit}的答复{said}"


def excerpt(body: str) -> str:
    """The first words, cut at the end of a sentence where there is one."""
    text = " ".join(body.split())
    if len(text) <= EXCERPT_LENGTH:
        return text or MISSING
    cut = text[:EXCERPT_LENGTH]
    end = cut.rfind("。")
    return cut[: end + 1] if end > EXCERPT_LENGTH // 2 else f"{cut}…"


def published(pks: list[int], replies: str) -> Iterator[Entry]:
    """The texts as they were published; a reply that its unit no longer lets be read is left out."""
    shares = Assignment.objects.current().answering().select_related("unit").order_by("position", "pk")
    for chunk in _chunks(pks):
        rows = (
            Publication.objects.current()
            .filter(proposal__in=chunk)
            .select_related("proposal__business_category", "proposal__session__term")
        )
        rows = rows.prefetch_related(Prefetch("proposal__assignments", shares, to_attr="current_assignments"))
        found = {row.proposal_id: row for row in rows}
        kept = _open_replies(found.values()) if replies != NONE else set()
        for pk in chunk:
            if pk in found:
                yield _public_entry(found[pk], kept, replies)


def _open_replies(rows) -> set[int]:
    named = [one["reply"] for row in rows for one in row.replies]
    return set(Reply.objects.filter(pk__in=named, disclosure__in=Disclosure.OPEN).values_list("pk", flat=True))


def _public_entry(row: Publication, kept: set[int], replies: str) -> Entry:
    proposal = row.proposal
    units = "、".join(str(share.unit) for share in proposal.current_assignments)
    shown = tuple(
        (_heading(one["unit"], one.get("letter_number", ""), one.get("result_class", "")), _public_text(one, replies))
        for one in row.replies if one["reply"] in kept
    )  # fmt: skip
    return Entry(
        _number(proposal), row.title, _category(proposal), (("提案者", row.proposer), ("承办单位", units or "未交办")),
        row.situation or MISSING, numbered(enumerate(row.suggestions, start=1)) or MISSING, shown,
    )  # fmt: skip


def _public_text(one: dict, replies: str) -> str:
    if replies == EXCERPT:
        return excerpt(one["body"])
    answers = [f"{answer['position']}．{answer['verdict']}：{answer['text']}" for answer in one.get("answers", [])]
    return "\n".join([one["body"].strip() or MISSING, *answers])
