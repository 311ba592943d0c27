"""The office that works with reports, and reports at every stage of their way."""

from dataclasses import dataclass

from members.models import Organization, OrganizationKind, User
from opinions import drafting
from opinions.acts import Act, TransferAct
from opinions.models import OpinionReport, Transfer
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


def handed_over(c: County, one: OpinionReport | None = None, unit=None) -> Transfer:
    one = one or editing(c)
    perform(Act.HAND_OVER, one, office(c).editor, {"units": [(unit or c.unit).pk], "reason": "请核实办理"})
    return one.transfers.order_by("-pk").first()


REPLY = {"verdict": "adopted", "reply": "已列入改造计划，年内完成。"}


def replied(c: County) -> Transfer:
    part = handed_over(c)
    perform(TransferAct.SIGN_FOR, part, c.operator)
    perform(TransferAct.REPLY, part, c.operator, REPLY)
    return part


def fresh(one: OpinionReport) -> OpinionReport:
    return OpinionReport.objects.get(pk=one.pk)


def outcome(**more) -> dict:
    from members.periods import today

    return {"level": "city", "on": today().isoformat(), "document": "", **more}
