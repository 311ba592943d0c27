"""Each unit's share in a case as one reader may see it: contacts, opinion, replies, ratings."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from deadlines.book import Book
from documents.models import Attachment
from proposals import blind
from proposals.attachments import RATING
from proposals.due_signs import DueSign, due_sign
from proposals.extensions import age_in_days
from proposals.history import Note, notes_of
from proposals.models import (
    Assignment,
    Contact,
    ExtensionRequest,
    Proposal,
    QualityRating,
    Rating,
    Reply,
    SupplementaryReply,
)
from proposals.publishing.showing import as_published
from proposals.roles import Role
from proposals.standing import clock_of
from proposals.states import TONES, AssignmentState
from proposals.urging import urged_words, with_urges
from workflow.querysets import cases_of, roles_on

from . import papers
from .acts import Button, share_buttons
from .extensions import buttons_of, open_requests
from .reader import UNIT, Reader


@dataclass(frozen=True)
class ShownReply:
    """A reply; `is_draft` until it is sent. `ratings` and `quality`: only what the reader may see (proposals/blind.py)."""

    reply: Reply
    is_draft: bool
    has_contact: bool
    ratings: list[Rating] = field(default_factory=list)
    quality: QualityRating | None = None
    papers: list[tuple[str, str]] = field(default_factory=list)
    supplements: list[SupplementaryReply] = field(default_factory=list)


@dataclass(frozen=True)
class Share:
    row: Assignment
    sign: DueSign | None
    is_mine: bool
    opinion: str
    contacts: list[Contact] | None
    replies: list[ShownReply]
    buttons: list[Button]
    asked: ExtensionRequest | None = None
    urged: str = ""
    inside: bool = False
    notes: list[Note] = field(default_factory=list)
    rating_papers: list[Attachment] = field(default_factory=list)

    @property
    def age(self) -> int | None:
        """Days since the first assignment while it is open, returns included."""
        return age_in_days(self.row) if self.row.state in AssignmentState.OPEN else None

    @property
    def opinion_paper(self) -> tuple[str, str] | None:
        return papers.of_opinion(self.row) if self.opinion else None

    @property
    def tone(self) -> str:
        return TONES[self.row.state]


def shares_of(proposal: Proposal, reader: Reader, book: Book) -> list[Share]:
    """The shares in hand, in order; the committee also sees those taken back."""
    rows = cases_of(proposal, Assignment, reader.user, rows=of_all_units if reader.reviews else _in_hand)
    mine = {row.pk for row in rows if roles_on(row) & set(UNIT)}
    for row in rows:
        row.proposal = proposal
    asked = open_requests(rows, reader)
    notes = notes_of(mine) if not proposal.moved_offline_at else {}
    return [_share(row, reader, mine, book, len(rows) > 1, asked.get(row.pk), notes) for row in rows]


def of_all_units(user):
    """Shares with all that a page says of each, but the ratings withheld from this user."""
    return blind.with_ratings(with_urges(Assignment.objects.for_detail()), user)


def _in_hand(user):
    return of_all_units(user).current()


def share_of(row: Assignment, reader: Reader, book: Book) -> Share:
    """One share by itself, read through `with_roles_of(user).for_detail()` and `blind.with_ratings`, with its proposal."""
    siblings = Assignment.objects.filter(proposal=row.proposal).with_roles_of(reader.user)
    mine = {share.pk for share in siblings if roles_on(share) & set(UNIT)}
    asked = open_requests([row], reader).get(row.pk)
    notes = notes_of(mine & {row.pk}) if not row.proposal.moved_offline_at else {}
    return _share(row, reader, mine, book, several=False, asked=asked, notes=notes)


def _share(  # noqa: PLR0913
    row: Assignment,
    reader: Reader,
    mine: set[int],
    book: Book,
    several: bool,
    asked: ExtensionRequest | None,
    notes: dict,
) -> Share:
    about = str(row.unit) if several else ""
    inside = row.pk in mine or reader.reviews or Role.DISPATCH in roles_on(row)
    sees_opinion = inside or (row.lead_id in mine and row.state == AssignmentState.OPINION_GIVEN)
    replies = list(_replies(row, reader, inside))
    return Share(
        row=row,
        sign=sign_of(row, book),
        is_mine=row.pk in mine,
        opinion=row.opinion if sees_opinion else "",
        contacts=list(row.contacts.all()) if inside or reader.proposes else None,
        replies=replies,
        rating_papers=_rating_papers(row, replies, reader),
        buttons=share_buttons(row, reader.user, about) + buttons_of(asked, reader.user, about),
        asked=asked,
        urged=urged_words(row) if inside or reader.proposes else "",
        inside=inside,
        notes=notes.get(row.pk, []),
    )


def _rating_papers(row: Assignment, replies: list[ShownReply], reader: Reader) -> list[Attachment]:
    """The paper forms of ratings that the committee entered; asked for only where there are any."""
    has_paper = any(rating.by_proxy for shown in replies for rating in shown.ratings)
    return list(Attachment.objects.of(RATING, row.pk)) if has_paper and reader.reviews else []


@dataclass(frozen=True)
class Record:
    """What the unit has to know when it writes: contacts, opinions, the comment, the rounds before this one."""

    contacts: list[Contact]
    opinions: list[Assignment]
    comment: str
    earlier: list[ShownReply]

    @property
    def summary(self) -> str:
        """What there is, as the folded block says it: 面商 2 次，会办意见 1 份."""
        counts = (
            ("面商 {} 次", len(self.contacts)), ("会办意见 {} 份", len(self.opinions)),
            ("提案人意见 {} 条", int(bool(self.comment))), ("以前的答复 {} 份", len(self.earlier)),
        )  # fmt: skip
        return "，".join(words.format(count) for words, count in counts if count) or "还没有记录"


def record_of(row: Assignment, user) -> Record:
    """Of a share read through `for_detail()` and `blind.with_ratings`, for those of its unit."""
    replies = list(row.replies.all())
    now = next((reply for reply in replies if reply.round == row.round), None)
    earlier = [
        ShownReply(r, False, True, r.seen_ratings, r.seen_quality) for r in replies if r.sent_at and r is not now
    ]
    for shown in earlier:
        shown.reply.assignment = row
    opinions = Assignment.objects.visible_to(user).filter(lead=row, state=AssignmentState.OPINION_GIVEN)
    return Record(list(row.contacts.all()), list(opinions.select_related("unit")), now.comment if now else "", earlier)


def sign_of(row: Assignment, book: Book) -> DueSign | None:
    """The sign of the date the share is at now; None once it is done."""
    if row.state not in AssignmentState.OPEN:
        return None
    if row.state == AssignmentState.AWAITING_SIGN:
        return due_sign(row.sign_due_on, "sign", row.sign_from, row.proposal.timing, book=book)
    return due_sign(row.due_on, **clock_of(row, row.proposal), book=book)


def _replies(row: Assignment, reader: Reader, inside: bool) -> Iterable[ShownReply]:
    """A draft is the unit's and the offices'; the proposer sees it once it was sent for comment.

    Published is the masked text alone: no papers, no supplements. A share taken back has no papers either.
    """
    has_papers = not reader.is_public and row.state != AssignmentState.RECALLED
    for reply in row.replies.all():
        reply.assignment = row
        is_draft = reply.sent_at is None
        if reader.is_public and not as_published(reply, row.proposal):
            continue
        if is_draft and not inside and not (reader.proposes and reply.draft_sent_at):
            continue
        yield ShownReply(
            reply, is_draft, inside or reader.signs, reply.seen_ratings, reply.seen_quality,
            papers.of_reply(reply, is_draft, inside) if has_papers else [],
            [] if reader.is_public else papers.supplements_of(reply, inside),
        )  # fmt: skip
