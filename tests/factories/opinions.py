"""The office that works with reports, and reports at every stage of their way."""

from dataclasses import dataclass
from datetime import timedelta

from members.models import Organization, OrganizationKind, User
from members.periods import today
from members.succession import Succession
from opinions import drafting, taking_over
from opinions.acts import Act, TransferAct
from opinions.models import OpinionReport, Transfer
from workflow.actors import SYSTEM
from workflow.engine import perform

from . import people
from .county import County

TEXT = {
    "title": "关于农村饮水管网老化的情况反映", "situation": "部分村庄管网老化，冬季经常停水，群众反映强烈。",
    "causes": "管网建成年限较长，维护经费没有落实。", "suggestions": "建议县水利局摸清底数，分批改造。", "no_secrets": True,
}  # fmt: skip


@dataclass
class Office:
    editor: User
    reviewer: User
    signer: User
    informant: User


def office(c: County) -> Office:
    """The people of the 政协机关; found again when they are there already."""
    body = Organization.objects.filter(kind=OrganizationKind.OFFICE, name="县政协办公室").first()
    body = body or people.organization("office", "县政协办公室")
    known = {user.person.name: user for user in User.objects.filter(person__name__in=NAMES.values())}
    return Office(
        editor=known.get(NAMES["editor"]) or people.holder(body, "staff", NAMES["editor"]),
        reviewer=known.get(NAMES["reviewer"]) or people.holder(body, "head", NAMES["reviewer"]),
        signer=known.get(NAMES["signer"]) or people.member(NAMES["signer"], seat_kind="vice_chair"),
        informant=known.get(NAMES["informant"]) or people.holder(body, "informant", NAMES["informant"]),
    )


NAMES = {"editor": "乔编辑", "reviewer": "池主任", "signer": "鲁副主席", "informant": "邢信息"}


def draft(c: County, writer: User | None = None, body=None, **text) -> OpinionReport:
    writer = writer or c.author
    return drafting.save(drafting.create(writer, body), writer, TEXT | text)


def submitted(c: County, writer: User | None = None, body=None, **text) -> OpinionReport:
    one = draft(c, writer, body, **text)
    perform(Act.SUBMIT, one, writer or c.author)
    return fresh(one)


def editing(c: County, **text) -> OpinionReport:
    one = submitted(c, **text)
    perform(Act.TAKE_UP, one, office(c).editor)
    return fresh(one)


def edited(one: OpinionReport, **text) -> dict:
    """The edited text as the form wants it."""
    given = {name: getattr(one, f"edited_{name}") for name in ("title", "situation", "causes", "suggestions")}
    return {f"edited_{name}": value for name, value in (given | text).items()}


def reviewing(c: County, **text) -> OpinionReport:
    one = editing(c, **text)
    perform(Act.SEND_FOR_REVIEW, one, office(c).editor)
    return fresh(one)


def reviewed(c: County, **text) -> OpinionReport:
    one = reviewing(c, **text)
    perform(Act.REVIEW, one, office(c).reviewer, {})
    return fresh(one)


def signed(c: County, **text) -> OpinionReport:
    one = reviewed(c, **text)
    perform(Act.SIGN, one, office(c).signer, {})
    return fresh(one)


ISSUE = {"main_to": "县委、县政府主要领导", "copy_to": "县委办公室"}


def issued(c: County, **text) -> OpinionReport:
    one = signed(c, **text)
    perform(Act.ISSUE, one, office(c).editor, ISSUE)
    return fresh(one)


def united(c: County) -> tuple[OpinionReport, OpinionReport]:
    """Two reports of two members in one issue: the main one and the one that was united with it."""
    o, main, other = office(c), editing(c), submitted(c, c.cosigner, title="关于饮水管网漏水的反映")
    perform(Act.JOIN, other, o.editor, {"into": main.pk})
    perform(Act.SEND_FOR_REVIEW, main, o.editor)
    perform(Act.REVIEW, main, o.reviewer, {})
    perform(Act.SIGN, main, o.signer, {})
    perform(Act.ISSUE, main, o.editor, ISSUE)
    return fresh(main), fresh(other)


def handed_over(c: County, one: OpinionReport | None = None, unit=None) -> Transfer:
    one = one or editing(c)
    perform(Act.HAND_OVER, one, office(c).editor, {"units": [(unit or c.unit).pk], "note": "请核实办理"})
    return one.transfers.order_by("-pk").first()


REPLY = {"verdict": "adopted", "reply": "已列入改造计划，年内完成。"}


def later(days: int = 60, reason: str = "现场情况复杂") -> dict:
    return {"new_due_on": (today() + timedelta(days=days)).isoformat(), "reason": reason}


def replied(c: County) -> Transfer:
    part = handed_over(c)
    perform(TransferAct.SIGN_FOR, part, c.operator)
    perform(TransferAct.REPLY, part, c.operator, REPLY)
    return part


def fresh(one: OpinionReport) -> OpinionReport:
    return OpinionReport.objects.get(pk=one.pk)


def outcome(**more) -> dict:
    return {"level": "city", "on": today().isoformat(), "document": "", **more}


def every_act(do, c: County) -> None:
    """Each act of both tables once, by `do`; where the factories act they go through the same `perform`."""
    o = office(c)
    do(Act.WITHDRAW, draft(c), c.author)
    main, other = editing(c), submitted(c, c.cosigner)
    do(Act.EDIT, main, o.editor, edited(main, title="另一个标题"))
    do(Act.JOIN, other, o.editor, {"into": main.pk})
    do(Act.SEPARATE, other, o.editor)
    do(Act.JOIN, other, o.editor, {"into": main.pk})
    do(Act.SEND_FOR_REVIEW, main, o.editor)
    do(Act.REVIEW_BACK, main, o.reviewer, {"reason": "再改"})
    do(Act.SEND_FOR_REVIEW, main, o.editor)
    do(Act.REVIEW, main, o.reviewer, {})
    do(Act.SIGN_BACK, main, o.signer, {"reason": "再核实"})
    do(Act.SEND_FOR_REVIEW, main, o.editor)
    do(Act.REVIEW, main, o.reviewer, {})
    do(Act.SIGN, main, o.signer, {})
    do(Act.ISSUE, main, o.editor, ISSUE)
    do(Act.FORWARD, main, o.editor, outcome(body="市政协"))
    do(Act.ADOPT, main, o.editor, outcome(body="市政协", mode="single"))
    do(Act.INSTRUCT, main, o.editor, outcome(leader="县长", text="阅。"))
    do(Act.VOID, main, o.editor, {"outcome": f"instructions-{main.instructions.last().pk}", "reason": "有误"})
    do(Act.TO_PROPOSAL, main, c.author)
    do(Act.KEEP, kept := submitted(c), o.editor, {"reason": "留存"})
    do(Act.RESUME, kept, o.editor)
    do(Act.RETURN, kept, o.editor, {"reason": "改"})
    do(Act.MOVE_OFFLINE, submitted(c), o.editor, {"reason": "涉密"})
    do(
        Act.SUCCEED,
        submitted(c),
        SYSTEM,
        {"succession": Succession(c.unit, c.other_unit, today(), "西编〔2026〕1号", "x")},
    )
    do(Act.GIVE_BACK, _taken(c), SYSTEM, {"reason": "撤销"})
    _every_part(do, c, o)


def _every_part(do, c: County, o: Office) -> None:
    part = handed_over(c)
    do(TransferAct.SIGN_FOR, part, c.operator)
    do(TransferAct.SEND_BACK, part, c.operator, {"reason": "不属职责"})
    do(TransferAct.CHECK_BACK, part, o.editor, {"reason": "请办理"})
    do(TransferAct.URGE, part, o.editor, {"reason": "请抓紧"})
    do(TransferAct.POSTPONE, part, c.operator, later())
    do(TransferAct.REPLY, part, c.operator, REPLY)
    do(TransferAct.CHECK, part, o.editor)
    do(TransferAct.RECALL, handed_over(c), o.editor, {"reason": "另转"})


def _taken(c: County) -> OpinionReport:
    """As a proposal that was not filed comes in."""
    return taking_over.take(
        source=900_000 + OpinionReport.objects.count(), number="11-4-0001", title="关于饮水的提案", situation="管网老化。",
        suggestions=["改造"], person_ids=[c.author.person_id, c.cosigner.person_id], organization_id=None,
    )  # fmt: skip
