"""Cases similar to a text, as one person may see them. It advises; nothing is ever refused because of it.

Who sees what (docs/decisions/similar-cases.md): whoever may open a case sees all that the list shows; others who write
learn of filed cases their number, title, session, state and units; where the proposer refused publication only that there
is one. Cases of others that are not filed are found by nobody but the committee.
"""

import re
from dataclasses import dataclass
from itertools import chain

from django.db.models import OuterRef, Prefetch, Q, Subquery
from django.utils import timezone

from search import similar
from search.similar import Match, Text
from workflow.querysets import roles_on

from . import drafting
from .compared import KIND, body_of, matter_of, texts_of
from .kinds import Disclosure
from .models import Assignment, Proposal, Publication, Reply
from .roles import Role
from .states import TONES, ProposalState

EXCERPT = 120
WORDS = 6
# How near a case must be whose proposer refused publication, so that nobody can ask it word by word.
STRONG, STRONG_WORDS = 1.2, 3
LEVELS = ((1.2, "很相近"), (0.6, "相近"), (0.0, "可能相近"))


@dataclass(frozen=True)
class Piece:
    text: str
    marked: bool = False


@dataclass(frozen=True)
class SimilarCase:
    """`pk`, `number`, `title` and `units` are empty where the reader may only know that there is such a case.

    `ref` is for programs (votes, records) and is never shown.
    """

    pk: int | None
    number: str
    title: str
    session: str
    state: str
    state_label: str
    tone: str
    units: str
    score: float
    matched: tuple[str, ...]
    excerpt: str
    is_open: bool
    ref: int
    pieces: tuple[Piece, ...]

    @property
    def level(self) -> str:
        """How near it is, in words."""
        return next(word for least, word in LEVELS if self.score >= least)

    @property
    def is_hidden(self) -> bool:
        """The proposer refused publication: only that there is one."""
        return not self.is_open and not self.title


def similar_cases(user, title: str, text: str = "", exclude: int | None = None, limit: int = 8) -> list[SimilarCase]:
    """The cases nearest to a title, or to title and text, that this user may know of; best first.

    `exclude`: the case that is being written. An index that is empty, or a text without words, gives [].
    """
    known = _Known(user, exclude)
    matches = similar.closest(KIND, Text(matter_of(title), text.strip()), known.texts, limit * 2)
    rows = known.rows([match.object_id for match in matches])
    shown = (_shown(rows[match.object_id], match) for match in matches if match.object_id in rows)
    return list(filter(None, shown))[:limit]


def of_case(user, proposal: Proposal, limit: int = 8) -> list[SimilarCase]:
    """The cases nearest to a whole proposal; its suggestions are read."""
    text = body_of(proposal.situation, [row.text for row in proposal.suggestions.all()])
    return similar_cases(user, proposal.title, text, proposal.pk, limit)


def note_shown(proposal: Proposal, cases: list[SimilarCase]) -> None:
    """Put on file what was listed to the proposer before submitting. No act: neither state nor version moves."""
    refs = [case.ref for case in cases]
    Proposal.objects.filter(pk=proposal.pk).update(similar_shown=refs, similar_shown_at=timezone.now())


class _Known:
    """What a user may learn of: the cases they may open, and for those who write the filed ones."""

    def __init__(self, user, exclude: int | None):
        self.user, self.exclude = user, exclude
        self.writes = drafting.may_create(user) or drafting.members_of(user).exists()

    def reach(self):
        compared = Proposal.objects.filter(state__in=ProposalState.COMPARED).exclude(pk=self.exclude)
        open_ones = Q(pk__in=Proposal.objects.visible_to(self.user).values("pk"))
        if self.writes:
            open_ones |= Q(state__in=ProposalState.KNOWN_TO_WRITERS)
        return compared.filter(open_ones)

    def texts(self, ids: list[int]) -> dict[int, Text]:
        return texts_of(self.reach().filter(pk__in=ids))

    def rows(self, ids: list[int]) -> dict[int, Proposal]:
        """With this user's roles, the units and the latest replies; three queries."""
        latest = Reply.objects.filter(sent_at__isnull=False).order_by("-sent_at", "-pk")
        shares = Assignment.objects.current().select_related("unit").order_by("position", "pk")
        shares = shares.prefetch_related(Prefetch("replies", latest, to_attr="sent_replies"))
        rows = self.reach().with_roles_of(self.user).for_acting().filter(pk__in=ids)
        rows = rows.prefetch_related(Prefetch("assignments", shares, to_attr="current_assignments"))
        published = Publication.objects.current().filter(proposal=OuterRef("pk"))
        rows = rows.annotate(published_replies=Subquery(published.values("replies")[:1]))
        return {row.pk: row for row in rows}


def _shown(row: Proposal, match: Match) -> SimilarCase | None:
    """As this reader may know it; None for a hidden one that is not near enough."""
    roles = roles_on(row)
    hidden = not roles and row.publish_consent is False
    if hidden and (match.score < STRONG or len(match.shared) < STRONG_WORDS):
        return None
    title = "" if hidden else str(row)
    words = () if hidden else _words(match, None if roles else title)
    return SimilarCase(
        pk=row.pk if roles else None, number="" if hidden else row.number, title=title,
        session=str(row.session), state=row.state, state_label=row.get_state_display(), tone=TONES[row.state],
        units="" if hidden else "、".join(str(share.unit) for share in row.current_assignments),
        score=match.score, matched=words, excerpt=_excerpt(row, roles) if roles else "", is_open=bool(roles),
        ref=row.pk,         pieces=tuple(_pieces(title, words)),
    )  # fmt: skip


def _words(match: Match, title: str | None) -> tuple[str, ...]:
    """The rarest words in common; of a case the reader may not open only those that its title shows anyway."""
    shared = match.shared if title is None else [word for word in match.shared if word in title.lower()]
    whole = [word for word in shared if not any(word != other and word in other for other in shared)]
    return tuple(whole[:WORDS])


def _pieces(title: str, words: tuple[str, ...]) -> list[Piece]:
    """The title cut where a word in common begins or ends."""
    if not words:
        return [Piece(title)] if title else []
    longest_first = "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
    parts = re.split(f"({longest_first})", title, flags=re.IGNORECASE)
    return [Piece(part, bool(n % 2)) for n, part in enumerate(parts) if part]


def _excerpt(row: Proposal, roles: frozenset[str]) -> str:
    """The beginning of the latest sent reply; who reads the case only because it is published, as it was published."""
    replies = list(chain.from_iterable(share.sent_replies for share in row.current_assignments))
    if roles == {Role.PUBLIC}:
        kept = {one["reply"]: one["body"] for one in row.published_replies or ()}
        replies = [reply for reply in replies if reply.disclosure in Disclosure.OPEN and reply.pk in kept]
        for reply in replies:
            reply.body = kept[reply.pk]
    if not replies:
        return ""
    body = " ".join(max(replies, key=lambda reply: (reply.sent_at, reply.pk)).body.split())
    return body if len(body) <= EXCERPT else f"{body[:EXCERPT]}…"
