"""What must hold before an act; each refuses with its own sentence and the next step."""

from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q

from members.models import Member
from members.periods import today
from members.posts import posts_of
from workflow.errors import NotAllowed, Refused
from workflow.models import Event
from workflow.querysets import roles_on
from workflow.transition import Step

from . import citizen, conversions
from .acts import Act
from .kinds import Reporter
from .models import Adoption, Forwarding, Instruction, OpinionReport
from .rights import reporters_of
from .roles import OFFICE
from .states import State
from .validators import COMBINED_MAX, TOGETHER_MAX, length, missing


def is_complete(step: Step) -> None:
    may_still_report(step)
    gaps = [words for _name, words in missing(step.case)]
    if gaps:
        raise Refused(f"还不能提交：{'；'.join(gaps)}。", "请回到“修改”补上后再提交。", code="incomplete")


def may_still_report(step: Step) -> None:
    """What was handed to somebody as a draft, or begun while in office, is submitted by those alone who may report."""
    report, kinds = step.case, reporters_of(posts_of(step.actor))
    if report.submitted_at is None and report.organization_id is None and not set(kinds) - {Reporter.ORGANIZATION}:
        raise NotAllowed(
            "社情民意由在任委员、各单位联系人和特邀信息员反映，您现在不能提交。",
            "草稿还留着。需要反映情况的，请与身边的委员或政协办公室联系。",
        )


def has_no_followers(step: Step) -> None:
    """A text that unites others stays until they are taken out of it; what is issued is united for good."""
    if any(one.state == State.COMBINED for one in citizen.united_with(step.case)):
        raise Refused(
            "这是综合稿，已有别的信息并入。", "请先在并入的信息上点“取消并入”，再办这一步。", code="has_followers"
        )


def may_hand_over(step: Step) -> None:
    """A unit reads what was edited, never the author's own words, in which the citizen's name may stand."""
    has_no_followers(step)
    report = step.case
    if report.state == State.SUBMITTED or not (report.edited_title.strip() and report.edited_situation.strip()):
        first = "重新编辑" if report.state in (State.KEPT, State.TRANSFERRED) else "开始编辑"
        raise Refused(
            "单位看到的是编辑稿，这条信息还没有编辑。", f"请先点“{first}”，改好编辑稿再转办。", code="not_edited"
        )
    names_no_citizen(step)


def may_hand_over_issued(step: Step) -> None:
    """What went out within a united text has no edited words of its own that anybody signed: a unit would read the author's."""
    main = step.case.combined_into
    if main is not None:
        gone = main.state == State.OFFLINE
        raise Refused(
            "这条信息是并入综合稿编发的，没有单独的编辑稿给单位看。",
            "综合稿已转线下办理，请另行书面转办。" if gone else f"请到综合稿（{main.number}）上点“转办”。",
            code="in_united_text",
        )
    names_no_citizen(step)


TAKEN_OUT = {
    State.EDITING: "请先点“修改编辑稿”，删去后再转办。", State.KEPT: "请先点“重新编辑”，删去后再转办。",
    State.TRANSFERRED: "请先点“重新编辑”，删去后再转办；还有单位没有办完的，先收回转办。",
    State.ISSUED: "已编发的文字不能再改，请另行书面转办，略去姓名和电话。",
}  # fmt: skip


def names_no_citizen(step: Step) -> None:
    _names_nobody(step.case, "不能转给单位", TAKEN_OUT[step.case.state])


def may_be_kept(step: Step) -> None:
    """A unit that had a part in it goes on reading the edited text."""
    has_no_followers(step)
    if step.case.state == State.EDITING and step.case.transfers.exists():
        _names_nobody(step.case, "办过的单位还看得到，不能留存", "请先点“修改编辑稿”删去，再留存。")


def _names_nobody(report: OpinionReport, therefore: str, next_step: str) -> None:
    places = citizen.places_in(report.edited_texts.items(), citizen.people_of(report))
    if places:
        where = "、".join(f"“{place}”" for place in places)
        raise Refused(f"编辑稿的{where}里写有所代群众的姓名或电话，{therefore}。", next_step, code="names_citizen")


def edited_is_complete(step: Step) -> None:
    report = step.case
    if not (report.edited_title.strip() and report.edited_situation.strip()):
        raise Refused("编辑稿还没有标题或正文。", "请先点“修改编辑稿”。", code="incomplete")
    most = COMBINED_MAX if citizen.united_with(report) else TOGETHER_MAX
    written = length(report.edited_situation, report.edited_causes, report.edited_suggestions)
    if written > most:
        raise Refused(f"编辑稿共 {written} 字，超过 {most} 字。", "请先点“修改编辑稿”删减。", code="too_long")
    _names_nobody(report, "不能送审核", "群众的姓名只留在系统里，不印发；请先点“修改编辑稿”删去，再送审核。")


EDITED = (Act.TAKE_UP, Act.EDIT, Act.RESUME)


def is_another_reviewer(step: Step) -> None:
    _is_another(step, "编辑", *EDITED)


def is_another_signer(step: Step) -> None:
    _is_another(step, "编辑或审核", *EDITED, Act.REVIEW)


def _is_another(step: Step, did: str, *acts: str) -> None:
    """编辑, 审核 and 签发 are three people (docs/decisions/opinions.md): the log says who did what on this very text."""
    is_not_own(step)
    done = Event.objects.filter(process="opinion", object_id=step.case.pk, act__in=acts, actor=step.actor)
    if done.exists():
        raise NotAllowed(
            f"这份稿件您{did}过，不能再由您办这一步。",
            "编辑、审核、签发要由不同的人办，请转给其他同志。",
            code="same_person",
        )


def is_not_own(step: Step) -> None:
    """Nobody edits, reviews or signs what they reported themselves, alone or within a text that unites several."""
    person, key = getattr(step.actor, "person_id", None), step.case.pk
    if person is None:
        return
    if OpinionReport.objects.filter(Q(pk=key) | Q(combined_into=key), reported_by(person)).exists():
        raise NotAllowed(
            "这条社情民意是您本人反映的，或者并入了您反映的内容，不能由您编辑、审核或签发。",
            "请转给其他同志办理。",
            code="own_report",
        )


def reported_by(person: int) -> Q:
    """What the person reported, alone or with others."""
    shared = OpinionReport.co_authors.through.objects.filter(person=person)
    return Q(author=person) | Q(pk__in=shared.values("opinionreport"))


def is_signed(step: Step) -> None:
    """Nothing goes up that no leader has signed; what was issued within a united text was signed with it."""
    if step.case.state != State.ISSUED and step.case.signed_by_id is None:
        raise Refused("这条信息还没有签发，不能上报。", "请先“重新编辑”，经审核、签发后再登记上报。", code="not_signed")


def may_resume(step: Step) -> None:
    no_open_parts(step)
    is_not_own(step)


def may_join(step: Step) -> None:
    has_no_followers(step)
    if not mains_for(step.case).exists():
        raise Refused("没有正在编辑的综合稿可以并入。", "请先在另一条信息上点“开始编辑”。", code="no_main")


def mains_for(report: OpinionReport):
    """The texts being edited into which this one may go."""
    return OpinionReport.objects.filter(state=State.EDITING, combined_into=None).exclude(pk=report.pk).order_by("-pk")


BEING_EDITED = (State.EDITING, State.SUBMITTED)


def main_is_edited(step: Step) -> None:
    main = step.case.combined_into
    if main is not None and main.state not in BEING_EDITED:
        raise Refused(
            f"综合稿已是“{main.get_state_display()}”。", "请先把综合稿退回编辑，再取消并入。", code="main_moved_on"
        )
    # Taken out, nothing would say any more whose name it is that stands there.
    if main is not None and citizen.places_in(main.edited_texts.items(), citizen.people_of(step.case)):
        raise Refused(
            "综合稿里写有这条所代群众的姓名或电话。",
            "请先在综合稿上修改编辑稿，删去以后再取消并入。",
            code="names_citizen",
        )


def no_open_parts(step: Step) -> None:
    if step.case.transfers.open().exists():
        raise Refused("还有承办单位没有办完。", "请先收回转办，或等单位答复后再重新编辑。", code="open_transfers")


def has_outcome(step: Step) -> None:
    """One question for all three kinds; what was entered by itself at 编发 is not to be voided."""
    mine = {"report": OuterRef("pk"), "voided_at__isnull": True}
    kinds = (
        Forwarding.objects.filter(**mine),
        Adoption.objects.filter(**mine, by_issue=False),
        Instruction.objects.filter(**mine),
    )
    entered = reduce(or_, (Q(Exists(rows)) for rows in kinds))
    if not OpinionReport.objects.filter(entered, pk=step.case.pk).exists():
        raise Refused("没有可以作废的登记。", "登记有误时才需要作废。", code="nothing_to_void")


def may_become_proposal(step: Step) -> None:
    if not conversions.is_open():
        raise Refused("现在不能转为提案草稿。", "请直接到“写提案”里起草。", code="no_handler")
    if step.case.became_proposal:
        raise Refused(
            f"已据此起草提案（{step.case.became_proposal}）。", "请到“提案”里接着写。", code="became_proposal"
        )
    seats = Member.objects.in_office(today()).filter(person=step.case.author_id)
    if step.case.organization_id is None and not seats.exists():
        raise Refused("提案由委员和集体提出。", "请与身边的委员联系，由委员提出。", code="not_a_member")


def not_offline(step: Step) -> None:
    if step.case.state == State.OFFLINE:
        raise Refused("已经转线下办理。", "不用再办。", code="offline")
    has_no_followers(step)


def may_urge(step: Step) -> None:
    report_is_here(step)
    if step.case.urged_on == step.day:
        raise Refused("今天已经催办过。", "请给单位一点时间，明天以后可以再催。", code="urged_today")


def may_postpone(step: Step) -> None:
    """A unit moves its date once; more than that is the office's to grant."""
    report_is_here(step)
    part = step.case
    if part.due_on is None:
        raise Refused("这件转办没有答复期限。", "不用延期，办好后直接报送办理情况。", code="no_due_date")
    if part.extended_from and not roles_on(part) & set(OFFICE):
        raise Refused("答复期限已经延过一次。", "还要延期的，请与县政协机关联系，由机关办理。", code="extended_already")


def report_is_here(step: Step) -> None:
    """A unit's part ends with the text of its report."""
    if step.case.report.state == State.OFFLINE:
        raise Refused("这条社情民意已转线下办理。", "请按线下渠道办理，系统里不用再办。", code="offline")
