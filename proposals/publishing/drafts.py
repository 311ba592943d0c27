"""The text to be published: put together from the case as it is, masked by the rules, ready to be looked at and kept."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.timezone import localdate

from documents.masking.finding import ALWAYS, Find, What
from documents.masking.texts import Masked, Rules, masked
from members.models import Person, Post
from proposals.kinds import Disclosure
from proposals.models import Commitment, Proposal, Publication, Reply, SuggestionAnswer

FULL, SUMMARY = "full", "summary"


@dataclass(frozen=True)
class DraftReply:
    """`body` is the whole text or the summary; a summary goes without the answers one by one."""

    reply: Reply
    form: str
    body: Masked
    answers: list[tuple[int, str, Masked]]
    commitments: list[tuple[Commitment, Masked]]

    def parts(self) -> Iterator[Masked]:
        yield self.body
        yield from (text for _position, _verdict, text in self.answers)
        yield from (text for _commitment, text in self.commitments)


@dataclass(frozen=True)
class Draft:
    proposal: Proposal
    title: Masked
    situation: Masked
    suggestions: list[Masked]
    replies: list[DraftReply]
    scans: frozenset[int] = frozenset()

    @property
    def left_out(self) -> list[Reply]:
        return left_out(self.proposal)

    def parts(self) -> Iterator[Masked]:
        yield from (self.title, self.situation, *self.suggestions)
        for reply in self.replies:
            yield from reply.parts()

    @property
    def counts(self) -> Counter:
        return sum((part.counts for part in self.parts()), Counter())

    def choosable(self) -> list[Find]:
        """What the committee may let stand, each wording once: addresses and names."""
        finds = (find for part in self.parts() for find in part.finds if find.what not in (*ALWAYS, What.CHOSEN))
        return list({find.text: find for find in finds}.values())


def replies_to_publish(proposal: Proposal) -> list[Reply]:
    """What the units let be published. One that closes its reply keeps back neither the text nor the others' replies."""
    return [reply for reply in present_replies(proposal) if reply.disclosure in Disclosure.OPEN]


def left_out(proposal: Proposal) -> list[Reply]:
    return [reply for reply in present_replies(proposal) if reply.disclosure not in Disclosure.OPEN]


def present_replies(proposal: Proposal) -> list[Reply]:
    """The present reply of each answering unit; read once for each instance. An old ledger's unit may have none."""
    if "_present_replies" not in proposal.__dict__:
        shares = proposal.assignments.current().answering().select_related("unit").order_by("position", "pk")
        found = []
        for share in shares.prefetch_related("replies"):
            reply = next((reply for reply in share.replies.all() if reply.round == share.round), None)
            if reply is not None:
                reply.assignment = share
                found.append(reply)
        proposal.__dict__["_present_replies"] = found
    return proposal.__dict__["_present_replies"]


def people_of(proposal: Proposal) -> tuple[str, ...]:
    """Whose names are not published: who co-signed, and who works for the answering units. The proposer's own is."""
    replies = present_replies(proposal)
    units = [reply.assignment.unit_id for reply in replies]
    posts = (Post.OPERATOR, Post.UNIT_LEADER)
    theirs = Q(appointments__organization__in=units, appointments__post__in=posts)
    rows = Person.objects.filter(Q(cosignatures__proposal=proposal) | theirs)
    names = {*rows.values_list("name", flat=True), *(reply.handler_name for reply in replies)}
    return tuple(sorted(names - {"", proposal.proposer_name}))


def draft_of(
    proposal: Proposal, rules: Rules, summaries: dict[int, str] | None = None, scans: frozenset[int] = frozenset()
) -> Draft:
    """`summaries`: reply id → what is published in place of the whole reply; `scans`: replies whose sealed letter is
    published too, which nothing can mask."""
    replies = replies_to_publish(proposal)
    suggestions = _once(proposal, "_suggestions", lambda: list(proposal.suggestions.all()))
    answers = _once(proposal, "_answers", lambda: _by_reply(SuggestionAnswer.objects.filter(reply__in=replies)))
    promises = _once(proposal, "_promises", lambda: _by_reply(_promises(replies)))
    places = {one.pk: one.position for one in suggestions}
    return Draft(
        proposal,
        masked(proposal.title, rules), masked(proposal.situation, rules),
        [masked(one.text, rules) for one in suggestions],
        [
            _reply(reply, rules, (summaries or {}).get(reply.pk, ""), answers.get(reply.pk, []), promises.get(reply.pk, []), places)
            for reply in replies
        ],
        scans,
    )  # fmt: skip


def _once(proposal: Proposal, name: str, read):
    if name not in proposal.__dict__:
        proposal.__dict__[name] = read()
    return proposal.__dict__[name]


def _by_reply(rows) -> dict[int, list]:
    found: dict[int, list] = {}
    for row in rows:
        found.setdefault(row.reply_id, []).append(row)
    return found


def _promises(replies: list[Reply]):
    return Commitment.objects.filter(reply__in=replies).select_related("owner").order_by("reply", "due_on", "pk")


def _reply(reply: Reply, rules: Rules, summary: str, answers, promises, places: dict[int, int]) -> DraftReply:
    if summary.strip():
        return DraftReply(reply, SUMMARY, masked(summary.strip(), rules), [], [])
    told = [
        (places[answer.suggestion_id], answer.get_verdict_display(), masked(answer.text, rules))
        for answer in answers
        if answer.suggestion_id in places and (answer.verdict or answer.text)
    ]
    told.sort(key=lambda answer: answer[0])
    return DraftReply(
        reply, FULL, masked(reply.body, rules), told, [(one, masked(one.measure, rules)) for one in promises]
    )


def wants_summary(reply: Reply) -> bool:
    return reply.disclosure == Disclosure.SUMMARY


def publication_of(draft: Draft, user, at: datetime) -> Publication:
    """The draft as it will be kept; not saved."""
    suggestions, replies = (
        [one.text for one in draft.suggestions],
        [_kept(reply, draft.scans) for reply in draft.replies],
    )
    words = [draft.situation.text, *suggestions]
    for reply in replies:
        words += [reply["body"], *(answer["text"] for answer in reply["answers"])]
    return Publication(
        proposal=draft.proposal, title=draft.title.text, proposer=draft.proposal.proposer_name,
        situation=draft.situation.text, suggestions=suggestions, replies=replies, text="\n".join(words),
        redactions=dict(draft.counts), published_by=user, published_at=at,
    )  # fmt: skip


def _kept(one: DraftReply, scans: frozenset[int]) -> dict:
    reply = one.reply
    return {
        "reply": reply.pk, "unit": reply.assignment.unit.name, "letter_number": reply.letter_number,
        "sent_on": localdate(reply.sent_at).isoformat() if reply.sent_at else "",
        "result_class": reply.result_class, "result": reply.get_result_class_display(), "form": one.form,
        "scan": str(reply.scan_id) if one.form == FULL and reply.scan_id and reply.pk in scans else None, "body": one.body.text,
        "answers": [{"position": n, "verdict": verdict, "text": text.text} for n, verdict, text in one.answers],
        "commitments": [
            {"measure": text.text, "owner": str(promise.owner or ""), "due_on": promise.due_on.isoformat() if promise.due_on else ""}
            for promise, text in one.commitments
        ],
    }  # fmt: skip
