"""Guards of 评优 and 归档."""

from django.db.models import Exists, OuterRef

from workflow.errors import Refused
from workflow.transition import Step

from .models import AwardNomination, AwardSelection, AwardStage, Proposal


def selection_of(proposal: Proposal) -> AwardSelection | None:
    """The session's selection with `is_nominated` and `is_chosen` of this case, read once for each instance."""
    known = proposal.__dict__
    if "_award_selection" not in known:
        standing = AwardNomination.objects.filter(
            selection=OuterRef("pk"), proposal=proposal.pk, withdrawn_at__isnull=True
        )
        rows = AwardSelection.objects.filter(session_id=proposal.session_id)
        rows = rows.annotate(is_nominated=Exists(standing), is_chosen=Exists(standing.filter(chosen=True)))
        known["_award_selection"] = rows.first()
    return known["_award_selection"]


def may_be_nominated(step: Step) -> None:
    selection = selection_of(step.case)
    if selection is None or selection.stage != AwardStage.NOMINATING:
        raise Refused("现在不是推荐优秀提案的时间。", "请等提案委开始本次会议的评优后再推荐。", code="no_selection")
    if selection.is_nominated:
        raise Refused("这件提案已经在推荐名单里。", "不需要再推荐。", code="nominated")
    if not step.case.is_numbered:
        raise Refused("没有案号的提案不能推荐。", "请推荐已经立案编号的提案。", code="no_selection")


def nomination_can_be_withdrawn(step: Step) -> None:
    selection = selection_of(step.case)
    if selection is None or not selection.is_nominated or selection.stage != AwardStage.NOMINATING:
        raise Refused(
            "这件提案不在推荐名单里，或者评分已经开始。", "评分开始以后由主席会议决定。", code="not_nominated"
        )


def was_chosen(step: Step) -> None:
    """The decision is recorded first, on the page of the selection; publishing it brings this about."""
    selection = selection_of(step.case)
    decided = selection is not None and selection.is_chosen and selection.decided_on is not None
    if not decided or step.case.excellent_on:
        raise Refused("主席会议没有决定评这件提案。", "请先在“评优”页面登记主席会议的决定。", code="not_chosen")


def has_award(step: Step) -> None:
    if not step.case.excellent_on:
        raise Refused("这件提案没有评为优秀提案。", "不需要撤销。", code="no_award")


def not_archived(step: Step) -> None:
    if step.case.archived_at:
        raise Refused("这件提案已经归档。", "案卷可以在提案页面下载。", code="archived")
