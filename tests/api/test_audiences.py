"""Fields belong to audiences: what somebody may not know is not in what they are sent."""

import json

import pytest
from django.utils import timezone

from proposals.acts import AssignmentAct, ProposalAct
from proposals.api.case_shapes import CASE_SHAPES
from proposals.models import Proposal
from tests.factories import county as make
from workflow.engine import perform

pytestmark = pytest.mark.django_db

V1 = "/api/v1"
OPINION, REVIEW, DRAFT = "财政局内部会办意见甲", "初审内部意见乙", "尚未征求意见的答复稿丙"
PHONE, HANDLER = "13900001234", "0396-4820000"


@pytest.fixture
def lead(c):
    """A proposal with a main and an assisting unit, an opinion given and a reply still being written."""
    c.author.person.phone = PHONE
    c.author.person.save()
    proposal = make.submitted(c)
    review = {"recommendation": "file", "business_category": c.business.pk, "reason": REVIEW}
    perform(ProposalAct.PRE_REVIEW, proposal, c.reviewer, review)
    perform(ProposalAct.FILE, proposal, c.head, {})
    perform(ProposalAct.NUMBER, proposal, c.staff)
    shares = {"division": "lead", "unit": c.unit.pk, "others": [c.other_unit.pk]}
    perform(ProposalAct.ASSIGN, proposal, c.staff, shares)
    mine, assist = make.share(proposal, c.unit), make.share(proposal, c.other_unit)
    perform(AssignmentAct.SIGN_FOR, mine, c.operator)
    perform(AssignmentAct.SIGN_FOR, assist, c.other_operator)
    perform(AssignmentAct.GIVE_OPINION, assist, c.other_operator, {"opinion": OPINION})
    make.contact(c, mine)
    make.write_reply(mine, c.operator)
    reply = mine.replies.get()
    reply.body, reply.handler_phone = DRAFT, HANDLER
    reply.save()
    return mine


def seen(client_of, user, path: str) -> str:
    answer = client_of(user).get(f"{V1}/{path}/")
    assert answer.status_code == 200, answer.json()
    return json.dumps(answer.json(), ensure_ascii=False)


def knows(text: str) -> list[str]:
    secrets = {"opinion": OPINION, "review": REVIEW, "draft": DRAFT, "phone": PHONE, "handler": HANDLER}
    return [name for name, secret in secrets.items() if secret in text]


def test_while_it_is_being_written(c, client_of, lead):
    asked = {
        "author": [], "staff": ["opinion", "review", "draft", "handler"],
        "reviewer": ["opinion", "review", "draft", "handler"], "head": ["opinion", "review", "draft", "handler"],
        "dispatch": ["opinion", "draft", "handler"], "operator": ["draft", "handler"], "leader": ["draft", "handler"],
        "other_operator": ["opinion"], "other_leader": ["opinion"],
    }  # fmt: skip
    path = f"proposals/{lead.proposal_id}"
    assert {who: knows(seen(client_of, getattr(c, who), path)) for who in asked} == asked


def test_signed_opinion_reaches_the_lead_unit(c, client_of, lead):
    perform(AssignmentAct.SIGN_OFF, make.share(lead.proposal, c.other_unit), c.other_leader, {})
    path = f"proposals/{lead.proposal_id}"
    assert knows(seen(client_of, c.operator, path)) == ["opinion", "draft", "handler"]


def test_draft_sent_for_comment(c, client_of, lead):
    perform(AssignmentAct.SEND_DRAFT, lead, c.operator)
    assert knows(seen(client_of, c.author, f"proposals/{lead.proposal_id}")) == ["draft", "handler"]
    assert knows(seen(client_of, c.author, f"assignments/{lead.pk}")) == ["draft", "handler"]


def test_a_share_by_itself(c, client_of, lead):
    assist = make.share(lead.proposal, c.other_unit)
    asked = {"author": [], "staff": ["opinion"], "dispatch": ["opinion"], "other_operator": ["opinion"]}
    assert {who: knows(seen(client_of, getattr(c, who), f"assignments/{assist.pk}")) for who in asked} == asked
    assert client_of(c.operator).get(f"{V1}/assignments/{assist.pk}/").status_code == 404


def test_reply_draft_is_the_units_and_the_offices(c, client_of, lead):
    path = f"{V1}/assignments/{lead.pk}/reply/"
    who = ("operator", "leader", "dispatch", "staff", "author", "other_operator", "other_member")
    assert [client_of(getattr(c, name)).get(path).status_code for name in who] == [200, 200, 200, 200, 403, 404, 404]


def test_audience_of_each(c, client_of, lead):
    path = f"{V1}/proposals/{lead.proposal_id}/"
    who = ("author", "operator", "dispatch", "reviewer", "staff", "head")
    audiences = [client_of(getattr(c, name)).get(path).json()["audience"] for name in who]
    assert audiences == ["proposer", "unit", "dispatch", "staff", "staff", "staff"]


def test_phone_is_masked_for_those_who_handle_it(c, client_of, lead):
    path = f"{V1}/proposals/{lead.proposal_id}/"
    assert client_of(c.operator).get(path).json()["proposer_phone"] == "139****1234"
    assert "proposer_phone" not in client_of(c.author).get(path).json()


@pytest.fixture
def published(c):
    c.author.person.phone = PHONE
    c.author.person.save()
    mine = make.signed(c)
    make.replied(c, mine)
    reply = mine.replies.get()
    reply.handler_name, reply.handler_phone = "吴小兰", HANDLER
    reply.save()
    perform(AssignmentAct.RATE, mine, c.author, make.rating("satisfied", "basically", "评价意见丁"))
    perform(ProposalAct.PUBLISH, Proposal.objects.get(pk=mine.proposal_id), c.staff)
    return mine


def test_public_sees_text_and_answer_only(c, client_of, published):
    text = seen(client_of, c.other_member, f"proposals/{published.proposal_id}")
    body = json.loads(text)
    assert (body["audience"], knows(text)) == ("public", [])
    assert [word for word in ("吴小兰", "评价意见丁", "听取提案人意见", "审签", "何静") if word in text] == []
    assert set(body) == set(CASE_SHAPES["public"]().fields)
    assert set(body["shares"][0]) == {"unit", "kind_label", "state_label", "replied_at", "replies"}
    assert set(body["shares"][0]["replies"][0]) == {
        "round", "letter_number", "body", "result_class", "result_class_label", "sent_at", "answers",
    }  # fmt: skip
    row = client_of(c.other_member).get(f"{V1}/proposals/").json()["results"][0]
    assert (row["audience"], "acts" in row, "standing" in row) == ("public", False, False)


def test_public_has_no_way_to_shares_files_or_acts(c, client_of, published):
    client = client_of(c.other_member)
    assert client.get(f"{V1}/assignments/{published.pk}/").status_code == 404
    acts = client.get(f"{V1}/proposals/{published.proposal_id}/transitions/").json()["acts"]
    assert acts == []
    refused = client.post(f"{V1}/proposals/{published.proposal_id}/transitions/unpublish/", {}, format="json")
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")


def test_ratings(c, client_of, published):
    path = f"{V1}/assignments/{published.pk}/"
    assert client_of(c.operator).get(path).json()["replies"][0]["ratings"] == []
    perform(AssignmentAct.RATE_PROPOSAL, published, c.operator, make.quality())
    rating = client_of(c.operator).get(path).json()["replies"][0]["ratings"][0]
    assert (rating["result_label"], rating["comment"], rating["person"]) == ("基本满意", "评价意见丁", "周明远")


def joint(c) -> Proposal:
    proposal = make.draft(c)
    closes = (timezone.localtime() + timezone.timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    people = [c.cosigner.person_id, c.invitee.person_id]
    perform(ProposalAct.INVITE, proposal, c.author, {"persons": people, "closes_at": closes})
    perform("agree", proposal.cosignatures.get(person=c.cosigner.person), c.cosigner, {})
    return proposal


def test_cosigner_and_invitee(c, client_of):
    proposal = joint(c)
    path = f"{V1}/proposals/{proposal.pk}/"
    mine, asked = (client_of(user).get(path).json() for user in (c.cosigner, c.invitee))
    assert (mine["audience"], asked["audience"]) == ("cosigner", "invitee")
    assert ("wordings" in mine, "wordings" in asked) == (True, False)
    assert ("publish_refusal" in mine, "publish_refusal" in asked) == (False, False)
    assert sorted(row["state_label"] for row in asked["invitations"]) == ["同意联名", "待确认"]
    assert client_of(c.staff).get(path).status_code == 404


def test_merged_author_follows_the_main_case(c, client_of):
    main = make.filed(c)
    other = _of(c, c.other_member)
    perform(ProposalAct.MERGE, other, c.head, {"into": main.pk, "reason": "内容相同"})
    body = client_of(c.other_member).get(f"{V1}/proposals/{main.pk}/").json()
    assert (body["audience"], "invitations" in body, "publish_consent" in body) == ("follower", False, False)
    own = client_of(c.other_member).get(f"{V1}/proposals/{other.pk}/").json()
    assert (own["audience"], own["merged_into"]["id"]) == ("proposer", main.pk)


def _of(c, member) -> Proposal:
    from proposals import drafting

    proposal = drafting.create(member)
    text = {
        "title": "关于校门口停车的提案", "situation": "停车难。", "business_category": c.business,
        "no_secrets": True, "own_work": True, "publish_consent": True,
    }  # fmt: skip
    drafting.save(proposal, member, text, suggestions=["划定车位"])
    perform(ProposalAct.SUBMIT, proposal, member)
    review = {"recommendation": "file", "business_category": c.business.pk}
    perform(ProposalAct.PRE_REVIEW, proposal, c.reviewer, review)
    return proposal


def test_no_shape_holds_what_is_nobodys():
    """No audience at all is sent an unmasked number of a person, a password or a hash."""
    names = set().union(*(set(shape().fields) for shape in CASE_SHAPES.values()))
    assert [name for name in names if any(word in name for word in ("hash", "password", "ip", "email"))] == []


def test_units_of_the_main_case_read_what_was_merged_into_it(c, client_of):
    joined, main = make.reviewed(c), make.assigned(c)
    path = f"{V1}/proposals/{joined.pk}/"
    assert client_of(c.operator).get(path).status_code == 404
    perform(ProposalAct.MERGE, joined, c.head, {"into": main.pk, "reason": "内容相同"})
    body = client_of(c.operator).get(path).json()
    assert (body["audience"], body["situation"], body["acts"]) == ("unit", joined.situation, [])
    assert client_of(c.operator).get(f"{path}transitions/").json()["acts"] == []


def test_only_the_submission_decides_the_timing(c, client_of):
    draft, submitted = make.draft(c), make.submitted(c)
    author = client_of(c.author)
    assert author.get(f"{V1}/proposals/{draft.pk}/").json()["timing_label"] is None
    assert author.get(f"{V1}/proposals/{submitted.pk}/").json()["timing_label"] == "平时提案"
