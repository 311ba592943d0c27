"""转线下办理: the text leaves the system, the stub is counted, nobody reads it anywhere any more."""

import json

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, models

from documents.models import Attachment
from documents.uploads import attach, receive
from notices.delivery import deliver_due
from notices.models import Message, Outbox
from proposals.acts import AssignmentAct as A
from proposals.acts import ChangeRequestAct
from proposals.acts import ProposalAct as P
from proposals.history import timeline
from proposals.invariants import faults
from proposals.kinds import Disposition
from proposals.models import (
    Assignment,
    ChangeRequest,
    Commitment,
    Contact,
    Proposal,
    RejectionReason,
    Reply,
    SuggestionAnswer,
)
from proposals.papers import outcome
from proposals.states import ProposalState
from proposals.statistics import session_report
from tests.factories import county as make
from workflow.engine import perform
from workflow.errors import Refused
from workflow.models import Event
from xiping_cppcc.api.models import KeptAnswer

pytestmark = pytest.mark.django_db
WORD = "龙潭水库"
WHY = {"reason": "内容须走保密渠道"}
NOT_SEARCHED = {"workflow.event"}  # append-only: shown without words, see below


def secret_case(c) -> Proposal:
    """Full of one word: text, wordings, a polish, a return, a file, an invitation's comment."""
    proposal = make.cosigning(c)
    Proposal._base_manager.filter(pk=proposal.pk).update(title=WORD, situation=WORD, publish_refusal=WORD)
    proposal.suggestions.update(text=WORD)
    proposal.cosignatures.update(comment=WORD)
    file = receive(SimpleUploadedFile(f"{WORD}.txt", WORD.encode()), c.author, "proposal")
    attach([file.pk], c.author, "proposals.proposal", proposal.pk)
    perform(P.SUBMIT, proposal, c.author)
    review = {"recommendation": "file", "business_category": c.business.pk, "title": f"{WORD}的提案", "reason": WORD}
    perform(P.PRE_REVIEW, proposal, c.reviewer, review)
    perform(P.RETURN, proposal, c.head, {"reason": f"请改{WORD}"})
    perform(P.SUBMIT, proposal, c.author)
    return proposal


def tables_with(word: str) -> list[str]:
    """Every table with the word in a text or JSON column."""
    found = []
    for model in apps.get_models():
        if model._meta.db_table not in connection.introspection.table_names():
            continue
        texts = [
            f
            for f in model._meta.concrete_fields
            if isinstance(f, models.CharField | models.TextField | models.JSONField)
        ]
        rows = model._base_manager.values_list(*[f.attname for f in texts]) if texts else []
        if any(word in json.dumps(row, default=str, ensure_ascii=False) for row in rows):
            found.append(model._meta.label_lower)
    return sorted(set(found) - NOT_SEARCHED)


def test_nothing_of_the_text_is_left_and_nothing_is_shown(c, client, django_capture_on_commit_callbacks):
    proposal = secret_case(c)
    deliver_due()
    path = Attachment.objects.get().file.path
    assert tables_with(WORD) != []
    with django_capture_on_commit_callbacks(execute=True):
        perform(P.MOVE_OFFLINE, proposal, c.staff, WHY)
    deliver_due()
    assert tables_with(WORD) == []
    with pytest.raises(FileNotFoundError):
        open(path)
    for user in (c.author, c.cosigner, c.reviewer, c.head):
        client.force_login(user)
        row = Proposal.objects.with_roles_of(user).get()
        pages = [f"/proposals/{row.pk}/", "/proposals/?scope=all", f"/api/v1/proposals/{row.pk}/", "/messages/"]
        assert [url for url in pages if WORD in client.get(url).content.decode()] == []
        assert WORD not in str(timeline(row, user))
    client.force_login(c.administrator)
    polish = Event.objects.get(act=P.PRE_REVIEW)
    assert WORD in str(polish.data)
    for url in (f"/admin/workflow/event/{polish.pk}/change/", f"/admin/proposals/proposal/{proposal.pk}/change/"):
        assert WORD not in client.get(url).content.decode()


def test_what_stays(c):
    perform(P.MOVE_OFFLINE, secret_case(c), c.staff, WHY)
    row = Proposal.objects.get()
    assert (row.state, row.disposition, row.rejection_reason.code) == (
        ProposalState.NOT_FILED,
        Disposition.OFFLINE,
        "secret",
    )
    assert (str(row), row.receipt_number, row.first_proposer) == (
        "（已转线下办理）",
        "11-4-0001",
        c.author.person,
    )
    assert [row.person for row in row.cosignatures.agreed()] == [c.cosigner.person]
    assert Event.objects.latest("pk").reason == WHY["reason"]
    assert list(faults()) == []


@pytest.mark.parametrize(
    ("stage", "actor", "state", "received"),
    [
        ("draft", "author", "withdrawn", 0), ("cosigning", "author", "withdrawn", 0),
        ("collective_draft", "contact", "withdrawn", 0), ("submitted", "staff", "not_filed", 1),
        ("reviewed", "head", "not_filed", 1), ("filed", "staff", "not_filed", 1),
    ],
)  # fmt: skip
def test_who_from_where_and_how_it_counts(c, stage, actor, state, received):
    proposal = getattr(make, stage)(c)
    perform(P.MOVE_OFFLINE, proposal, getattr(c, actor), WHY)
    report = session_report(c.session)
    assert (proposal.state, report["received"], report["not_filed"]) == (state, received, received)
    assert report["by_outcome_disposition"]["offline"] == received
    assert list(faults()) == []
    told = Message.objects.filter(recipient=c.head, event=Event.objects.latest("pk"))
    deliver_due()
    assert told.exists() == bool(received and actor != "head")


def test_a_returned_one_by_its_author_a_merged_one_by_the_committee(c):
    returned, main, merged = make.reviewed(c), make.filed(c), make.reviewed(c)
    perform(P.RETURN, returned, c.head, {"reason": "请改"})
    perform(P.MOVE_OFFLINE, returned, c.author, WHY)
    perform(P.MERGE, merged, c.head, {"into": main.pk, "reason": "相同"})
    with pytest.raises(Refused, match="已有提案并入本案"):
        perform(P.MOVE_OFFLINE, main, c.staff, WHY)
    perform(P.MOVE_OFFLINE, merged, c.staff, WHY)
    perform(P.MOVE_OFFLINE, main, c.staff, WHY)
    assert [row.state for row in (returned, main, merged)] == ["not_filed"] * 3
    assert list(faults()) == []


def test_it_is_for_good(c):
    proposal = make.reviewed(c)
    perform(P.MOVE_OFFLINE, proposal, c.staff, WHY)
    for act, data in ((P.UNDO_DECISION, {"reason": "再议"}), (P.MOVE_OFFLINE, WHY)):
        with pytest.raises(Refused, match="已经?转线下办理"):
            perform(act, proposal, c.head, data)


def test_the_page_warns_and_the_stub_is_neutral(c, client):
    proposal = make.submitted(c)
    client.force_login(c.staff)
    page = client.get(f"/proposals/{proposal.pk}/acts/move_offline/").content.decode()
    assert "不要写任何涉密内容" in page
    assert "也不能恢复" in page
    perform(P.MOVE_OFFLINE, proposal, c.staff, WHY)
    client.force_login(c.author)
    page = client.get(f"/proposals/{proposal.pk}/").content.decode()
    assert "系统里不再保留这件提案的案由、正文和附件" in page
    assert "涉及党和国家秘密" not in page


def test_everybody_who_signs_is_told_in_neutral_words(c):
    proposal = make.cosigning(c)
    perform(P.SUBMIT, proposal, c.author)
    Outbox.objects.all().delete()
    event = perform(P.MOVE_OFFLINE, proposal, c.staff, WHY)
    deliver_due()
    told = {message.recipient: message.body for message in Message.objects.filter(event=event)}
    assert told.keys() == {c.author, c.cosigner, c.head}
    assert (
        told[c.author]
        == told[c.cosigner]
        == ("提案改由线下渠道办理，系统里不再保留文字和附件。后续事宜请当面或打电话与提案委联系。")
    )


def test_what_a_unit_had_begun_goes_too(c):
    mine = make.signed(c, title=WORD)
    proposal = mine.proposal
    make.contact(c, mine)
    make.write_reply(mine, c.operator, "B")
    for model in (Contact, Reply, SuggestionAnswer, Commitment):
        name = {"Contact": "content", "Reply": "body", "Commitment": "measure"}.get(model.__name__, "text")
        model.objects.update(**{name: WORD})
    perform(A.SEND_DRAFT, mine, c.operator)
    perform(A.COMMENT_ON_DRAFT, mine, c.author, {"comment": WORD})
    perform(P.ASK_WITHDRAWAL, proposal, c.author, {"reason": WORD})
    perform(ChangeRequestAct.GRANT, ChangeRequest.objects.get(), c.head, {})
    Message.objects.create(recipient=c.operator, subject="退办", body=WORD, url=mine.get_absolute_url())
    perform(P.MOVE_OFFLINE, proposal, c.staff, WHY)
    assert tables_with(WORD) == []
    assert (Proposal.objects.get().state, Assignment.objects.get().state) == ("withdrawn", "recalled")
    assert list(faults()) == []


def split(c, proposal, word: str) -> Proposal:
    moved = [proposal.suggestions.last().pk]
    perform(P.SPLIT, proposal, c.staff, {"suggestions": moved, "title": word, "situation": word, "reason": "两事"})
    return Proposal.objects.get(split_from=proposal)


def test_what_was_split_off_leaves_nothing_with_the_first_case(c, client):
    proposal = make.submitted(c, suggestions=("增设减速带", WORD))
    other = split(c, proposal, WORD)
    perform(P.MOVE_OFFLINE, other, c.staff, WHY)
    assert tables_with(WORD) == []
    client.force_login(c.head)
    for url in (f"/proposals/{proposal.pk}/", f"/api/v1/proposals/{proposal.pk}/"):
        assert WORD not in client.get(url).content.decode()
    perform(P.PRE_REVIEW, proposal, c.reviewer, {"recommendation": "return"})
    perform(P.RETURN, proposal, c.head, {"reason": "请改"})
    assert proposal.snapshots.get(occasion="退回修改时").suggestions == ["增设减速带"]
    assert list(faults()) == []


def test_a_split_taken_back_goes_with_its_first_case(c):
    proposal = make.submitted(c, suggestions=("增设减速带", WORD))
    split(c, proposal, WORD)
    perform(P.UNDO_SPLIT, proposal, c.head, {"reason": "一件事"})
    perform(P.MOVE_OFFLINE, proposal, c.staff, WHY)
    assert tables_with(WORD) == []
    rows = Proposal.objects.order_by("pk").values_list("state", "moved_offline_at")
    assert [(state, bool(at)) for state, at in rows] == [("not_filed", True), ("withdrawn", True)]
    assert list(faults()) == []


def test_the_title_of_a_main_case_is_not_kept_by_what_was_merged(c):
    main, merged = make.filed(c, title=WORD), make.reviewed(c)
    perform(P.MERGE, merged, c.head, {"into": main.pk, "reason": "相同"})
    perform(P.UNDO_DECISION, merged, c.head, {"reason": "不同"})
    perform(P.MOVE_OFFLINE, main, c.staff, WHY)
    row = Proposal.objects.with_roles_of(c.head).get(pk=merged.pk)
    assert WORD not in str(timeline(row, c.head))


def test_no_answer_of_the_api_is_kept(c, client):
    client.force_login(c.author)
    key = {"content_type": "application/json", "headers": {"Idempotency-Key": "k-1"}}
    assert client.post("/api/v1/proposals/", json.dumps({"title": WORD}), **key).status_code == 201
    proposal = Proposal.objects.get()
    other = KeptAnswer.objects.create(user=c.author, route="/api/v1/proposals/", key="k-2", status=201, headers={})
    invited = proposal.cosignatures.create(
        person=c.cosigner.person, state="invited", invited_at=proposal.created_at
    )  # fmt: skip
    route = f"/api/v1/cosignatures/{invited.pk}/transitions/agree/"
    KeptAnswer.objects.create(user=c.cosigner, route=route, key="k-3", status=200, body=WORD)
    perform(P.MOVE_OFFLINE, proposal, c.author, WHY)
    assert list(KeptAnswer.objects.all()) == [other]


def test_no_letter_repeats_an_earlier_reason(c):
    proposal = make.reviewed(c)
    reason = RejectionReason.objects.get(code="beyond")
    perform(P.REJECT, proposal, c.head, {"rejection_reason": reason.pk, "disposition": "back", "reason": WORD})
    perform(P.MOVE_OFFLINE, proposal, c.staff, WHY)
    assert outcome.kinds(Proposal.objects.get()) == ()
    assert outcome.why_none(Proposal.objects.get()) == "已转线下办理，不在系统里出通知书"
