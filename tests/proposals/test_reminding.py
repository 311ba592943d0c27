"""The due dates of proposals: who is reminded of each, who is told of lateness, and what is never reminded."""

from datetime import timedelta

import pytest
from django.db.models import QuerySet
from django.utils import timezone

from deadlines import book as books
from members.models import Organization, Person
from members.periods import today
from notices.models import Message
from notices.reminders import scan, sources
from proposals.acts import AssignmentAct, ProposalAct
from proposals.models import Assignment, Commitment, Cosignature, Demand, KeyProposal, Proposal, Supervision
from proposals.reminding import due_rows
from tests.factories import county as make
from tests.factories import people
from workflow.engine import perform

pytestmark = pytest.mark.django_db


def rows() -> dict[tuple, dict]:
    """(kind, case, step) → audience → names, for all that is due within a year."""
    book = books.load()
    window = sources.Window(today(), today() + timedelta(days=366), book)
    names = dict(Person.objects.filter(user__isnull=False).values_list("user", "name"))
    found = {}
    for row in due_rows(window):
        told = {audience: sorted(names[pk] for pk in ids) for audience, ids in row.people.items() if ids}
        key = (row.case_kind, row.step)
        assert key not in found or found[key] == told, key
        found[key] = told
    return found


UNIT = {"holder": ["吴小兰"], "unit_leader": ["郑向东"], "dispatch": ["丁国强"]}


def test_a_share_from_hand_to_hand(c):
    """Who has to act is reminded; whoever is reminded is not told of their own lateness besides."""
    mine = make.share(make.assigned(c), c.unit)
    assert rows() == {("assignment", step): UNIT for step in ("sign", "first_contact", "reply")}
    perform(AssignmentAct.SIGN_FOR, mine, c.operator)
    assert rows() == {("assignment", step): UNIT for step in ("first_contact", "reply")}
    make.contact(c, mine)
    assert rows() == {("assignment", "reply"): UNIT}
    make.write_reply(mine, c.operator, "B")
    perform(AssignmentAct.SEND_DRAFT, mine, c.operator)
    assert rows() == {("assignment", "reply"): UNIT, ("assignment", "draft_comment"): {"holder": ["周明远"]}}
    assert [row.waiting for row in due_rows(_window()) if row.step == "reply"] == [True]
    perform(AssignmentAct.COMMENT_ON_DRAFT, mine, c.author, {"comment": "同意"})
    perform(AssignmentAct.SUBMIT_REPLY, mine, c.operator)
    assert rows() == {("assignment", "reply"): {"holder": ["郑向东"], "dispatch": ["丁国强"]}}
    perform(AssignmentAct.SIGN_OFF, mine, c.leader, {})
    assert rows() == {("assignment", "reply"): {"holder": ["丁国强"]}}
    perform(AssignmentAct.CHECK, mine, c.dispatch, {})
    assert rows() == {("assignment", "reply"): UNIT}
    perform(AssignmentAct.SEND, mine, c.operator)
    publish = {("proposal", "publish"): {"holder": ["何静"]}}
    promised = {("commitment", "commitment"): UNIT}
    assert rows() == {("assignment", "rating"): {"holder": ["周明远"]}} | promised | publish
    perform(AssignmentAct.RATE, mine, c.author, make.rating())
    assert rows() == promised | publish
    perform(ProposalAct.PUBLISH, mine.proposal, c.staff)
    assert rows() == promised


def _window():
    return sources.Window(today(), today() + timedelta(days=366), books.load())


def test_returns_extensions_and_assisting_units(c):
    proposal = make.assigned(c, division="lead")
    lead, other = make.share(proposal, c.unit), make.share(proposal, c.other_unit)
    for share, operator in ((lead, c.operator), (other, c.other_operator)):
        perform(AssignmentAct.SIGN_FOR, share, operator)
    make.contact(c, lead)
    wanted = {"wanted_on": (lead.due_on + timedelta(days=9)).isoformat(), "reason": "需论证"}
    perform("request_extension", lead, c.operator, wanted)
    found = rows()
    assert found[("extension", "decide_extension")] == {"holder": ["丁国强"]}
    assert found[("assignment", "opinion")] == {
        "holder": ["冯雪"], "unit_leader": ["陈志刚"], "dispatch": ["丁国强"]
    }  # fmt: skip
    data = {"suggested_unit": c.third_unit.pk, "reason": "不属本单位职责"}
    perform("request_return", other, c.other_operator, data)
    assert rows()[("assignment", "opinion")] == {"holder": ["丁国强"]}
    assert rows()[("assignment", "decide_return")] == {"holder": ["丁国强"]}
    Organization.objects.filter(name="县委县政府督查室").update(system="government")
    Organization.objects.filter(pk=c.third_unit.pk).update(system="party")
    assert rows()[("assignment", "decide_return")] == {"holder": ["丁国强", "孙立群"]}


def test_texts_invitations_and_what_was_entered(c):
    make.cosigning(c)
    returned = make.reviewed(c, title="关于改的提案")
    on = (today() + timedelta(days=9)).isoformat()
    perform(ProposalAct.RETURN, returned, c.head, {"reason": "请补充", "change_due_on": on})
    make.entered(c)
    assert rows() == {
        ("cosignature", "cosign"): {"holder": ["郭建业"]},
        ("proposal", "change"): {"holder": ["周明远"]},
        ("proposal", "proxy_confirm"): {"holder": ["周明远"]},
    }
    private = sources.Window(today(), today() + timedelta(days=366), books.load(), with_private=False)
    assert {row.step for row in due_rows(private)} == {"change", "proxy_confirm"}


def test_cosigners_rate_for_themselves_and_a_collective_by_its_contact(c):
    mine = make.replied(c, make.signed(c))
    Cosignature.objects.create(
        proposal=mine.proposal, person=c.cosigner.person, position=1, invited_at=timezone.now(), state="agreed"
    )
    Proposal.objects.update(publish_consent=False)
    rated = [(row.step, sorted(row.people["holder"])) for row in due_rows(_window())]
    assert sorted(rated) == sorted([("rating", [c.author.pk]), ("rating", [c.cosigner.pk])])
    perform(AssignmentAct.RATE, mine, c.cosigner, make.rating())
    assert rows() == {("assignment", "rating"): {"holder": ["周明远"]}}
    Proposal.objects.filter(pk=mine.proposal_id).update(first_proposer=None, organization=c.party)
    assert rows() == {("assignment", "rating"): {"holder": ["蒋文静"]}}


def test_demands_and_the_leaders_of_a_key_proposal(c):
    mine = make.share(make.assigned(c), c.unit)
    county = people.organization("leadership", "县政府领导")
    leading, gone = people.holder(county, "head", "林志远"), people.user("已离任")
    by = {"put_up_by": c.staff, "put_up_at": timezone.now()}
    KeyProposal.objects.create(
        proposal=mine.proposal, year=2026, status="decided", reason="事关民生", leader=leading.person,
        supervisor=gone.person, **by,
    )  # fmt: skip
    record = Supervision.objects.create(
        proposal=mine.proposal, form="visit", on=today(), findings="进展慢", recorded_by=c.staff,
        recorded_at=timezone.now(),
    )  # fmt: skip
    Demand.objects.create(record=record, assignment=mine, text="月底前反馈", due_on=today() + timedelta(days=9))
    whole = {**UNIT, "leading": ["林志远"]}
    assert rows()[("demand", "demand")] == whole
    assert rows()[("assignment", "reply")] == whole
    Supervision.objects.update(voided_at=timezone.now())
    assert ("demand", "demand") not in rows()


def test_nobody_is_reminded_of_what_is_over_or_out_of_sight(c):
    """Every row of every recipient is one that the recipient may open."""
    make.assigned(c, division="separate")
    replied = make.replied(c, make.signed(c, title="关于路灯的提案"), result_class="B")
    make.entered(c)
    models = {"assignment": Assignment, "commitment": Commitment, "proposal": Proposal, "cosignature": Cosignature}
    seen = 0
    for row in due_rows(_window()):
        for users in row.people.values():
            for user in (u for u in c.roles().values() if u.pk in users):
                assert models[row.case_kind].objects.visible_to(user).filter(pk=row.case_id).exists(), (row, user)
                seen += 1
    assert seen > 12
    QuerySet(Assignment).exclude(pk=replied.pk).update(state="recalled")
    QuerySet(Proposal).filter(pk=replied.proposal_id).update(state="closed", publish_consent=False)
    assert {row.step for row in due_rows(_window())} == {"commitment", "proxy_confirm"}
    Proposal.objects.update(moved_offline_at=timezone.now())
    assert rows() == {}


def test_a_closed_account_and_an_ended_post_are_told_nothing(c):
    make.assigned(c)
    c.operator.person.appointments.update(ends=today() - timedelta(days=1))
    type(c.leader).objects.filter(pk=c.leader.pk).update(is_active=False)
    assert rows()[("assignment", "sign")] == {"dispatch": ["丁国强"]}


def test_the_real_way_from_a_rule_to_the_inbox(c):
    """The last working day before the date: once, and without the title."""
    mine = make.share(make.assigned(c), c.unit)
    book = books.load()
    Assignment.objects.update(assigned_at=timezone.now() - timedelta(days=30))
    morning = timezone.make_aware(
        timezone.datetime.combine(book.calendar.add_workdays(mine.sign_due_on, -1), timezone.datetime.min.time())
    ) + timedelta(hours=9)
    Message.objects.all().delete()
    assert [scan.remind(morning) for _ in range(3)] == [1, 0, 0]
    message = Message.objects.get()
    assert (message.recipient, message.kind) == (c.operator, "reminder")
    assert (mine.proposal.title in message.body, mine.proposal.number in message.body) == (False, True)


def test_urging_is_urgent(c):
    from notices import delivery

    mine = make.share(make.assigned(c), c.unit)
    perform(AssignmentAct.URGE, mine, c.staff, {"kind": "remind", "reason": "请抓紧"})
    delivery.deliver_due()
    urgent = Message.objects.filter(urgent=True)
    assert set(urgent.values_list("event__act", flat=True)) == {"urge"}
    assert Message.objects.filter(event__act="urge", urgent=False).count() == 0


def test_queries_do_not_grow(c, django_assert_num_queries):
    for _ in range(2):
        make.assigned(c)
        window = _window()
        with django_assert_num_queries(3):
            list(due_rows(window))
