"""Writing the text of a report: a draft is stored as it is, complete or not."""

from django.db import transaction

from members.models import Organization
from members.posts import posts_of
from workflow import drafts
from workflow.engine import open_case
from workflow.errors import NotAllowed, Refused
from workflow.querysets import roles_on

from . import attachments, secrecy
from .acts import Act
from .kinds import Reporter
from .models import OpinionReport
from .rights import bodies_of, reporters_of
from .roles import Role
from .states import State

TEXT = (
    "title", "situation", "causes", "suggestions", "urgency", "no_secrets", "on_behalf", "citizen_name",
    "citizen_contact",
)  # fmt: skip


def create(user, organization: Organization | None = None) -> OpinionReport:
    """A new, empty draft: the user's own, or in the name of a body they speak for. Raises NotAllowed."""
    posts = posts_of(user, fresh=True)
    if organization is not None and organization.pk not in bodies_of(posts):
        raise NotAllowed(
            "您不是这个单位的联系人或召集人，不能以它的名义反映。", "请改为以本人名义反映，或联系政协办公室核对。"
        )
    personal = [kind for kind in reporters_of(posts) if kind != Reporter.ORGANIZATION]
    if organization is None and not personal:
        raise no_right()
    report = OpinionReport(
        author=user.person, organization=organization, state=State.DRAFT,
        reporter=Reporter.ORGANIZATION if organization else personal[0],
    )  # fmt: skip
    open_case(Act.BEGIN, "起草", report, user)
    return report


def no_right() -> NotAllowed:
    return NotAllowed(
        "社情民意由在任委员、各单位联系人和特邀信息员反映。", "需要反映情况的，请与身边的委员或政协办公室联系。"
    )


def just_begun(user, data: dict) -> OpinionReport | None:
    rows = OpinionReport.objects.filter(author=user.person, state=State.DRAFT)
    return drafts.just_begun(rows, title=data["title"], situation=data["situation"])


@transaction.atomic
def save(report: OpinionReport, user, data: dict, seen: int | None = None) -> OpinionReport:
    """Store what the form gave and return the draft. `seen`: the version the page showed.

    Raises NotFound, NotAllowed, or Refused: submitted meanwhile, or a newer text.
    """
    fresh = drafts.locked(OpinionReport, report.pk, user, check_writable)
    drafts.check_seen(fresh, seen, "这份草稿已在别处保存过更新的内容。")
    if not data.get("on_behalf", fresh.on_behalf):  # nobody's name is kept without a reason
        data = {**data, "citizen_name": "", "citizen_contact": ""}
    drafts.store(fresh, TEXT, data)
    return note_signs(fresh)


def note_signs(report: OpinionReport) -> OpinionReport:
    """Look for marks of secrecy and keep what the editors will be told; `secrecy_found` is for the page that saved."""
    found = secrecy.found_in(report, attachments.of_report(report.pk))
    signs = found.for_record()
    if signs != report.secrecy_signs:
        OpinionReport._base_manager.filter(pk=report.pk).update(secrecy_signs=signs)
        report.secrecy_signs = signs
    report.secrecy_found = found
    return report


def may_write(report: OpinionReport) -> bool:
    return Role.AUTHOR in roles_on(report) and report.state in State.EDITABLE


def check_writable(report: OpinionReport) -> None:
    """Raises Refused unless the reader for whom the row was read may write its text now."""
    if Role.AUTHOR not in roles_on(report):
        raise NotAllowed("只有反映人可以修改原文。", "信息编辑请在“修改编辑稿”里改。")
    if report.state not in State.EDITABLE:
        raise Refused(
            f"这条社情民意目前是“{report.get_state_display()}”，文字不能再改。", "需要补充的，请另写一条，或联系政协办公室退回修改。",
            code="not_draft",
        )  # fmt: skip
