"""Writing a draft through the API: what is sent is stored, what is not the client's to write is refused."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from documents.uploads import receive
from proposals.acts import AssignmentAct
from proposals.models import Proposal
from tests.factories import county as make
from tests.factories import people
from workflow.engine import perform

pytestmark = pytest.mark.django_db

V1 = "/api/v1"


@pytest.fixture
def author(c, client_of):
    return client_of(c.author)


def patch(client, proposal, body):
    return client.patch(f"{V1}/proposals/{proposal.pk}/", body, format="json", headers={"If-Match": "*"})


def test_empty_draft(c, author):
    made = author.post(f"{V1}/proposals/", {}, format="json")
    proposal = Proposal.objects.get()
    assert (made.status_code, made["Location"]) == (201, f"{V1}/proposals/{proposal.pk}/")
    assert author.get(made["Location"]).json() == made.json()
    assert (proposal.first_proposer, proposal.state, made.json()["audience"]) == (c.author.person, "draft", "proposer")


def test_collective(c, client_of):
    contact = client_of(c.contact)
    refused = contact.post(f"{V1}/proposals/", {"title": "甲"}, format="json")
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
    made = contact.post(f"{V1}/proposals/", {"title": "甲", "organization": c.party.pk}, format="json")
    assert (made.status_code, made.json()["kind"], made.json()["proposer"]) == (201, "collective", "民盟西平支部")
    other = people.organization("party")
    bodies = [{"organization": other.pk}, {"organization": 999_999}]
    answers = [contact.post(f"{V1}/proposals/", body, format="json") for body in bodies]
    assert [answer.status_code for answer in answers] == [403, 400]
    assert Proposal.objects.count() == 1


READ_ONLY = {
    "state": "closed", "serial": 1, "number": "1", "version": 99, "first_proposer": 1, "proposer": "别人",
    "receipt_number": "x", "filed_at": "2026-01-01T00:00:00Z", "published_at": "2026-01-01T00:00:00Z",
    "merged_into": 1, "id": 7, "session": 1, "kind": "joint", "origin": "ledger", "events_count": 0, "drafter": 1,
    "cosigners": ["某人"], "closed_unrated": True, "changed_at": "2020-01-01T00:00:00Z", "organization": 1,
}  # fmt: skip


def test_fields_that_are_not_the_clients_to_write(c, author):
    proposal = make.draft(c)
    before = Proposal.objects.values().get()
    answers = {name: patch(author, proposal, {"title": "新案由", name: value}) for name, value in READ_ONLY.items()}
    assert {name: answer.json()["errors"] for name, answer in answers.items()} == {
        name: [{"pointer": f"/{name}", "detail": "没有这一项，不能填写。"}] for name in READ_ONLY
    }
    assert Proposal.objects.values().get() == before


def test_what_is_not_sent_stays(c, author):
    proposal = make.draft(c)
    answer = patch(author, proposal, {"title": "新案由", "suggestions": ["一", " ", "三\r\n四"], "units": [c.unit.pk]})
    fresh = Proposal.objects.get()
    assert (fresh.title, fresh.situation, answer.json()["situation"]) == (
        "新案由",
        proposal.situation,
        proposal.situation,
    )
    assert [row["text"] for row in answer.json()["suggestions"]] == ["一", "三\n四"]
    assert [row["name"] for row in answer.json()["suggested_units"]] == ["县教育局"]


def test_choices_that_are_none(c, author):
    proposal = make.draft(c)
    bodies = ({"units": [999_999]}, {"category": 999_999}, {"units": [1, 2, 3, 4, 5, 6]})
    assert [patch(author, proposal, body).status_code for body in bodies] == [400, 400, 400]


def test_text_is_locked_once_submitted(c, author, client_of):
    proposal = make.submitted(c)
    answer = patch(author, proposal, {"title": "新案由"})
    assert (answer.status_code, answer.json()["code"]) == (409, "too_late")
    assert patch(client_of(c.staff), proposal, {"title": "新案由"}).status_code == 403
    assert patch(client_of(c.other_member), proposal, {"title": "新案由"}).status_code == 404


def upload(user, name="说明.txt"):
    return receive(SimpleUploadedFile(name, name.encode()), user)


def test_files_are_attached_by_id(c, author):
    proposal, one, two = make.draft(c), upload(c.author), upload(c.author, "照片清单.txt")
    shown = patch(author, proposal, {"attachments": [str(one.pk), str(two.pk)]}).json()["attachments"]
    assert sorted(file["name"] for file in shown) == ["照片清单.txt", "说明.txt"]
    shown = patch(author, proposal, {"attachments": [str(two.pk)]}).json()["attachments"]
    assert [file["id"] for file in shown] == [str(two.pk)]
    assert author.get(f"{V1}/attachments/{two.pk}/").json()["waiting"] is False


def test_somebody_elses_file_is_not_attached(c, author):
    proposal, theirs = make.draft(c), upload(c.other_member)
    answer = patch(author, proposal, {"title": "新案由", "attachments": [str(theirs.pk)]})
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert (Proposal.objects.get().title, Proposal.objects.get().version) == (proposal.title, proposal.version)


def test_reply_draft_is_written_whole(c, client_of):
    mine = make.signed(c)
    operator = client_of(c.operator)
    first, second = mine.proposal.suggestions.order_by("position")
    put = lambda body, tag: operator.put(  # noqa: E731
        f"{V1}/assignments/{mine.pk}/reply/", body, format="json", headers={"If-Match": tag}
    )
    promise = {"measure": "年内建成", "owner": c.unit.pk, "due_on": "2026-12-31"}
    whole = {
        "body": "答复", "result_class": "B", "answers": [{"suggestion": first.pk, "verdict": "partly", "text": "甲"}],
        "commitments": [promise, {"measure": "", "owner": None, "due_on": None}],
    }  # fmt: skip
    saved = put(whole, '"0"').json()
    assert ([a["verdict"] for a in saved["answers"]], saved["commitments"][0]) == (["partly", ""], promise)
    again = put({"body": "只有正文"}, '"1"').json()
    assert (again["result_class"], [a["text"] for a in again["answers"]], again["commitments"]) == ("", ["", ""], [])


MISFITS = (
    ({"result_class": "Z"}, "/result_class"),
    ({"answers": [{"suggestion": 999_999}]}, "/answers"),
    ({"answers": [{"suggestion": 1, "state": "x"}]}, "/answers/0/state"),
    ({"commitments": [{"measure": "甲", "owner": 999_999, "due_on": None}]}, "/commitments/0/owner"),
    ({"commitments": [{"measure": "甲", "owner": 1, "due_on": "明天"}]}, "/commitments/0/due_on"),
    ({"version": 3}, "/version"),
    ({"sent_at": "2026-01-01"}, "/sent_at"),
)


def test_reply_drafts_that_do_not_fit(c, client_of):
    operator, mine = client_of(c.operator), make.signed(c)
    path = f"{V1}/assignments/{mine.pk}/reply/"
    answers = [operator.put(path, body, format="json", headers={"If-Match": "*"}) for body, _pointer in MISFITS]
    assert [answer.status_code for answer in answers] == [400] * len(MISFITS)
    assert [answer.json()["errors"][0]["pointer"] for answer in answers] == [pointer for _body, pointer in MISFITS]
    assert mine.replies.count() == 0


def test_reply_is_locked_while_it_is_being_signed(c, client_of):
    mine = make.signed(c)
    make.contact(c, mine)
    make.write_reply(mine, c.operator)
    perform(AssignmentAct.SEND_DRAFT, mine, c.operator)
    perform(AssignmentAct.COMMENT_ON_DRAFT, mine, c.author, {"comment": "同意"})
    perform(AssignmentAct.SUBMIT_REPLY, mine, c.operator)
    operator = client_of(c.operator)
    path = f"{V1}/assignments/{mine.pk}/reply/"
    assert operator.get(path).json()["editable"] is False
    answer = operator.put(path, {"body": "改"}, format="json", headers={"If-Match": "*"})
    assert (answer.status_code, answer.json()["code"]) == (409, "too_late")
