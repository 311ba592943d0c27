"""撤并: one dated act; what the old body left open goes on with the new one, what was done stays where it was."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from members import succession
from members.models import Appointment, Organization, User
from members.periods import today
from members.posts import posts_of
from proposals import audiences, invariants, letters
from proposals.acts import AssignmentAct, CommitmentAct, ProposalAct
from proposals.history import timeline
from proposals.models import Assignment, Commitment, Demand, Proposal, Supervision, SupplementaryReply
from proposals.states import AssignmentState, ProposalState
from tests.factories import county as make
from tests.factories import people
from workflow.chain import faults
from workflow.engine import perform
from workflow.errors import NotFound, TooLate
from workflow.models import Event

pytestmark = pytest.mark.django_db
DOCUMENT = "西办〔2026〕12号"


@pytest.fixture
def c():
    return make.county()


def again(user: User) -> User:
    """The same person at the next request: posts are read anew."""
    return User.objects.get(pk=user.pk)


def merge(c, old=None, new=None, moving=(), first_day: date | None = None) -> list[tuple[str, int]]:
    old, new = old or c.unit, new or c.third_unit
    made = succession.prepare(old, new, first_day or today(), DOCUMENT, c.administrator)
    return succession.succeed(made, {post.pk for post in moving})


def shares(proposal) -> list[tuple]:
    rows = Assignment.objects.filter(proposal=proposal).order_by("pk")
    return [(str(row.unit), row.kind, row.state) for row in rows]


def acts(proposal, act: str) -> list[Event]:
    return list(Event.objects.filter(case_process="proposal", case_id=proposal.pk, act=act).order_by("sequence"))


def wrong_with(proposal) -> list[str]:
    fresh = Proposal.objects.get(pk=proposal.pk)
    log = list(Event.objects.filter(case_process="proposal", case_id=fresh.pk).order_by("sequence"))
    broken = faults(log, fresh.events_count, fresh.events_head)
    return [*map(str, invariants.faults()), *map(str, broken)]


def test_an_open_share_goes_on_with_the_new_unit(c):
    mine = make.signed(c)
    due = mine.due_on
    assert merge(c) == [("没有办完的提案", 1)]
    mine.refresh_from_db()
    assert (str(mine.unit), mine.state, mine.due_on) == ("县水利局", AssignmentState.HANDLING, due)
    told = acts(mine.proposal, "succeed")
    assert [(e.process, e.data["old"], e.data["new"], e.on_behalf_of) for e in told] == [
        ("proposal", f"县教育局（{today() - timedelta(days=1):%Y-%m-%d} 撤并）", "县水利局", str(c.administrator)),
        ("assignment", "县教育局", "县水利局", ""),
    ]
    ended = Organization.objects.get(pk=c.unit.pk)
    assert (ended.ends, ended.successor, ended.end_document) == (today() - timedelta(days=1), c.third_unit, DOCUMENT)
    with pytest.raises(NotFound):
        perform(AssignmentAct.LOG_CONTACT, mine, again(c.operator), {})
    make.contact(c, mine, again(c.third_operator))
    assert wrong_with(mine.proposal) == []


def test_a_case_that_ended_meanwhile_is_said_and_nothing_is_done(c, monkeypatch):
    """Between the list and the lock somebody may end a case; the page says so instead of failing."""
    mine = make.signed(c)

    def refuses(made):
        raise TooLate("目前状态是“已办结”，不能“机构撤并”。", "请刷新页面查看最新情况。")

    late = succession.Heir({}, refuses)
    monkeypatch.setattr(succession, "_heirs", [*succession._heirs, late])
    with pytest.raises(ValidationError) as refused:
        merge(c)
    assert refused.value.messages == ["目前状态是“已办结”，不能“机构撤并”。没有办理撤并，请刷新页面后重试。"]
    mine.refresh_from_db()
    assert (mine.unit, Organization.objects.get(pk=c.unit.pk).ends) == (c.unit, None)


def test_people_chosen_go_on_in_the_new_unit(c):
    mine = make.signed(c)
    merge(c, moving=list(Appointment.objects.filter(person=c.operator.person)))
    rows = Appointment.objects.filter(person__in=[c.operator.person, c.leader.person]).order_by("starts", "pk")
    assert [(str(p.person), str(p.organization), p.ends) for p in rows] == [
        ("吴小兰", "县教育局", today() - timedelta(days=1)), ("郑向东", "县教育局", today() - timedelta(days=1)),
        ("吴小兰", "县水利局", None),
    ]  # fmt: skip
    make.contact(c, mine, again(c.operator))
    assert posts_of(again(c.leader)).organizations("unit_leader") == []


def test_where_the_new_unit_has_a_share_of_its_own_one_falls_away(c):
    led, separate = make.assigned(c, division="lead"), make.assigned(c, division="separate")
    merge(c, old=c.unit, new=c.other_unit)
    assert shares(led) == [("县财政局", "sole", "awaiting_sign"), ("县财政局", "assist", "recalled")]
    assert shares(separate) == [("县财政局", "sole", "awaiting_sign"), ("县教育局", "separate", "recalled")]
    assert wrong_with(led) + wrong_with(separate) == []


def test_what_was_demanded_of_the_share_that_falls_away_is_answered_by_the_other(c):
    separate = make.assigned(c, division="separate")
    mine, other = make.share(separate, c.unit), make.share(separate, c.other_unit)
    record = Supervision.objects.create(
        proposal=separate,
        form="inspection",
        on=today(),
        findings="偏慢",
        recorded_by=c.staff,
        recorded_at=timezone.now(),
    )
    demand = Demand.objects.create(record=record, assignment=mine, text="增设减速带")
    with CaptureQueriesContext(connection) as asked:
        merge(c, old=c.unit, new=c.other_unit)
    demand.refresh_from_db()
    assert (demand.assignment_id, shares(separate)[1][2]) == (other.pk, "recalled")
    body = [query["sql"] for query in asked if "members_organization" in query["sql"] and " FOR " in query["sql"]]
    assert body and all("FOR NO KEY UPDATE" in sql for sql in body)  # no deadlock with rows that point to the body
    assert wrong_with(separate) == []


@pytest.mark.parametrize("begun", ["unsatisfactory", "written"])
def test_a_part_found_unsatisfactory_or_begun_does_not_fall_away(c, begun):
    mine = make.signed(c, division="separate")
    if begun == "written":
        make.write_reply(mine, c.operator)
    else:
        make.replied(c, mine)
        perform(AssignmentAct.RATE, mine, c.author, make.rating(attitude="dissatisfied", reason="没有办"))
    merge(c, old=c.unit, new=c.other_unit)
    assert shares(mine.proposal) == [
        ("县财政局", "separate", "awaiting_sign"), ("县教育局", "separate", "handling"),
    ]  # fmt: skip
    heir = again(c.other_operator)
    make.contact(c, mine, heir)
    assert Assignment.objects.visible_to(heir).filter(pk=mine.pk).exists()
    assert wrong_with(mine.proposal) == []


def test_an_assistant_merged_into_its_lead_needs_no_opinion_any_more(c):
    led = make.assigned(c, division="lead")
    merge(c, old=c.other_unit, new=c.unit)
    assert shares(led) == [("县教育局", "sole", "awaiting_sign"), ("县财政局", "assist", "recalled")]
    assert wrong_with(led) == []


def test_what_was_answered_stays_and_comes_back_to_the_new_unit(c):
    mine = make.signed(c)
    make.replied(c, mine)
    issued_by = str(mine.replies.get().issued_by)
    merge(c)
    mine.refresh_from_db()
    assert (str(mine.unit), issued_by) == ("县教育局", "县教育局")
    heir = again(c.third_operator)
    assert Assignment.objects.visible_to(heir).filter(pk=mine.pk).exists()
    perform(AssignmentAct.RATE, mine, c.author, make.rating(attitude="dissatisfied", reason="没有办"))
    mine.refresh_from_db()
    assert (str(mine.unit), mine.state, mine.round) == ("县水利局", AssignmentState.HANDLING, 2)
    assert str(mine.replies.get(round=1).issued_by) == "县教育局"
    assert wrong_with(mine.proposal) == []


def test_promises_of_a_closed_case_find_a_new_owner(c):
    mine = make.signed(c)
    make.replied(c, mine, result_class="B")
    perform(AssignmentAct.RATE, mine, c.author, make.rating())
    assert Proposal.objects.get(pk=mine.proposal_id).state == ProposalState.CLOSED
    assert merge(c) == [("没有兑现的承诺事项", 1)]
    assert Commitment.objects.get().owner == c.third_unit
    assert len(acts(mine.proposal, "succeed")) == 1


def test_a_chain_of_mergers_leads_to_the_last(c):
    mine = make.signed(c)
    make.replied(c, mine)
    merge(c, old=c.unit, new=c.other_unit)
    merge(c, old=c.other_unit, new=c.third_unit)
    assert {c.unit.pk, c.other_unit.pk, c.third_unit.pk} == set(
        posts_of(again(c.third_operator)).organizations("operator")
    )
    assert Assignment.objects.visible_to(again(c.third_operator)).filter(pk=mine.pk).exists()


def test_the_contact_of_the_new_body_takes_over_a_collectives_proposal(c):
    proposal = make.confirmed(c)
    perform(ProposalAct.SUBMIT, proposal, c.contact)
    heir = people.organization("party", "民建西平支部")
    contact = people.holder(heir, "contact", "沈思远")
    assert merge(c, old=c.party, new=heir) == [("没有办结的集体提案", 1)]
    perform(ProposalAct.WITHDRAW, proposal, again(contact), {"reason": "另行提出"})
    assert str(Proposal.objects.get(pk=proposal.pk).organization) == "民盟西平支部"


def said(c, **change) -> str:
    with pytest.raises(ValidationError) as refused:
        merge(c, **change)
    return refused.value.messages[0]


def test_what_makes_no_sense_is_named(c):
    assert said(c, new=c.unit) == "接续的机构不能是它自己，请另选。"
    assert said(c, new=c.party) == "民盟西平支部是党派，请选择另一个承办单位。"
    assert said(c, first_day=today() + timedelta(days=1)) == "撤并从这一天起立即生效，请到这一天再办。"
    committee = Organization.objects.get(code="proposals")
    assert said(c, old=committee).startswith("提案委员会管理全部提案，不能撤并。")
    made = succession.prepare(c.unit, c.third_unit, today(), DOCUMENT, c.administrator)
    succession.succeed(made, set())
    with pytest.raises(ValidationError) as twice:
        succession.succeed(made, set())
    assert twice.value.messages == ["县教育局已经并入县水利局，不能再办。请刷新页面核对。"]


def test_a_sector_with_members_is_not_merged_over_their_heads(c):
    sector, other = people.organization("sector", "工商"), people.organization("sector", "经济")
    people.member("林海生", sector)
    assert said(c, old=sector, new=other).startswith("工商还有 1 名在任委员，")


def test_the_page(c, client):
    mine = make.signed(c)
    client.force_login(c.administrator)
    address = reverse("admin:members_organization_succeed", args=[c.unit.pk])
    page = client.get(address).content.decode()
    assert "没有办完的提案：1 件" in page
    posts = Appointment.objects.filter(organization=c.unit).values_list("pk", flat=True)
    data = {"new": c.third_unit.pk, "first_day": today().isoformat(), "document": DOCUMENT, "posts": list(posts)}
    refused = client.post(address, data)
    assert (refused.status_code, Organization.objects.get(pk=c.unit.pk).ends) == (400, None)
    done = client.post(address, data | {"checked": "on"}, follow=True)
    assert "县教育局已并入县水利局。已接续：没有办完的提案 1 件。" in done.content.decode()
    assert str(Assignment.objects.get(pk=mine.pk).unit) == "县水利局"


def test_ending_a_body_with_open_matters_leads_to_the_page(c, client):
    make.signed(c)
    client.force_login(c.administrator)
    address = reverse("admin:members_organization_change", args=[c.unit.pk])
    data = {"kind": "unit", "name": "县教育局", "system": "government", "order": 0, "starts": c.unit.starts.isoformat(),
            "ends": today().isoformat()}  # fmt: skip
    page = client.post(address, data).content.decode()
    assert "该机构还有：没有办完的提案 1 件。请点右上角“撤并到其他机构”，由另一个机构接续。" in page
    assert Organization.objects.get(pk=c.unit.pk).ends is None


def test_both_sides_are_told(c):
    mine = make.signed(c)
    merge(c)
    event = Event.objects.get(process="proposal", object_id=mine.proposal_id, act="succeed")
    told = {User.objects.get(pk=n.user_id).person.name: n.body for n in audiences.notices_for(event)}
    assert set(told) == {"周明远", "曹立新"}
    assert told["曹立新"] == (
        f"县教育局（{today() - timedelta(days=1):%Y-%m-%d} 撤并），原来由它办理或负责的事项由县水利局接续，期限不变，请查看。"
    )


def told_of(event: Event) -> set[str]:
    return {User.objects.get(pk=notice.user_id).person.name for notice in audiences.notices_for(event)}


def test_the_heir_is_told_what_is_asked_of_the_old_unit(c):
    """督办 of a share answered before the merger, and an urge of what it promised together with another unit."""
    mine = make.signed(c)
    make.replied(c, mine, result_class="B")
    merge(c)
    case = Proposal.objects.get(pk=mine.proposal_id)
    asked = {"demand_1": "增设减速带", "unit_1": mine.pk, "due_1": today().isoformat()}
    seen = {"form": "visit", "on": today().isoformat(), "participants": "三方", "findings": "偏慢。"}
    assert "曹立新" in told_of(perform(ProposalAct.SUPERVISE, case, c.staff, {**seen, **asked}))
    Commitment.objects.update(owner=c.other_unit)
    assert told_of(perform(CommitmentAct.URGE, Commitment.objects.get(), c.dispatch, {})) == {
        "曹立新",
        "冯雪",
        "陈志刚",
    }


def test_no_letter_goes_out_in_the_name_of_a_unit_that_is_no_more(c):
    """Numbered before the merger and sent after it; beside a share of the heir's own; a 补充答复 of the heir's."""
    mine, beside = make.checked(c, make.signed(c)), make.signed(c, division="separate")
    sent = make.replied(c, make.signed(c))
    make.checked(c, beside)
    old = mine.replies.get().letter_number
    leader = people.holder(c.other_unit, "unit_leader", "田野")
    merge(c, old=c.unit, new=c.other_unit)
    heir, signer = again(c.other_operator), again(leader)
    for share in (mine, beside):
        share.refresh_from_db()
        draft = share.replies.get()
        assert (share.state, draft.letter_serial, draft.signed_at, draft.checked_at) == ("handling", None, None, None)
        assert letters.letter(share, draft).sender == "西平县财政局"
        perform(AssignmentAct.SUBMIT_REPLY, share, heir)
        perform(AssignmentAct.SIGN_OFF, share, signer, {})
        perform(AssignmentAct.CHECK, share, c.dispatch, {})
        perform(AssignmentAct.SEND, share, heir)
        reply = share.replies.get()
        assert (reply.issued_by, reply.letter_word) == (c.other_unit, "县财政局提")
        assert letters.letter(share, reply).sender == "西平县财政局"
    assert {"label": "作废的发文号", "text": old} in [
        {"label": label, "text": text} for entry in timeline(mine.proposal) for label, text in entry["shown"]
    ]
    perform(AssignmentAct.WRITE_SUPPLEMENT, sent, heir, {"body": "减速带已装好。"})
    event = perform(AssignmentAct.SIGN_SUPPLEMENT, sent, signer)
    letter = SupplementaryReply.objects.get()
    assert (letter.issued_by, letter.letter_word) == (c.other_unit, "县财政局提")
    assert audiences.notices_for(event)[0].body == "县财政局发来补充答复，请查看；原来的答复和您的评价不变。"
    assert wrong_with(mine.proposal) + wrong_with(beside.proposal) + wrong_with(sent.proposal) == []
