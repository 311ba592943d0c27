"""Files of answers and 批示, files of a proposal that goes on, outcomes without an issue, own reports, a second submission."""

from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from rest_framework.test import APIClient

from documents.models import Attachment
from documents.uploads import attach, receive
from members.periods import today
from opinions import compared, invariants, statistics, taking_over
from opinions.acts import Act, TransferAct
from opinions.models import Issue, OpinionReport
from opinions.todo import todo_for
from opinions.views.writing import known
from proposals import dispositions
from tests.documents.files import png
from tests.factories import county
from tests.factories import opinions as make
from tests.factories.people import SHANGHAI
from workflow.engine import perform
from workflow.errors import Invalid, NotAllowed, Refused

from .test_conversions import rejected

pytestmark = pytest.mark.django_db


def upload(user, name: str = "现场照片.png") -> Attachment:
    return receive(SimpleUploadedFile(name, png()), user)


def opens(file: Attachment, *users) -> list[bool]:
    from documents.access import can_view

    return [can_view(user, Attachment.objects.get(pk=file.pk)) for user in users]


def test_the_first_hours_of_a_day_are_that_day(c, o, browse):
    """Moments are read in Greenwich time: half past midnight here is the day before there."""
    report = make.submitted(c)
    OpinionReport.objects.filter(pk=report.pk).update(submitted_at=datetime(2026, 6, 1, 0, 30, tzinfo=SHANGHAI))
    page = browse(c.author).get(report.get_absolute_url())
    assert dict(page.context["facts"])["提交日期"] == "2026-06-01"
    assert compared._shown(known(c.author, report.pk), 1.0).day == "2026年06月"


def test_files_come_with_an_answer_and_with_an_instruction(c, o, browse):
    part = make.handed_over(c)
    perform(TransferAct.SIGN_FOR, part, c.operator)
    photo, page = upload(c.operator), f"/opinions/transfers/{part.pk}/acts/reply/"
    files = {"file_files": SimpleUploadedFile("坏.png", b"x")}
    refused = browse(c.operator).post(page, {**make.REPLY, **files})
    assert (refused.status_code, make.REPLY["reply"] in refused.content.decode()) == (400, True)
    perform(TransferAct.REPLY, part, c.operator, {**make.REPLY, "file": str(photo.pk)})
    assert opens(photo, c.operator, o.editor, c.author, c.third_operator) == [True, True, False, False]
    perform(TransferAct.CHECK, part, o.editor)
    assert opens(photo, c.author, c.cosigner) == [True, False]
    assert all(
        photo.name in browse(user).get(part.report.get_absolute_url()).content.decode()
        for user in (c.author, c.operator)
    )
    one = make.issued(c)
    scan = upload(o.editor, "批示.png")
    perform(
        Act.INSTRUCT, one, o.editor, make.outcome(leader="县长", text="请阅办。", level="county", file=str(scan.pk))
    )
    handed = make.handed_over(c, one)
    assert opens(scan, c.author, o.reviewer, c.operator) == [True, True, False]
    assert "批示.png" in browse(c.author).get(one.get_absolute_url()).content.decode()
    api = APIClient()
    for user, shown in ((c.author, True), (o.editor, True), (c.operator, False)):
        api.force_authenticate(user)
        body = api.get(f"/api/v1/opinions/{one.pk}/").json()
        assert [[file["name"] for file in row["files"]] for row in body["outcomes"][-1:]] == [["批示.png"]] * shown
    for user in (c.author, c.operator):
        api.force_authenticate(user)
        detail = api.get(f"/api/v1/opinion-transfers/{part.pk}/").json()
        within = api.get(f"/api/v1/opinions/{part.report_id}/").json()["transfers"][0]
        assert detail["files"] == within["files"] != [] and detail["files"][0]["name"] == photo.name
        assert api.get(detail["files"][0]["url"]).status_code == 200
    perform(Act.VOID, one, o.editor, {"outcome": f"instructions-{one.instructions.get().pk}", "reason": "有误"})
    assert (opens(scan, c.author), handed.state) == ([False], "awaiting_sign")
    # What goes offline takes these files with it.
    perform(Act.MOVE_OFFLINE, make.fresh(one), o.editor, {"reason": "涉密"})
    perform(Act.MOVE_OFFLINE, OpinionReport.objects.get(pk=part.report_id), o.editor, {"reason": "涉密"})
    assert Attachment.objects.filter(pk__in=[photo.pk, scan.pk]).count() == 0


def test_what_was_heard_of_a_report_goes_offline_also_when_it_is_edited_anew(c, o):
    one = make.submitted(c)
    perform(Act.KEEP, one, o.editor, {"reason": "留存"})
    scan = upload(o.editor, "批示.png")
    perform(Act.INSTRUCT, one, o.editor, make.outcome(leader="市长", text="请核实。", file=str(scan.pk)))
    perform(Act.ADOPT, one, o.editor, make.outcome(body="市政协", mode="single"))
    perform(Act.VOID, one, o.editor, {"outcome": f"adoptions-{one.adoptions.get().pk}", "reason": "涉密的原因"})
    perform(Act.RESUME, one, o.editor)
    perform(Act.MOVE_OFFLINE, one, o.editor, {"reason": "涉密"})
    assert (one.instructions.get().text, one.adoptions.get().void_reason) == ("（已转线下办理，内容已清除）", "")
    assert Attachment.objects.filter(pk=scan.pk).count() == 0


def test_the_files_of_a_proposal_come_along(c, o):
    from proposals import attachments

    one = county.reviewed(c)
    attach([upload(c.author, "校门口.png").pk], c.author, attachments.PROPOSAL, one.pk)
    handed = dispositions._handed(one)
    report = taking_over.take(
        source=one.pk, number=one.number, title=one.title, situation=one.situation, suggestions=handed.suggestions,
        person_ids=handed.person_ids, organization_id=None, file_ids=handed.file_ids,
    )  # fmt: skip
    first, twin = (Attachment.objects.get(subject=subject) for subject in (attachments.PROPOSAL, "opinions.report"))
    assert (twin.name, twin.sha256, twin.subject_id, twin.file.name != first.file.name) == (
        first.name, first.sha256, report.pk, True,
    )  # fmt: skip
    with twin.file.open("rb") as mine, first.file.open("rb") as theirs:
        assert mine.read() == theirs.read()
    assert opens(twin, c.author, o.editor, c.operator, c.other_member) == [True, True, False, False]
    perform(Act.TAKE_UP, report, o.editor)
    part = make.handed_over(c, report)
    assert (opens(twin, c.operator), part.state) == ([False], "awaiting_sign")
    # The whole way: what was decided before is converted with its files; one that is gone from the disk stops nothing.
    first.file.storage.delete(first.file.name)
    other = rejected(c)
    assert (dispositions.convert_waiting(), OpinionReport.objects.filter(source_proposal=other.pk).count()) == (1, 1)
    assert taking_over.take(
        source=999, number="x", title="题", situation="情", suggestions=("建",), person_ids=handed.person_ids,
        organization_id=None, file_ids=handed.file_ids,
    ).state == "submitted"  # fmt: skip
    assert Attachment.objects.filter(subject="opinions.report").count() == 1


def test_outcomes_without_an_issue_of_the_county(c, o, browse):
    signed = make.signed(c)
    perform(Act.FORWARD, signed, o.editor, make.outcome(body="市政协"))
    perform(Act.ADOPT, signed, o.editor, make.outcome(body="市政协", mode="single"))
    perform(Act.KEEP, signed, o.editor, {"reason": "已单独上报，县里不编发"})
    one = make.fresh(signed)
    assert (one.state, one.issue_id, list(invariants.findings())) == ("kept", None, [])
    page = browse(c.author).get(one.get_absolute_url()).content.decode()
    assert ("没有在本县编发" in page, "上报" in page, "市政协" in page) == (True, True, True)
    perform(Act.INSTRUCT, one, o.editor, make.outcome(leader="市长", text="阅。"))
    line = statistics.of_year(today().year, statistics.By.AUTHOR).total
    assert (line.issued, line.adopted["city"], line.instructed) == (0, 1, 1)
    perform(Act.VOID, one, o.editor, {"outcome": f"adoptions-{one.adoptions.get().pk}", "reason": "有误"})
    # A text that no leader signed goes nowhere; what others adopted is entered all the same.
    kept = make.submitted(c)
    perform(Act.KEEP, kept, o.editor, {"reason": "留存"})
    with pytest.raises(Refused) as refused:
        perform(Act.FORWARD, kept, o.editor, make.outcome(body="市政协"))
    assert refused.value.code == "not_signed"
    with pytest.raises(Invalid) as invalid:
        early = (today() - timedelta(days=1)).isoformat()
        perform(Act.ADOPT, kept, o.editor, make.outcome(body="市政协", mode="single", on=early))
    assert list(invalid.value.errors) == ["on"]
    perform(Act.ADOPT, kept, o.editor, make.outcome(body="市政协", mode="combined"))
    # Heard of after the issue, adopted above before it: the county's issue is no lower bound.
    late = make.issued(c)
    Issue.objects.filter(pk=late.issue_id).update(issued_on=today() + timedelta(days=3))
    perform(Act.ADOPT, late, o.editor, make.outcome(body="市政协", mode="single"))
    assert late.adoptions.get(by_issue=False).on == today()
    Issue.objects.filter(pk=late.issue_id).update(issued_on=today())
    # Edited anew, it wants a signature of its own again.
    perform(Act.RESUME, one, o.editor)
    assert (make.fresh(one).signed_by, make.fresh(one).signed_at, list(invariants.findings())) == (None, None, [])


def test_nobody_edits_reviews_or_signs_their_own(c, o):
    chair = o.signer
    mine = make.submitted(c, chair)
    perform(Act.TAKE_UP, mine, o.editor)
    perform(Act.SEND_FOR_REVIEW, mine, o.editor)
    perform(Act.REVIEW, mine, o.reviewer, {})
    with pytest.raises(NotAllowed) as refused:
        perform(Act.SIGN, mine, chair, {})
    assert (refused.value.code, "您本人反映" in refused.value.sentence) == ("own_report", True)
    from deadlines import book as books

    assert [item for item in todo_for(chair, books.load()) if item.act == Act.SIGN] == []
    other = make.reviewed(c)
    assert [item.object_id for item in todo_for(chair, books.load()) if item.act == Act.SIGN] == [other.pk]
    # Nor within a text that unites theirs with another's.
    main, part = make.editing(c), make.submitted(c, chair, title="同一件事")
    perform(Act.JOIN, part, o.editor, {"into": main.pk})
    perform(Act.SEND_FOR_REVIEW, main, o.editor)
    perform(Act.REVIEW, main, o.reviewer, {})
    with pytest.raises(NotAllowed):
        perform(Act.SIGN, main, chair, {})
    # Nor does it wait for them, as it is theirs too; that a signed one of theirs is printed is no judgement.
    ours = make.reviewed(c)
    ours.co_authors.add(chair.person)
    assert {item.object_id for item in todo_for(chair, books.load()) if item.act == Act.SIGN} == {other.pk}
    signed = make.signed(c)
    OpinionReport.objects.filter(pk=signed.pk).update(author=o.editor.person)
    assert [item.object_id for item in todo_for(o.editor, books.load()) if item.act == Act.ISSUE] == [signed.pk]
    # An editor who reports as an informant leaves the editing to a colleague.
    OpinionReport.objects.filter(pk=other.pk).update(author=o.reviewer.person)
    taken = make.submitted(c)
    OpinionReport.objects.filter(pk=taken.pk).update(author=o.editor.person)
    with pytest.raises(NotAllowed):
        perform(Act.TAKE_UP, make.fresh(taken), o.editor)


def test_a_second_submission_leaves_the_day_of_the_first(c, o, browse):
    one = make.submitted(c)
    OpinionReport.objects.filter(pk=one.pk).update(submitted_at=timezone.now() - timedelta(days=400))
    first = make.fresh(one).submitted_at
    perform(Act.RETURN, make.fresh(one), o.editor, {"reason": "补充数字"})
    perform(Act.SUBMIT, make.fresh(one), c.author)
    again = make.fresh(one)
    assert (again.submitted_at, timezone.localdate(again.resubmitted_at), again.waits_since) == (
        first, today(), again.resubmitted_at,
    )  # fmt: skip
    assert again.due_on >= today()
    assert statistics.of_year(first.year, statistics.By.AUTHOR).total.received == 1
    assert "修改后重新提交）" in browse(c.author).get(one.get_absolute_url()).content.decode()
