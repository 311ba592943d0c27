"""What those read of a published case who have no part in it: the text as it was published, never the case's own."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils.functional import cached_property

from documents.models import Attachment
from proposals.kinds import Disclosure
from proposals.models import Assignment, Proposal, Publication, Reply, Suggestion, SuggestionAnswer


def _class_of(reply: Reply) -> dict:
    return {
        "result_class": reply.result_class, "result": reply.get_result_class_display(),
        "upgraded": reply.get_upgraded_to_display(), "upgraded_at": reply.upgraded_at,
    }  # fmt: skip


class Shown:
    """One publication for the public pages: the replies that the units still let be published."""

    def __init__(self, publication: Publication):
        self.publication = publication

    @cached_property
    def _sent(self) -> dict[int, Reply]:
        """Every reply of the case as it is registered now, without its words. Of an old ledger's the day may be unknown."""
        known = Q(sent_at__isnull=False) | Q(pk__in=[one["reply"] for one in self.publication.replies])
        rows = Reply.objects.filter(known, assignment__proposal=self.publication.proposal_id)
        kept = ("assignment", "round", "disclosure", "result_class", "upgraded_to", "upgraded_at")
        return {reply.pk: reply for reply in rows.order_by("round").only(*kept)}

    @cached_property
    def replies(self) -> list[dict]:
        """With the class of today: corrected or upgraded, it is told without a new publication."""
        return [
            one | _class_of(self._sent[one["reply"]])
            for one in self.publication.replies
            if one["reply"] in self._sent and self._sent[one["reply"]].disclosure in Disclosure.OPEN
        ]

    def left_out(self, shares: Iterable[Assignment]) -> list[str]:
        """The units that answered and do not let it be read."""
        shown = {self._sent[one["reply"]].assignment_id for one in self.replies}
        last = {reply.assignment_id: reply for reply in self._sent.values()}
        closed = {pk for pk, reply in last.items() if reply.disclosure not in Disclosure.OPEN}
        return [str(share.unit) for share in shares if share.pk in closed - shown]

    def with_scans(self) -> list[dict]:
        """The same, each with the sealed letter that was published with it, or None."""
        ids = [one["scan"] for one in self.replies if one.get("scan")]
        scans = {str(pk): file for pk, file in Attachment.objects.in_bulk(ids).items()} if ids else {}
        return [one | {"scan": scans.get(one.get("scan"))} for one in self.replies]


def scan_is_published(attachment: Attachment, proposal_id: int) -> bool:
    publication = Publication.objects.current().filter(proposal=proposal_id).first()
    return publication is not None and any(one.get("scan") == str(attachment.pk) for one in Shown(publication).replies)


def published_only(proposal: Proposal) -> None:
    """Let the instance show the published text in place of its own, for whoever reads it only because it is published.

    What is not among the published replies has no text then; see `as_published`.
    """
    publication = Publication.objects.current().filter(proposal=proposal).first()
    proposal.published_replies = {one["reply"]: one for one in Shown(publication).replies} if publication else {}
    proposal.title = publication.title if publication else ""
    proposal.situation = publication.situation if publication else ""
    texts = publication.suggestions if publication else []
    own = list(proposal.suggestions.all())
    kept = [
        Suggestion(pk=own[n].pk if n < len(own) else None, position=n + 1, text=text) for n, text in enumerate(texts)
    ]
    _put(proposal, "suggestions", kept)
    _put(proposal, "suggested_units", [])


def as_published(reply: Reply, proposal: Proposal) -> bool:
    """Put the published words into the reply; False when it was not published."""
    kept = getattr(proposal, "published_replies", {}).get(reply.pk)
    if kept is None:
        return False
    reply.body, reply.handler_name, reply.handler_phone, reply.comment = kept["body"], "", "", ""
    verdicts = {label: value for value, label in SuggestionAnswer._meta.get_field("verdict").choices}
    texts = {one.position: one for one in proposal.suggestions.all()}
    _put(reply, "answers", [
        SuggestionAnswer(
            suggestion=texts.get(one["position"]) or Suggestion(position=one["position"]),
            verdict=verdicts.get(one["verdict"], ""), text=one["text"],
        )
        for one in kept["answers"]
    ])  # fmt: skip
    _put(reply, "commitments", [])
    return True


def _put(instance, name: str, rows: list) -> None:
    """What `instance.<name>.all()` gives, without asking the database."""
    getattr(instance, name)
    queryset = getattr(instance, name).get_queryset().none()
    queryset._result_cache, queryset._prefetch_done = rows, True
    cache = instance.__dict__.setdefault("_prefetched_objects_cache", {})
    cache[name] = queryset
