"""The pages of what belongs to cases, and one row of each kind: for the matrix of the admin's addresses."""

from uuid import uuid4

from django.utils import timezone

from documents.models import PaperTemplate
from exports import records
from grassroots.models import ContactView, Onwarding
from notices.models import NoticeText, Reminder
from proposals.models import (
    ArchiveJob,
    Assignment,
    AwardNomination,
    AwardSelection,
    Contact,
    Cosignature,
    Proposal,
    Reply,
    TripartiteMeeting,
    Upgrade,
)
from reports.models import AssessmentScheme, FigureSnapshot
from tests.factories import announcements, consultations, grassroots, opinions
from workflow.engine import perform

from .scene import INSIDE, Scene

ALL = " ".join(INSIDE)
COMMITTEE = "staff head reviewer"
CASES = f"{COMMITTEE} dispatch"
OPINIONS = ("opinionreport", "transfer", "issue", "forwarding", "adoption", "instruction")
# URL name → who gets the page, as in test_pages.
RECORD_PAGES = {
    "proposals_reply_changelist": CASES,
    "proposals_reply_change": CASES,
    "proposals_reply_history": f"→ {ALL}",
    "proposals_contact_changelist": CASES,
    "proposals_contact_change": CASES,
    "proposals_contact_history": f"→ {ALL}",
    "proposals_upgrade_changelist": CASES,
    "proposals_upgrade_change": CASES,
    "proposals_upgrade_history": f"→ {ALL}",
    "proposals_cosignature_changelist": COMMITTEE,
    "proposals_cosignature_change": COMMITTEE,
    "proposals_cosignature_history": f"→ {ALL}",
    "proposals_review_changelist": COMMITTEE,
    "proposals_review_change": COMMITTEE,
    "proposals_review_history": f"→ {ALL}",
    "proposals_tripartitemeeting_changelist": CASES,
    "proposals_tripartitemeeting_change": CASES,
    "proposals_tripartitemeeting_history": f"→ {ALL}",
    "proposals_archivejob_changelist": "staff head",
    "proposals_archivejob_change": "staff head",
    "proposals_archivejob_history": f"→ {ALL}",
    "proposals_awardnomination_changelist": "staff head",
    "proposals_awardnomination_change": "staff head",
    "proposals_awardnomination_history": "staff head",
    "announcements_announcement_changelist": "staff head dispatch office",
    "announcements_announcement_change": "staff head dispatch office",
    "announcements_announcement_history": f"→ {ALL}",
    **{f"opinions_{model}_{page}": "office" for model in OPINIONS for page in ("changelist", "change")},
    **{f"opinions_{model}_history": f"→ {ALL}" for model in OPINIONS},
    **{
        f"consultations_{model}_{page}": "staff head office" if page != "history" else f"→ {ALL}"
        for model in (
            "plan",
            "planstep",
            "idea",
            "topic",
            "survey",
            "meeting",
            "opinion",
            "outcome",
            "instruction",
            "recommendation",
        )
        for page in ("changelist", "change", "history")
    },
    **{f"consultations_topickind_{page}": "staff head office" for page in ("changelist", "change", "history")},
    "consultations_topickind_add": "office",
    **{f"grassroots_venue_{page}": "staff head office audit" for page in ("changelist", "change", "history")},
    "grassroots_venue_add": "staff head office",
    **{f"grassroots_matter_{page}": "staff head office" for page in ("changelist", "change", "history", "act")},
    **{
        f"grassroots_{model}_{page}": "staff head office" if page != "history" else f"→ {ALL}"
        for model in ("release", "meeting", "consensus", "rating", "onwarding")
        for page in ("changelist", "change", "history")
    },
    **{f"opinions_contactview_{page}": "audit" for page in ("changelist", "change")},
    "opinions_contactview_history": f"→ {ALL}",
    "grassroots_contactview_changelist": "audit",
    "grassroots_contactview_change": "audit",
    "grassroots_contactview_history": f"→ {ALL}",
    **{f"notices_reminder_{page}": "staff head system" for page in ("changelist", "change", "history")},
    "reports_assessmentscheme_changelist": f"{COMMITTEE} audit",
    "reports_assessmentscheme_change": f"{COMMITTEE} audit",
    "reports_assessmentscheme_history": f"{COMMITTEE} audit",
    "reports_assessmentscheme_add": "staff head",
    "exports_exportrecord_changelist": "audit",
    "exports_exportrecord_change": "audit",
    "exports_exportrecord_history": f"→ {ALL}",
    "reports_figuresnapshot_changelist": f"{COMMITTEE} audit",
    "reports_figuresnapshot_change": f"{COMMITTEE} audit",
    "reports_figuresnapshot_history": f"→ {ALL}",
    "notices_noticetext_changelist": "staff head system audit",
    "notices_noticetext_change": "staff head system audit",
    "notices_noticetext_history": "staff head system audit",
}
RECORD_PAGES |= {
    f"documents_papertemplate_{page}": "staff head office audit" for page in ("changelist", "change", "history")
}
RECORDS = sorted({name.rpartition("_")[0] for name in RECORD_PAGES})


def _consulting(s: Scene) -> dict:
    """A room, a matter that just came in, one that went all its way, and a look at a citizen's number."""
    r = grassroots.rooms()
    closed = grassroots.matter(r, "closed")
    by_hand = {"matter": closed, "at": timezone.now()}
    seen = ContactView.objects.create(user=r.host, door="portal", **by_hand)
    onward = Onwarding.objects.create(person=s.users["member"].person, way="proposal", **by_hand)
    return {
        "grassroots_venue": r.village, "grassroots_matter": grassroots.taken(r, title="修桥").matter,
        "grassroots_release": closed.releases.get(), "grassroots_contactview": seen, "grassroots_onwarding": onward,
        "grassroots_meeting": closed.meetings.get(), "grassroots_consensus": closed.items.first(),
        "grassroots_rating": closed.ratings.get(),
    }  # fmt: skip


def records_of(s: Scene, share: Assignment, filed: Proposal) -> dict:
    """One row of each kind that the engine writes beside a case."""
    now, person = timezone.now(), s.users["member"].person
    reply = Reply.objects.create(assignment=share, body="答复稿")
    selection = AwardSelection.objects.create(session=filed.session)
    by = {"recorded_by": s.users["staff"], "recorded_at": now}
    return _consulting(s) | {
        "proposals_upgrade": Upgrade.objects.create(reply=reply, reason="已办结", asked_by=s.users["staff"], asked_at=now),
        "proposals_reply": reply, "proposals_review": filed.reviews.first(),
        "proposals_contact": Contact.objects.create(
            assignment=share, stage="before", method="visit", on=now.date(), participants="双方", content="听取意见", **by
        ),
        "proposals_cosignature": Cosignature.objects.create(
            proposal=filed, person=person, position=1, invited_at=now, state="invited"
        ),
        "proposals_tripartitemeeting": TripartiteMeeting.objects.create(
            proposal=share.proposal, on=now.date(), place="会议室", participants="三方", findings="商定", outcome="agreed", **by
        ),
        "exports_exportrecord": records.keep(s.users["staff"], "direct", "提案", 3),
        "proposals_archivejob": ArchiveJob.objects.create(session=filed.session, asked_by=s.users["staff"]),
        "proposals_awardnomination": AwardNomination.objects.create(
            selection=selection, unit=s.c.unit, reason="办得好", by=s.users["staff"], at=now
        ),
        "announcements_announcement": announcements.published(s.c, people=["staff", "dispatch"]),
        **opinion_rows(s),
        **consultations_of(s),
        "documents_papertemplate": PaperTemplate.objects.create(kind="reply", name="函", content=b"x", by=s.users["staff"]),
        "notices_reminder": Reminder.objects.create(
            case_kind="assignment", case_id=share.pk, step="sign", recipient=s.users["operator"], due_on=share.sign_due_on,
            offset=1, audience="holder", number=share.proposal.number, url=share.get_absolute_url(), run=uuid4(),
        ),
        "reports_figuresnapshot": FigureSnapshot.objects.create(
            year=now.year - 1, values=[], digest="0" * 64, signed_by=s.users["head"], signed_name="负责人", signed_at=now
        ),
        "reports_assessmentscheme": AssessmentScheme.objects.first(), "notices_noticetext": NoticeText.objects.first(),
    }  # fmt: skip


def opinion_rows(s: Scene) -> dict:
    """An issued report that a unit has, with a 批示."""
    part = opinions.handed_over(s.c, opinions.issued(s.c))
    editor, report = opinions.office(s.c).editor, part.report
    perform("instruct", report, editor, opinions.outcome(leader="县长", text="请研究。"))
    perform("forward", report, editor, opinions.outcome(body="市政协"))
    return {
        "opinions_contactview": report.contact_views.create(user=s.users["office"], at=timezone.now(), door="portal"),
        "opinions_opinionreport": report, "opinions_transfer": part, "opinions_issue": report.issue,
        "opinions_adoption": report.adoptions.get(), "opinions_instruction": report.instructions.get(),
        "opinions_forwarding": report.forwardings.get(),
    }  # fmt: skip


def consultations_of(s: Scene) -> dict:
    """A recommendation that was asked of a unit, with all that it hangs on, and a suggestion for the next plan."""
    outcome, now = consultations.sent(s.c), timezone.now()
    topic, given = outcome.topic, {"leader_name": "县长", "level": "county", "text": "请办好。", "on": str(now.date())}
    perform("instruct", outcome, s.c.staff, given)
    day = {
        "first_day": str(now.date()),
        "last_day": str(now.date()),
        "places": "出山镇",
        "team": [],
        "findings": "情况。",
    }
    perform("add_survey", topic, s.c.staff, day)
    idea = consultations.idea(s.c, consultations.plan(s.c, outcome.topic.year + 1))
    return {
        "consultations_plan": outcome.topic.plan, "consultations_topic": outcome.topic, "consultations_outcome": outcome,
        "consultations_recommendation": outcome.items.get(), "consultations_idea": idea,
        "consultations_topickind": outcome.topic.kind, "consultations_planstep": topic.plan.steps.last(),
        "consultations_survey": topic.surveys.get(), "consultations_meeting": topic.meetings.get(),
        "consultations_instruction": outcome.instructions.get(),
        "consultations_opinion": consultations.opinion(consultations.asking(s.c), s.c.cosigner),
    }  # fmt: skip
