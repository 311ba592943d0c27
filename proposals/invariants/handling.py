"""Before a reply goes out, and what it holds: §16B 6 and 9; how shares and case agree."""

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, Q

from proposals.kinds import AssignmentKind, Origin, ResultClass
from proposals.models import Assignment, Commitment, Contact, Proposal, Reply, Suggestion, SuggestionAnswer
from proposals.states import AssignmentState, ProposalState

from .naming import named, owners


def _sent():
    """The replies that the portal sent."""
    return Reply.objects.filter(sent_at__isnull=False, assignment__proposal__origin=Origin.PORTAL)


def nothing_is_sent_unprepared() -> Iterator[str]:
    """A contact of this round, a class, the leader's signature and the check come before the sending."""
    contacts = Contact.objects.filter(assignment=OuterRef("assignment"), round=OuterRef("round"))
    yield from owners(_sent().exclude(Exists(contacts)), "没有面商记录就发出了答复")
    yield from owners(_sent().filter(result_class=""), "没有办理结果就发出了答复")
    yield from owners(_sent().exclude(signed_at__lte=F("sent_at")), "没有领导审签就发出了答复")
    yield from owners(_sent().exclude(checked_at__lte=F("sent_at")), "没有复核就发出了答复")
    yield from owners(_sent().filter(Q(letter_serial=None) | Q(letter_year=None)), "发出的答复没有文号")


def opinions_are_in_or_expired() -> Iterator[str]:
    assistants = Assignment.objects.current().filter(lead=OuterRef("assignment"))
    waiting = assistants.filter(due_on__gte=OuterRef("sent_at__date")).exclude(opinion_at__lte=OuterRef("sent_at"))
    yield from owners(_sent().filter(Exists(waiting)), "会办意见未到齐就发出了答复")


def late_opinions_have_ended() -> Iterator[str]:
    """Nobody is asked for an opinion on what the lead unit has answered already."""
    replied = Q(proposal__origin=Origin.PORTAL, lead__state=AssignmentState.REPLIED)
    yield from owners(Assignment.objects.open().filter(replied), "主办单位已经答复，却还在等会办意见")


def suggestions_are_answered() -> Iterator[str]:
    answered = SuggestionAnswer.objects.filter(reply=OuterRef(OuterRef("pk"))).exclude(verdict="")
    open_items = Suggestion.objects.filter(proposal=OuterRef("assignment__proposal"))
    open_items = open_items.exclude(pk__in=answered.values("suggestion"))
    yield from owners(_sent().filter(Exists(open_items)), "答复没有回应全部建议")


def class_b_promises() -> Iterator[str]:
    """Every class B reply names at least one measure; owner and date of each are required by the database."""
    promises = Commitment.objects.filter(reply=OuterRef("pk"))
    yield from owners(_sent().filter(result_class=ResultClass.B).exclude(Exists(promises)), "B 类答复没有承诺事项")


def states_of_shares_add_up() -> Iterator[str]:
    """办理中 while a reply is missing; 待评价 and 办结 only when none is."""
    missing = Exists(Assignment.objects.unanswered().filter(proposal=OuterRef("pk")))
    mine = Proposal.objects.filter(origin=Origin.PORTAL)
    yield from named(mine.filter(~missing, state=ProposalState.HANDLING), "全部答复后仍为办理中")
    answered = Q(state__in=(ProposalState.REPLIED, ProposalState.CLOSED))
    yield from named(Proposal.objects.filter(answered & Q(missing)), "还有单位没有答复却已进入评价")


def replied_shares_have_sent_a_reply() -> Iterator[str]:
    sent = Reply.objects.filter(assignment=OuterRef("pk"), round=OuterRef("round"), sent_at__isnull=False)
    shares = Assignment.objects.filter(proposal__origin=Origin.PORTAL)
    replied = shares.answering().filter(state=AssignmentState.REPLIED)
    yield from owners(replied.exclude(Exists(sent) & Q(replied_at__isnull=False)), "已答复却没有发出的答复")
    yield from owners(
        shares.current().answering().exclude(state=AssignmentState.REPLIED).filter(Exists(sent)),
        "答复已发出却不是已答复",
    )
    given = shares.filter(state=AssignmentState.OPINION_GIVEN)
    yield from owners(
        given.filter(Q(opinion="") | Q(opinion_at=None) | ~Q(kind=AssignmentKind.ASSIST)), "已报会办意见却没有意见"
    )
