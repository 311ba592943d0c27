"""What stands on the index of the admin, grouped by matter; each person sees the parts they may use."""

from dataclasses import dataclass

from django.urls import reverse


@dataclass(frozen=True)
class Page:
    """A page that is no model's list: its name, its URL name, and who may open it."""

    name: str
    url_name: str
    permission: str


@dataclass(frozen=True)
class Group:
    name: str
    entries: tuple[str | Page, ...]


GROUPS = (
    Group("提案办理", (
        "proposals.Proposal", "proposals.Assignment", "proposals.ChangeRequest", "proposals.ExtensionRequest", "proposals.Lead", "proposals.LeadCollection",
        "proposals.Commitment", "proposals.Upgrade", "proposals.Urge", "proposals.UrgeNotice", "proposals.NoticeCode",
        "proposals.SupplementaryReply",
        "proposals.Reply", "proposals.Contact", "proposals.Rating", "proposals.Cosignature", "proposals.Review", "proposals.TripartiteMeeting",
        "proposals.AwardNomination", "proposals.ArchiveJob",
        "proposals.Rating", "proposals.QualityRating", "proposals.Publication",
        "proposals.KeyProposal", "proposals.KeyConsultation", "proposals.Supervision", "proposals.Demand",
        Page("征集时间和附议", "admin:proposals_proposal_window", "proposals.move_window"),
        Page("导入提案台账", "admin:proposals_proposal_import", "proposals.import_ledger"),
    )),
    Group("社情民意", ("opinions.OpinionReport", "opinions.Transfer", "opinions.Issue", "opinions.Forwarding", "opinions.Adoption", "opinions.Instruction")),
    Group("协商议政", (
        "consultations.Plan", "consultations.PlanStep", "consultations.Idea", "consultations.Topic", "consultations.Survey",
        "consultations.Opinion", "consultations.Meeting", "consultations.Outcome", "consultations.Instruction",
        "consultations.Recommendation", "consultations.TopicKind",
    )),
    Group("基层协商", (
        "grassroots.Venue", "grassroots.Matter", "grassroots.Meeting", "grassroots.Consensus", "grassroots.Rating",
        "grassroots.Onwarding", "grassroots.Release",
    )),
    Group("委员与机构", (
        "members.Person", "members.Member", "members.Appointment", "members.Organization",
        "members.Term", "members.Session",
        "members.ProfileChange",
        Page("委员名单", "admin:members_member_list", "members.view_member"),
        Page("换届", "admin:members_term_open", "members.add_term"),
        Page("导入委员名册", "admin:members_member_import", "members.import_roster"),
        "members.ImportBatch",
    )),
    Group("期限与分类", (
        "deadlines.DueRule", Page("到期提醒预览", "notices:coming", "notices.view_reminder"), "notices.Reminder", "deadlines.HolidayNotice", "deadlines.CalendarDay",
        "proposals.Category", "proposals.RejectionReason", "proposals.SecrecyMark", "proposals.ReviewGroup",
        "reports.AssessmentScheme", "reports.FigureSnapshot",
    )),
    Group("账号与登录", ("members.User", "members.DeviceToken", "axes.AccessAttempt", "axes.AccessLog")),
    Group("通知与文件", ("notices.Outbox", "notices.Delivery", "notices.Message", "notices.NoticeText", "announcements.Announcement", "documents.Attachment", "documents.PaperTemplate")),
    Group("审计", ("workflow.Event", "members.ContactReveal", "grassroots.ContactView", "opinions.ContactView", "members.Consent", "members.DataExport", "proposals.PaperExport", "exports.ExportRecord", Page("字段修改记录", "admin:workflow_event_fields", "workflow.view_event"))),
)  # fmt: skip


def arranged(models: list[dict], user) -> list[dict]:
    """The models that are open to this user, by matter; groups without anything for them are left out."""
    by_label = {model["model"]._meta.label: model for model in models}
    found = [(n, group, _entries(group, by_label, user)) for n, group in enumerate(GROUPS, start=1)]
    return [_as_app(n, group, entries) for n, group, entries in found if entries]


def _entries(group: Group, models: dict[str, dict], user) -> list[dict]:
    entries = []
    for entry in group.entries:
        if isinstance(entry, Page):
            entries += [_as_model(entry)] if user.has_perm(entry.permission) else []
        elif entry in models:
            entries.append(models[entry])
    return entries


def _as_app(n: int, group: Group, entries: list[dict]) -> dict:
    label = f"matter-{n}"
    return {
        "name": group.name, "app_label": label, "app_url": f"{reverse('admin:index')}#{label}",
        "has_module_perms": True, "models": entries,
    }  # fmt: skip


def _as_model(page: Page) -> dict:
    return {
        "name": page.name, "object_name": page.url_name.partition(":")[2], "admin_url": reverse(page.url_name),
        "add_url": None, "view_only": True, "perms": {"view": True},
    }  # fmt: skip


def place(model_admin) -> int:
    """Where a model stands in the menu, for other lists in the same order."""
    labels = [entry for group in GROUPS for entry in group.entries if isinstance(entry, str)]
    return labels.index(model_admin.opts.label) if model_admin.opts.label in labels else len(labels)
