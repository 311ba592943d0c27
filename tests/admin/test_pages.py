"""Every address of the admin × everybody: who gets it, who is refused, who is sent to the log-in."""

import re
from datetime import timedelta
from html import unescape
from itertools import product
from uuid import uuid4

import pytest
from axes.models import AccessAttempt, AccessLog
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone

from deadlines.models import CalendarDay, DueRule, HolidayNotice
from documents.models import Attachment
from members.models import (
    Appointment,
    Consent,
    ContactReveal,
    DataExport,
    ImportBatch,
    Member,
    Organization,
    Person,
    ProfileChange,
    Session,
    Term,
)
from members.privacy import copies, reveals
from members.profile import requesting
from notices.models import Delivery, Message, Outbox
from proposals import models, paper_exports
from proposals.models import Assignment, Category, ChangeRequest, Proposal, RejectionReason, ReviewGroup, SecrecyMark
from tests.counts import cells
from tests.factories import county as make
from tests.factories import people
from workflow.models import Event

from .records import RECORD_PAGES, RECORDS, records_of
from .scene import INSIDE, OUTSIDE, Scene, press, supervised, text

pytestmark = pytest.mark.django_db

ALL = " ".join(INSIDE)
NOBODY = ""
COMMITTEE = "staff head reviewer"
CASES = f"{COMMITTEE} dispatch"
EACH = ("changelist", "change", "history")
TABLES = (
    "leadcollection",
    "category",
    "rejectionreason",
    "secrecymark",
    "reviewgroup",
)  # what the committee keeps itself
PEOPLE_READ = "staff head reviewer dispatch office system security audit"
PEOPLE_WRITE = "staff head office system"
RULES_READ = "staff head reviewer dispatch system audit"
RULES_WRITE = "staff head system"
SUPERVISION = ("keyproposal", "keyconsultation", "supervision", "demand")

# URL name → who gets the page; "→" who is sent on; everybody else inside is refused (403). Written by hand.
PAGES = {
    "index": ALL,
    "jsi18n": ALL,
    "login": f"→ {ALL}",
    "password_change": f"→ {ALL}",
    "password_change_done": f"→ {ALL}",
    "app_list": f"→ {ALL}",
    "view_on_site": f"→ {ALL}",
    "autocomplete": NOBODY,  # without saying for which field
    "proposals_proposal_changelist": CASES,
    "proposals_proposal_change": CASES,
    "proposals_proposal_history": CASES,
    "proposals_proposal_who": CASES,
    "proposals_assignment_who": CASES,
    "proposals_proposal_act": "staff head dispatch",  # 交办 of a numbered case
    "proposals_proposal_window": "staff head",
    "proposals_proposal_import": "staff head",
    "proposals_proposal_import_template": "staff head",
    "proposals_proposal_import_preview": "→ staff head",  # a file that is not there
    "proposals_proposal_import_errors": "→ staff head",
    "proposals_assignment_changelist": CASES,
    "proposals_assignment_change": CASES,
    "proposals_assignment_history": CASES,
    "proposals_assignment_act": "head dispatch",  # 不同意退办 of a return that was asked for
    "proposals_changerequest_changelist": COMMITTEE,
    "proposals_changerequest_change": COMMITTEE,
    "proposals_changerequest_history": COMMITTEE,
    "proposals_changerequest_act": "head",
    "proposals_extensionrequest_changelist": CASES,
    "proposals_extensionrequest_change": CASES,
    "proposals_extensionrequest_history": CASES,
    "proposals_extensionrequest_act": "head dispatch",
    "proposals_lead_changelist": COMMITTEE,
    "proposals_lead_change": COMMITTEE,
    "proposals_lead_history": COMMITTEE,
    "proposals_lead_act": "staff head",
    **{f"proposals_{m}_{page}": CASES for m in ("commitment", "urge", "urgenotice", "noticecode") for page in ("changelist", "change")},
    "proposals_commitment_history": CASES, "proposals_noticecode_history": CASES, "proposals_noticecode_add": "staff head",
    "proposals_urge_history": f"→ {ALL}", "proposals_urgenotice_history": f"→ {ALL}", "proposals_commitment_act": "staff head dispatch",
    **{f"proposals_{m}_{page}": f"{CASES} audit" for m in ("rating", "qualityrating") for page in ("changelist", "change")},
    "proposals_rating_history": f"→ {ALL}", "proposals_qualityrating_history": f"→ {ALL}",
    "proposals_publication_changelist": COMMITTEE,
    "proposals_publication_change": COMMITTEE,
    "proposals_publication_history": f"→ {ALL}",
    **{f"proposals_{model}_{page}": CASES for model in SUPERVISION for page in ("changelist", "change")},
    **{f"proposals_{model}_history": f"→ {ALL}" for model in SUPERVISION},
    **{f"proposals_{m}_{page}": COMMITTEE for m in TABLES for page in EACH},
    **{f"proposals_{m}_add": "staff head" for m in TABLES},
    **{f"members_{m}_{page}": PEOPLE_READ for m in ("person", "organization", "appointment") for page in EACH},
    **{f"members_{m}_{page}": f"{PEOPLE_WRITE} audit" for m in ("term", "session") for page in EACH},
    **{f"members_profilechange_{page}": f"{PEOPLE_WRITE} audit" for page in EACH[:2]},
    **RECORD_PAGES,
    "members_person_add": PEOPLE_WRITE,
    "members_organization_add": PEOPLE_WRITE,
    "members_organization_succeed": PEOPLE_WRITE,
    "members_appointment_add": f"{PEOPLE_WRITE} security",
    "members_member_list": "staff head office system security audit",
    "members_member_changelist": f"{PEOPLE_WRITE} security audit",
    "members_member_change": f"{PEOPLE_WRITE} security audit",
    "members_member_history": f"{PEOPLE_WRITE} security audit",
    "members_member_add": PEOPLE_WRITE,
    "members_member_end": PEOPLE_WRITE,
    "members_member_move": PEOPLE_WRITE,
    "members_member_import": PEOPLE_WRITE,
    "members_member_import_template": PEOPLE_WRITE,
    "members_member_import_preview": f"→ {PEOPLE_WRITE}",
    "members_member_import_errors": f"→ {PEOPLE_WRITE}",
    "members_term_add": PEOPLE_WRITE,
    "members_term_open": PEOPLE_WRITE, "members_session_add": PEOPLE_WRITE,
    "members_profilechange_history": f"→ {ALL}",  # to the row itself, which decides
    "members_profilechange_decide": f"→ {PEOPLE_WRITE}",  # to the list, when nothing is chosen
    "members_consent_changelist": "audit",
    "members_consent_change": "audit",
    "members_consent_history": f"→ {ALL}",
    "members_contactreveal_changelist": "audit",
    "members_contactreveal_change": "audit",
    "members_contactreveal_history": f"→ {ALL}",
    "members_dataexport_changelist": "audit",
    "members_dataexport_change": "audit",
    "members_dataexport_history": f"→ {ALL}",
    "members_importbatch_changelist": PEOPLE_WRITE,
    "members_importbatch_change": PEOPLE_WRITE,
    "members_importbatch_history": f"→ {ALL}",
    "members_importbatch_undo": PEOPLE_WRITE,
    "members_user_rights": PEOPLE_READ,
    "members_user_changelist": "system security audit",
    "members_user_change": "system security audit",
    "members_user_history": "system security audit",
    "members_user_add": "system",
    "deadlines_duerule_changelist": RULES_READ,
    "deadlines_duerule_change": RULES_READ,
    "deadlines_duerule_history": RULES_READ,
    "deadlines_duerule_add": RULES_WRITE,
    "deadlines_duerule_delete": RULES_WRITE,
    "deadlines_holidaynotice_changelist": RULES_READ,
    "deadlines_holidaynotice_change": RULES_READ,
    "deadlines_holidaynotice_history": RULES_READ,
    "deadlines_holidaynotice_add": RULES_WRITE,
    "deadlines_holidaynotice_delete": RULES_WRITE,
    "deadlines_calendarday_changelist": RULES_READ,
    "deadlines_calendarday_change": RULES_READ,
    "deadlines_calendarday_history": RULES_READ,
    "deadlines_calendarday_add": RULES_WRITE,
    "deadlines_calendarday_delete": RULES_WRITE,
    "axes_accessattempt_changelist": "system security audit",
    "axes_accessattempt_change": "system security audit",
    "axes_accessattempt_history": f"→ {ALL}",  # to the row itself, which decides
    "axes_accesslog_changelist": "security audit",
    "axes_accesslog_change": "security audit",
    "axes_accesslog_history": f"→ {ALL}",
    "documents_attachment_changelist": "system audit",
    "documents_attachment_change": "system audit",
    "documents_attachment_history": "system audit",
    "notices_outbox_changelist": "system audit",
    "notices_outbox_change": "system audit",
    "notices_outbox_history": "system audit",
    "notices_delivery_changelist": "system audit",
    "notices_delivery_change": "system audit",
    "notices_delivery_history": "system audit",
    "notices_message_changelist": NOBODY,
    "notices_message_change": NOBODY,
    "notices_message_history": NOBODY,
    "proposals_supplementaryreply_changelist": CASES,
    "proposals_supplementaryreply_change": CASES,
    "proposals_supplementaryreply_history": f"→ {ALL}",
    "proposals_paperexport_changelist": "audit",
    "proposals_paperexport_change": "audit",
    "proposals_paperexport_history": f"→ {ALL}",
    "workflow_event_changelist": "audit",
    "workflow_event_change": "audit",
    "workflow_event_history": f"→ {ALL}",
    "workflow_event_fields": "audit",
}  # fmt: skip
# Pages that Django offers and nobody gets: these rows come about otherwise, and nothing ends by deletion.
NEVER = {
    f"{model}_{page}"
    for page in ("add", "delete")
    for model in (
        "proposals_proposal", "proposals_assignment", "proposals_category", "proposals_rejectionreason", "proposals_secrecymark",
        "proposals_commitment", "proposals_urge", "proposals_urgenotice", "proposals_noticecode",
        "proposals_changerequest", "proposals_lead", "proposals_leadcollection", "proposals_reviewgroup",
        "proposals_rating", "proposals_qualityrating", "proposals_publication",
        "members_person", "members_organization", "members_appointment", "members_member", "members_term",
        "members_session", "members_user", "members_profilechange", "members_consent", "members_contactreveal",
        "members_dataexport", "members_importbatch", "axes_accessattempt", "axes_accesslog", "documents_attachment",
        "notices_outbox", "notices_delivery", "notices_message", "workflow_event",
        "proposals_paperexport", "proposals_extensionrequest", "proposals_supplementaryreply",
        *RECORDS, *(f"proposals_{model}" for model in SUPERVISION),
    )
}  # fmt: skip
NOT_BY_GET = {"logout"}
# An act that each kind of case offers in `rows`.
SOME_ACT = {"grassroots_matter": "select", "commitment": "urge", "proposal": "assign", "changerequest": "refuse", "lead": "decline", "extensionrequest": "grant"}  # fmt: skip


@pytest.fixture
def rows(s: Scene) -> dict:
    """One row of every model of the admin."""
    share = make.share(make.assigned(s.c, title="关于农村饮水的提案"), s.c.unit)
    data = {"suggested_unit": s.c.third_unit.pk, "reason": "不属本单位职责"}
    make.perform("request_return", share, s.c.operator, data)
    filed = make.filed(s.c)
    make.perform("ask_withdrawal", filed, s.c.author, {"reason": "情况有变化"})
    late = make.signed(s.c, title="关于延期的提案")
    wanted = {"wanted_on": (late.due_on + timedelta(days=9)).isoformat(), "reason": "需论证"}
    make.perform("request_extension", late, s.c.operator, wanted)
    press(s)
    make.rated_and_published(s.c)
    event = Event.objects.first()
    message = Message.objects.create(recipient=s.users["member"], event=event, subject="立案")
    notice = HolidayNotice.objects.create(year=2090, source="notice")
    make.scan(s.users["staff"])
    asking = s.users["member"].person
    people.agree(asking)
    requesting.request(asking, {"employer": "县农科所"})
    reveals.note(s.users["staff"], asking, reveals.DIRECTORY)
    copies.copy_of(asking)
    return {
        **(kept := records_of(s, share, filed)),
        "proposals_supplementaryreply": kept["proposals_reply"].supplements.create(body="已经完成。"),
        **supervised(s.c, share),
        "proposals_paperexport": paper_exports.note(s.users["staff"], "立案通知书", proposal=filed),
        "proposals_proposal": filed, "proposals_assignment": share, "workflow_event": event,
        "proposals_extensionrequest": late.extensions.get(), "proposals_changerequest": ChangeRequest.objects.get(), "proposals_lead": (lead := make.lead(s.c)),
        "proposals_leadcollection": lead.collection,
        "proposals_rating": models.Rating.objects.get(), "proposals_publication": models.Publication.objects.get(),
        "proposals_qualityrating": models.QualityRating.objects.get(),
        "proposals_category": Category.objects.first(), "proposals_rejectionreason": RejectionReason.objects.first(),
        "proposals_secrecymark": SecrecyMark.objects.first(),
        **{f"proposals_{m._meta.model_name}": m.objects.get() for m in (models.Commitment, models.Urge, models.UrgeNotice, models.NoticeCode)},
        "proposals_reviewgroup": ReviewGroup.objects.create(name="经济组"),
        "members_person": s.users["operator"].person, "members_organization": s.c.unit,
        "members_appointment": Appointment.objects.get(person=s.users["operator"].person),
        "members_member": Member.objects.first(), "members_term": Term.objects.first(),
        "members_profilechange": ProfileChange.objects.get(), "members_consent": Consent.objects.first(),
        "members_contactreveal": ContactReveal.objects.first(), "members_dataexport": DataExport.objects.get(),
        "members_session": Session.objects.first(), "members_user": s.users["operator"],
        "members_importbatch": ImportBatch.objects.create(purpose="roster", file_name="名册.xlsx", rows=1, added=1, updated=0, unchanged=0, imported_at=timezone.now()),
        "deadlines_duerule": DueRule.objects.first(), "deadlines_holidaynotice": notice,
        "deadlines_calendarday": CalendarDay.objects.create(date="2090-01-04", name="放假", source="county"),
        "axes_accessattempt": AccessAttempt.objects.create(username="x", user_agent="", failures_since_start=3),
        "axes_accesslog": AccessLog.objects.create(username="x", user_agent=""),
        "documents_attachment": Attachment.objects.first(), "notices_message": message,
        "notices_outbox": Outbox.objects.get_or_create(event=event)[0],
        "notices_delivery": Delivery.objects.create(message=message, recipient=message.recipient, address="a@example.com"),
    }  # fmt: skip


def names() -> list[str]:
    patterns = [q for p in admin.site.get_urls() for q in getattr(p, "url_patterns", [p])]
    return [pattern.name for pattern in patterns if pattern.name]


def address(name: str, rows: dict) -> str:
    if name == "app_list":
        return reverse("admin:app_list", args=["members"])
    if name == "view_on_site":
        kind = ContentType.objects.get_for_model(Proposal)
        return reverse("admin:view_on_site", args=[kind.pk, rows["proposals_proposal"].pk])
    model, _, page = name.rpartition("_")
    if name.endswith(("_import_preview", "_import_errors")):
        return reverse(f"admin:{name}", args=[uuid4()])
    if page == "act":
        act = SOME_ACT.get(model.removeprefix("proposals_"), "refuse_return")
        return reverse(f"admin:{name}", args=[rows[model].pk, act])
    if page in ("change", "history", "delete", "who", "rights", "end", "move", "undo", "succeed") and model in rows:
        return reverse(f"admin:{name}", args=[rows[model].pk])
    return reverse(f"admin:{name}")


def test_every_page_has_an_expectation():
    assert {n for n in names() if n not in PAGES} == (NEVER - PAGES.keys()) | NOT_BY_GET
    assert set(PAGES) - set(names()) == set()


def expected(name: str, role: str) -> int:
    if name not in PAGES:
        return 403
    sent_on = PAGES[name].startswith("→")
    named = role in PAGES[name].split()
    return (302 if sent_on else 200) if named else 403


@pytest.mark.timeout(600)
def test_who_gets_what_and_all_of_it_in_chinese(s, rows):
    """One county for all: its rows cost more than a person's look at every page."""
    wrong, english, held = {}, {}, held_data()
    pages = [name for name in names() if name not in NOT_BY_GET]
    for name, role in cells(pages, INSIDE, expected):
        answer = s.kept_client(role).get(address(name, rows))
        if answer.status_code != expected(name, role):
            wrong[role, name] = (answer.status_code, expected(name, role))
        if words := foreign_words(answer, held):
            english[role, name] = words
    assert (wrong, english) == ({}, {})


def test_members_and_units_are_told_that_they_cannot_enter(s, rows):
    for role, name in product(OUTSIDE, names()):
        if name in ("login", "logout"):
            continue
        answer = s.kept_client(role).get(address(name, rows))
        assert (role, name, answer.status_code) == (role, name, 302)
        assert answer["Location"].startswith(reverse("admin:login"))
    for role in OUTSIDE:
        page = s.client(role).get("/admin/", follow=True)
        assert page.status_code == 403
        assert "您的账号不能进入后台管理。需要时请联系系统管理员。" in text(page)


def test_nobody_logged_in_goes_to_the_one_log_in(client):
    answer = client.get("/admin/proposals/proposal/", follow=True)
    assert [where for where, _status in answer.redirect_chain][-1].startswith("/login/?next=")


def test_index_shows_only_what_the_person_may_use(s):
    shown = {role: re.findall(r"<h2>(.+?)</h2>", text(s.client(role).get("/admin/"))) for role in INSIDE}
    assert shown == {
        "staff": ["提案办理", "协商议政", "基层协商", "委员与机构", "期限与分类", "通知与文件"],
        "head": ["提案办理", "协商议政", "基层协商", "委员与机构", "期限与分类", "通知与文件"],
        "reviewer": ["提案办理", "委员与机构", "期限与分类"],
        "dispatch": ["提案办理", "委员与机构", "期限与分类", "通知与文件"],
        "office": ["社情民意", "协商议政", "基层协商", "委员与机构", "通知与文件"],
        "system": ["委员与机构", "期限与分类", "账号与登录", "通知与文件"],
        "security": ["委员与机构", "账号与登录"],
        "audit": ["提案办理", "基层协商", "委员与机构", "期限与分类", "账号与登录", "通知与文件", "审计"],
    }


def test_every_model_has_its_place_in_the_menu():
    from portal.backoffice.menu import GROUPS

    placed = {entry for group in GROUPS for entry in group.entries if isinstance(entry, str)}
    registered = {model._meta.label for model in admin.site._registry}
    assert registered - placed == set()


ENGLISH = re.compile(r"[A-Za-z]{3,}")
# What is no English word to a reader: addresses, names of formats, account names, and pinyin.
KNOWN = {
    "xlsx", "Excel", "Word", "html", "PDF", "API", "http", "https", "www", "com", "png", "csv", "CSV", "tsv", "UTF", "GBK",
    "WPS", "LibreOffice", "libreoffice", "writer",  # what to install where no PDF can be made
}  # fmt: skip


def foreign_words(answer, held: str) -> set[str]:
    if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
        return set()
    words = {word for word in ENGLISH.findall(visible(text(answer))) if word not in KNOWN}
    return {word for word in words if word not in held}


def visible(html: str) -> str:
    """What people see or hear: texts, titles, alternatives and button labels."""
    html = re.sub(r"<(script|style|svg|head)\b.*?</\1>", " ", html, flags=re.S)
    spoken = re.findall(r'(?:alt|title|placeholder|aria-label)="([^"]*)"', html)
    spoken += re.findall(r'<input[^>]*type="(?:submit|button)"[^>]*value="([^"]*)"', html)
    return unescape(" ".join([re.sub(r"<[^>]+>", " ", html), *spoken]))


def held_data() -> str:
    """Pinyin, account names and codes that rows hold."""
    return " ".join(
        [*Person.objects.values_list("pinyin", flat=True), *Person.objects.values_list("initials", flat=True)]
        + [" ".join(pair) for pair in Organization.objects.values_list("pinyin", "initials")]
        + [*Attachment.objects.values_list("sha256", flat=True), "proposals example image"]
        + [*RejectionReason.objects.values_list("code", flat=True)]
    )


def test_a_share_taken_back_is_still_read_by_the_committee(s):
    share = make.share(make.assigned(s.c), s.c.unit)
    make.perform("request_return", share, s.c.operator, {"suggested_unit": s.c.third_unit.pk, "reason": "不属职责"})
    make.perform("approve_return", share, s.c.dispatch, {"new_unit": s.c.third_unit.pk})
    page = s.client("staff").get(reverse("admin:proposals_assignment_change", args=[share.pk]))
    assert (page.status_code, Assignment.objects.get(pk=share.pk).state) == (200, "recalled")
