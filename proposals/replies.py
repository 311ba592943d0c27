"""The reply of a round: finding it, and writing its draft."""

from datetime import date

from django.db import transaction
from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, Subquery
from django.utils import timezone

from workflow.built_once import BuiltOnce
from workflow.errors import NotAllowed, NotFound, Refused, TooLate
from workflow.querysets import read_case, roles_on

from .commitment_states import CommitmentState
from .kinds import Satisfaction
from .models import Assignment, Commitment, Contact, QualityRating, Rating, Reply, Suggestion, SuggestionAnswer, Upgrade
from .roles import Role
from .states import AssignmentState

HALF_WRITTEN = Q(owner__isnull=True) | Q(due_on__isnull=True) | Q(measure="")
# Of replies: what the proposer was asked about is no longer what stands there. Blank: sent before this was kept.
OTHER_THAN_SENT = ~Q(sent_class="") & (
    ~Q(sent_class=F("result_class"))
    | Exists(SuggestionAnswer.objects.filter(reply=OuterRef("pk")).exclude(verdict=F("sent_verdict")))
)
DISSATISFIED = Q(attitude=Satisfaction.DISSATISFIED) | Q(result=Satisfaction.DISSATISFIED)
REPLY_FIELDS = ("body", "result_class", "disclosure", "handler_name", "handler_phone", "leader_name", "copies")


def current_reply(assignment: Assignment) -> Reply | None:
    """The reply of the assignment's present round, or None while nothing is written. For pages, which prefetch."""
    return next((r for r in assignment.replies.all() if r.round == assignment.round), None)


def reply_to_act_on(assignment: Assignment) -> Reply | None:
    """The present round's reply with all that guards ask about it, read once for each instance and round.

    `contacted`: the proposer was contacted in this round; `differs`: class or verdicts changed since the draft was sent;
    `has_gaps`: a suggestion is unanswered;
    `promised`: there is a whole commitment, `half_promised`: there is one with parts missing, `first_due_on`: the
    earliest date of one; `decided`: the first proposer has rated it,
    `refused` with 不满意, `voided`: such a rating was voided; `graded`: the unit has rated the proposal;
    `drafted`, `replaced`: the first promise that begins when it is sent, and the first that it takes the place of;
    `promises_left`, `promises_kept`: some are not done, some are; `upgrade_answer`: of the open request for B 类转 A 类,
    None where there is none.
    """
    read = assignment.__dict__.setdefault("_replies_to_act_on", {})
    if assignment.round not in read:
        rounds = {reply.round: reply for reply in WITH_FACTS.rows(assignment.pk)}
        read[assignment.round] = rounds.get(assignment.round)
    return read[assignment.round]


WITH_FACTS = BuiltOnce(lambda assignment: Reply.objects.filter(assignment=assignment).annotate(**_facts()))


def _facts() -> dict:
    contacts = Contact.objects.filter(assignment=OuterRef("assignment"), round=OuterRef("round"))
    answered = SuggestionAnswer.objects.filter(reply=OuterRef(OuterRef("pk"))).exclude(verdict="")
    asked = Suggestion.objects.filter(proposal=OuterRef("assignment__proposal"))
    promises = Commitment.objects.filter(reply=OuterRef("pk"))
    return {
        "contacted": Exists(contacts),
        "differs": ExpressionWrapper(OTHER_THAN_SENT, BooleanField()),
        "has_gaps": Exists(asked.exclude(pk__in=answered.values("suggestion"))),
        "promised": Exists(promises.exclude(HALF_WRITTEN)),
        "half_promised": Exists(promises.filter(HALF_WRITTEN)),
        "decided": Exists(Rating.objects.filter(reply=OuterRef("pk"), deciding=True)),
        "refused": Exists(Rating.objects.filter(DISSATISFIED, reply=OuterRef("pk"), deciding=True)),
        "voided": Exists(Rating.every.filter(reply=OuterRef("pk"), deciding=True, voided_at__isnull=False)),
        "graded": Exists(QualityRating.objects.filter(reply=OuterRef("pk"))),
        "first_due_on": Subquery(promises.order_by("due_on").values("due_on")[:1]),
        "drafted": Subquery(promises.filter(state=CommitmentState.DRAFT).order_by("pk").values("pk")[:1]),
        "replaced": Subquery(_of_other_rounds().values("pk")[:1]),
        "promises_left": Exists(promises.filter(state__in=CommitmentState.LIVE)),
        "promises_kept": Exists(promises.filter(state=CommitmentState.DONE)),
        "upgrade_answer": Subquery(Upgrade.objects.open().filter(reply=OuterRef("pk")).values("answer")[:1]),
    }


def _of_other_rounds():
    """What earlier replies of the share promised and is still to be done."""
    live = Commitment.objects.live().filter(reply__assignment=OuterRef("assignment"))
    return live.exclude(reply=OuterRef("pk")).order_by("pk")


def unanswered_positions(assignment: Assignment, reply: Reply) -> list[int]:
    """The numbers of the suggestions to which the reply says nothing yet."""
    answered = reply.answers.exclude(verdict="").values("suggestion")
    asked = Suggestion.objects.filter(proposal=assignment.proposal_id)
    return list(asked.exclude(pk__in=answered).order_by("position").values_list("position", flat=True))


def passed_positions(reply: Reply, day: date) -> list[int]:
    """The places of the promises that were due before that day: in the order of their dates they stand first."""
    return list(range(1, reply.commitments.filter(due_on__lt=day).count() + 1))


@transaction.atomic
def save_draft(assignment: Assignment, user, data: dict, answers=None, commitments=None, seen_version=None) -> Reply:
    """Store a reply draft; nothing has to be complete.

    `answers`: {suggestion id: (verdict, text)}; `commitments`: [(owner, measure, due_on)], replacing
    the former ones; None leaves them. Raises TooLate when someone saved in between.
    """
    fresh = _lock_for_writing(assignment, user)
    reply = current_reply(fresh) or Reply(assignment=fresh, round=fresh.round, version=0)
    if seen_version is not None and seen_version != reply.version:
        raise TooLate("这份答复稿已在别处保存过更新的内容。", "请比较两份文字后选择保留哪一份。", code="stale_page")
    for name in REPLY_FIELDS:
        if name in data:
            setattr(reply, name, data[name])
    reply.version += 1
    reply.saved_at = fresh.proposal.changed_at = timezone.now()
    reply.save()
    fresh.proposal.save(update_fields=["changed_at"])
    if answers is not None:
        _write_answers(fresh, reply, answers)
    if commitments is not None:
        _write_commitments(reply, commitments)
    return reply


def why_not_writable(assignment: Assignment) -> Refused | None:
    """Why the user for whom `with_roles_of` read the row may not write its reply now; None when they may."""
    if Role.OPERATOR not in roles_on(assignment):
        return NotAllowed("只有承办单位经办人可以撰写答复。", "请由经办人登录后撰写。")
    if assignment.is_assist:
        return NotAllowed("会办单位不直接答复提案人。", "请报送会办意见，由主办单位答复。")
    if assignment.state != AssignmentState.HANDLING:
        return TooLate(
            f"目前状态是“{assignment.get_state_display()}”，不能修改答复稿。", "如需修改，请由审签或复核环节退回。"
        )
    return None


def make_open_pages_stale(proposal) -> None:
    """The text changed under the drafts: whoever has one open is shown both before anything is stored over it."""
    mine = Reply.objects.filter(assignment__proposal=proposal, sent_at__isnull=True)
    mine.update(version=F("version") + 1)


def _lock_for_writing(assignment: Assignment, user) -> Assignment:
    parent = type(assignment).root_model()
    parent._base_manager.select_for_update().filter(pk=assignment.proposal_id).values("pk").first()
    fresh = read_case(Assignment, assignment.pk, user)
    if fresh is None:
        raise NotFound
    refusal = why_not_writable(fresh)
    if refusal is not None:
        raise refusal
    return fresh


def _write_answers(assignment: Assignment, reply: Reply, answers: dict) -> None:
    mine = {s.pk for s in assignment.proposal.suggestions.all()}
    for suggestion_id, (verdict, text) in answers.items():
        if suggestion_id in mine:
            SuggestionAnswer.objects.update_or_create(
                reply=reply, suggestion_id=suggestion_id,
                defaults={"verdict": verdict, "text": text},
            )  # fmt: skip


def _write_commitments(reply: Reply, commitments) -> None:
    reply.commitments.all().delete()
    Commitment.objects.bulk_create(
        Commitment(
            proposal_id=reply.assignment.proposal_id, reply=reply, owner=owner, measure=measure, due_on=due_on,
            state=CommitmentState.DRAFT,
        )
        for owner, measure, due_on in commitments
    )  # fmt: skip
