"""评优 of a session, step by step: nominations, judges, sheets, the decision, the announcement (domain §5.3).

Every step locks the selection first and asks where it stands. What concerns a proposal goes through the engine.
"""

from collections.abc import Iterable, Mapping
from contextlib import contextmanager
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from members.models import Appointment, Organization, Person, Session
from members.models.organization import PROPOSAL_COMMITTEE
from members.periods import today
from workflow.engine import perform
from workflow.errors import NotAllowed, Refused, TooLate

from .acts import ProposalAct
from .models import AwardJudge, AwardNomination, AwardScore, AwardSelection, AwardStage, Cosignature, Proposal
from .models.awards import MOST_POINTS
from .states import CosignatureState, ProposalState

JUDGE_POSTS = ("head", "staff", "reviewer")


def open_selection(session: Session) -> AwardSelection:
    """The session's selection, begun when there is none."""
    return AwardSelection.objects.get_or_create(session=session)[0]


@contextmanager
def _at(selection: AwardSelection, *stages: str):
    """The selection, locked, at one of these stages. Raises TooLate."""
    with transaction.atomic():
        fresh = AwardSelection.objects.select_for_update().get(pk=selection.pk)
        if fresh.stage not in stages:
            now = fresh.get_stage_display()
            raise TooLate(f"这次评优目前是“{now}”，不能再这样办理。", "请刷新页面查看最新进度。", code="award_stage")
        yield fresh


def candidates() -> QuerySet[Person]:
    """Who may be a judge: whoever works for 提案委 or a dispatch office today, and so reads the cases anyway."""
    posts = Appointment.objects.on(today()).filter(
        Q(organization__code=PROPOSAL_COMMITTEE) | Q(organization__kind="dispatch"), post__in=JUDGE_POSTS
    )
    return Person.objects.filter(pk__in=posts.values("person_id"))


def nominate_unit(selection: AwardSelection, unit: Organization, nominator, reason: str, user) -> AwardNomination:
    """The caller has checked the figures. Raises Refused for one that is on the list already."""
    with _at(selection, AwardStage.NOMINATING) as fresh:
        if fresh.nominations.filter(unit=unit, withdrawn_at__isnull=True).exists():
            raise Refused(f"{unit}已经在推荐名单里。", "不需要再推荐。", code="nominated")
        return AwardNomination.objects.create(
            selection=fresh, unit=unit, nominator=nominator, reason=reason, by=user, at=timezone.now()
        )


def withdraw_unit(selection: AwardSelection, nomination: AwardNomination) -> None:
    with _at(selection, AwardStage.NOMINATING) as fresh:
        standing = fresh.nominations.filter(pk=nomination.pk, unit__isnull=False, withdrawn_at__isnull=True)
        for one in standing:
            one.withdrawn_at = timezone.now()
            one.save(update_fields=["withdrawn_at"])


def name_judge(selection: AwardSelection, person: Person) -> None:
    with _at(selection, AwardStage.NOMINATING) as fresh:
        AwardJudge.objects.get_or_create(selection=fresh, person=person)


def dismiss_judge(selection: AwardSelection, judge_id: int) -> None:
    with _at(selection, AwardStage.NOMINATING) as fresh:
        fresh.judges.filter(pk=judge_id).delete()


def begin_scoring(selection: AwardSelection) -> None:
    with _at(selection, AwardStage.NOMINATING) as fresh:
        if not fresh.nominations.filter(withdrawn_at__isnull=True).exists():
            raise Refused("推荐名单还是空的。", "请先推荐提案或单位。", code="nothing_nominated")
        if not fresh.judges.exists():
            raise Refused("还没有评委。", "请先确定评委。", code="no_judges")
        _move(fresh, AwardStage.SCORING)


def standing(selection: AwardSelection):
    rows = selection.nominations.filter(withdrawn_at__isnull=True)
    return rows.select_related(
        "proposal__session__term", "proposal__first_proposer", "proposal__organization", "unit", "nominator"
    )


def sheet(judge: AwardJudge, user) -> list[AwardNomination]:
    """What this judge scores: units, and proposals that they may see and did not sign themselves (回避)."""
    seen = Proposal.objects.visible_to(user).values("pk")
    signed = Cosignature.objects.filter(person=judge.person, state=CosignatureState.AGREED).values("proposal_id")
    rows = standing(judge.selection).filter(Q(unit__isnull=False) | Q(proposal__in=seen))
    return list(rows.exclude(proposal__in=signed).exclude(proposal__first_proposer=judge.person))


def hand_in(judge: AwardJudge, user, points: Mapping[int, int]) -> None:
    """The whole sheet at once; it cannot be changed afterwards. Raises Refused when a line is missing."""
    with _at(judge.selection, AwardStage.SCORING):
        if not AwardJudge.objects.filter(pk=judge.pk, sent_at__isnull=True).exists():
            raise TooLate("您的评分表已经交过，不能再改。", "如有差错，请告诉提案委。", code="sheet_sent")
        wanted = sheet(judge, user)
        missing = [str(one) for one in wanted if points.get(one.pk) not in range(MOST_POINTS + 1)]
        if missing:
            raise Refused(
                f"还有 {len(missing)} 项没有打分：{missing[0]}。",
                "请每项填 0 到 100 的整数，再交表。",
                code="sheet_incomplete",
            )
        AwardScore.objects.bulk_create(AwardScore(judge=judge, nomination=one, points=points[one.pk]) for one in wanted)
        judge.sent_at = timezone.now()
        judge.save(update_fields=["sent_at"])


def close_scoring(selection: AwardSelection) -> None:
    """Only now anybody sees anybody's points."""
    with _at(selection, AwardStage.SCORING) as fresh:
        if not fresh.judges.filter(sent_at__isnull=False).exists():
            raise Refused("还没有评委交分。", "请等评委交分后再结束评分。", code="no_sheets")
        _move(fresh, AwardStage.SCORED)


def averages(selection: AwardSelection) -> dict[int, tuple[Decimal, int]]:
    """Nomination → (average with two decimals, how many judges); empty while scoring is not over."""
    if selection.stage in (AwardStage.NOMINATING, AwardStage.SCORING):
        return {}
    by_nomination: dict[int, list[int]] = {}
    for pk, points in AwardScore.objects.filter(judge__selection=selection).values_list("nomination_id", "points"):
        by_nomination.setdefault(pk, []).append(points)
    return {pk: (_average(points), len(points)) for pk, points in by_nomination.items()}


def _average(points: list[int]) -> Decimal:
    return (Decimal(sum(points)) / len(points)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def decide(selection: AwardSelection, chosen: Iterable[int], on: date, document: str) -> None:
    """What the 主席会议 decided. Still closed as long as nothing is announced; it may be entered again until then."""
    chosen = set(chosen)
    with _at(selection, AwardStage.SCORED, AwardStage.DECIDED) as fresh:
        mine = fresh.nominations.filter(withdrawn_at__isnull=True)
        if not chosen or chosen - set(mine.values_list("pk", flat=True)):
            raise Refused(
                "没有勾选入选的提案或单位，或者有的已不在名单里。", "请在名单里勾选后再登记。", code="nothing_chosen"
            )
        lost = mine.filter(pk__in=chosen, proposal__isnull=False).exclude(proposal__state=ProposalState.CLOSED).first()
        if lost:
            raise Refused(f"《{lost}》已经不是办结的提案。", "请核对后再登记。", code="not_closed")
        for one in mine:
            if one.chosen != (one.pk in chosen):
                one.chosen = one.pk in chosen
                one.save(update_fields=["chosen"])
        fresh.decided_on, fresh.document = on, document
        _move(fresh, AwardStage.DECIDED, "decided_on", "document")


def publish(selection: AwardSelection, user) -> int:
    """Announce: each chosen proposal gets its event and its proposers are told. All or nothing. Returns how many."""
    with _at(selection, AwardStage.DECIDED) as fresh:
        chosen = fresh.nominations.filter(chosen=True, proposal__isnull=False).select_related("proposal")
        rows = [one.proposal for one in chosen.order_by("proposal_id") if one.proposal.excellent_on is None]
        lost = next((proposal for proposal in rows if proposal.state != ProposalState.CLOSED), None)
        if lost:
            raise Refused(
                f"《{lost}》决定以后又重新评价或办理，已经不是办结的提案。",
                "请重新登记主席会议的决定，去掉这件后再公布。",
                code="not_closed",
            )
        for proposal in rows:
            perform(ProposalAct.AWARD, proposal, user)
        fresh.published_at = timezone.now()
        _move(fresh, AwardStage.PUBLISHED, "published_at")
    return len(rows)


def judge_of(selection: AwardSelection, user) -> AwardJudge:
    """Raises NotAllowed for whoever is no judge of it."""
    judge = selection.judges.filter(person_id=user.person_id).first() if user.person_id else None
    if judge is None:
        raise NotAllowed("您不是这次评优的评委。", "如需参加评分，请联系提案委。")
    return judge


def waiting_sheet(user) -> AwardJudge | None:
    """The sheet that this person still has to hand in."""
    waiting = AwardJudge.objects.filter(selection__stage=AwardStage.SCORING, sent_at__isnull=True)
    waiting = waiting.select_related("selection__session__term")
    return waiting.filter(person_id=user.person_id).first() if user.person_id else None


def _move(selection: AwardSelection, stage: str, *fields: str) -> None:
    selection.stage = stage
    selection.save(update_fields=["stage", *fields])
