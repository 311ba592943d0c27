"""评: both sides rate, neither reads the other's before its time, a wrong rating is voided and entered from paper."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from members import browsers
from members.models import Member, Term
from members.turnover import terms
from notices.delivery import deliver_due
from notices.models import Message
from proposals import blind, statistics
from proposals.acts import AssignmentAct as Act
from proposals.acts import ProposalAct
from proposals.models import Assignment, Proposal, QualityRating, Rating, TripartiteMeeting, UnitBrowser
from proposals.states import AssignmentState as A
from proposals.states import ProposalState as P
from proposals.todo import todo_for
from tests.factories import county as make
from tests.factories import people
from workflow.engine import perform
from workflow.errors import Invalid, NotAllowed, Refused
from workflow.models import Event

pytestmark = pytest.mark.django_db

GOOD = make.rating(reason="答复很实在")
BAD = make.rating("satisfied", "dissatisfied", "问题没有解决")
PASSWORD = "Lingyun-2026-bi"
THEIRS = make.quality("fair", "建议偏空泛")


@pytest.fixture
def mine(c):
    return make.replied(c, make.signed(c))


def code(act, case, actor, data=None) -> str:
    with pytest.raises(Refused) as refused:
        perform(act, case, actor, data)
    return refused.value.code


def state(share) -> tuple[str, int, str]:
    row = Assignment.objects.select_related("proposal").get(pk=share.pk)
    return row.state, row.round, row.proposal.state


def overdue(share) -> None:
    Assignment.objects.filter(pk=share.pk).update(rating_due_on=timezone.localdate() - timedelta(days=1))


# --- 分办: two units, answered differently ---
def test_two_units_one_of_them_twice_unsatisfactory(c):
    one = make.signed(c, division="separate")
    two = make.share(one.proposal, c.other_unit)
    perform(Act.SIGN_FOR, two, c.other_operator)
    make.replied(c, one)
    make.replied(c, two, c.other_operator, c.other_leader)
    perform(Act.RATE_PROPOSAL, two, c.other_operator, THEIRS)
    perform(Act.RATE, two, c.author, GOOD)
    perform(Act.RATE, one, c.author, BAD)
    assert (state(one), state(two)[:2]) == ((A.HANDLING, 2, P.HANDLING), (A.REPLIED, 1))
    make.replied(c, one)
    perform(Act.RATE, one, c.author, BAD)
    assert (state(one)[2], code(Act.RATE_PROPOSAL, one, c.operator, THEIRS)) == (P.TRIPARTITE, "round_ended")
    perform(ProposalAct.RECORD_MEETING, one.proposal, c.staff, make.meeting())
    assert (state(one)[2], TripartiteMeeting.objects.count(), Rating.objects.count()) == (P.CLOSED, 1, 3)
    assert code(Act.VOID_RATING, one, c.head) == "nothing_to_void"  # the meeting was held on it
    figures = statistics.session_report(c.session)["rating"]
    assert (figures["returned"], figures["result"]["dissatisfied"]) == (1, 1)


# --- 单位评价提案 ---
def test_the_operator_rates_the_proposal_once_and_in_time(c, mine):
    for actor in (c.leader, c.author, c.staff, c.head, c.dispatch):
        with pytest.raises(NotAllowed):
            perform(Act.RATE_PROPOSAL, mine, actor, THEIRS)
    with pytest.raises(Invalid) as refused:
        perform(Act.RATE_PROPOSAL, mine, c.operator, {**THEIRS, "overall": "bad", "topic": ""})
    assert sorted(refused.value.errors) == ["overall", "topic"]
    perform(Act.RATE_PROPOSAL, mine, c.operator, THEIRS)
    kept = QualityRating.objects.get()
    assert (kept.topic, kept.overall, kept.comment, kept.entered_by) == ("good", "fair", "建议偏空泛", c.operator)
    assert code(Act.RATE_PROPOSAL, mine, c.operator, THEIRS) == "graded"
    other = make.replied(c, make.signed(c))
    assert [item.what for item in todo_for(c.operator)] == ["评价提案质量"]
    overdue(other)
    assert (code(Act.RATE_PROPOSAL, other, c.operator, THEIRS), todo_for(c.operator)) == ("rating_over", [])


# --- 背靠背, in every door ---
def doors(c, browse, client_of, share) -> dict[str, set[str]]:
    """Who finds the proposer's and the unit's words in pages, API and admin, and who was sent them."""
    while deliver_due():
        pass
    people_ = {"author": c.author, "operator": c.operator, "leader": c.leader, "dispatch": c.dispatch, "head": c.head}
    found: dict[str, set[str]] = {"答复很实在": set(), "建议偏空泛": set()}
    for name, user in people_.items():
        texts = {
            "page": browse(user).go(f"/proposals/{share.proposal_id}/").text,
            "api": str(client_of(user).get(f"/api/v1/proposals/{share.proposal_id}/").json()),
            "share": str(client_of(user).get(f"/api/v1/assignments/{share.pk}/").json()),
            "inbox": " ".join(Message.objects.filter(recipient=user).values_list("body", flat=True)),
        }
        if user in (c.dispatch, c.head):
            browser = browse(user)
            pages = ("proposals/assignment/{0}/change", "proposals/assignment/{0}/history", "proposals/proposal/{1}/change",
                     "proposals/rating", "proposals/qualityrating")  # fmt: skip
            texts |= {page: browser.go(f"/admin/{page.format(share.pk, share.proposal_id)}/").text for page in pages}
        for words in found:
            found[words] |= {f"{name} {door}" for door, text in texts.items() if words in text}
    return found


def names(found: set[str]) -> set[str]:
    return {one.split()[0] for one in found}


@pytest.fixture
def client_of():
    from rest_framework.test import APIClient

    def client(user):
        made = APIClient()
        made.force_authenticate(user)
        return made

    return client


def test_neither_reads_the_other_before_both_have_rated(c, browse, client_of, mine):
    perform(Act.RATE, mine, c.author, GOOD)
    seen = doors(c, browse, client_of, mine)
    assert (names(seen["答复很实在"]), seen["建议偏空泛"]) == ({"author", "head"}, set())
    assert {"author page", "head proposals/assignment/{0}/change"} <= seen["答复很实在"]
    perform(Act.RATE_PROPOSAL, mine, c.operator, THEIRS)
    seen = doors(c, browse, client_of, mine)
    assert [names(words) for words in seen.values()] == [{"author", "operator", "leader", "dispatch", "head"}] * 2


def test_nor_the_other_way_round_until_the_time_is_over(c, browse, client_of, mine):
    perform(Act.RATE_PROPOSAL, mine, c.operator, THEIRS)
    seen = doors(c, browse, client_of, mine)["建议偏空泛"]
    assert names(seen) == {"operator", "leader", "head"}
    overdue(mine)
    assert names(doors(c, browse, client_of, mine)["建议偏空泛"]) == {
        "author",
        "operator",
        "leader",
        "dispatch",
        "head",
    }
    audit = auditor()
    assert (blind.visible_quality(audit).count(), blind.visible_quality(c.other_member).count()) == (1, 0)


def test_a_dissatisfied_one_opens_at_once_with_its_reason(c, browse, client_of, mine):
    perform(Act.RATE, mine, c.author, BAD)
    while deliver_due():
        pass
    told = Message.objects.filter(recipient=c.operator, body__contains="问题没有解决")
    assert (told.count(), "问题没有解决" in browse(c.operator).go(f"/proposals/{mine.proposal_id}/").text) == (1, True)


# --- 承办单位的账号、同一设备 ---
def test_whoever_works_at_the_answering_unit_does_not_rate_it(c, mine):
    people.appoint(c.author, c.unit, "operator")
    assert code(Act.RATE, mine, c.author, GOOD) == "unit_account"


def test_a_browser_that_a_unit_s_account_used_the_same_day_is_flagged_to_the_audit_only(c, browse, mine):
    give_passwords(c.author, c.operator)
    browser = Client()
    logs_in(browser, c.operator)
    cookie = browser.cookies[browsers.COOKIE]
    assert (cookie["httponly"], cookie["samesite"], c.operator.username in cookie.value) == (True, "Lax", False)
    browser.post("/logout/")
    logs_in(browser, c.author)
    browser.post(f"/proposals/assignments/{mine.pk}/acts/rate/", GOOD)
    rating = Rating.objects.get()
    event = Event.objects.get(act="rate")
    assert (rating.device_note, event.data["same_device"]) == (c.operator.username, c.operator.username)
    audit = auditor()
    for user, told in ((c.head, True), (audit, True), (c.staff, False), (c.dispatch, False)):
        page = browse(user).go("/admin/proposals/rating/?device=yes").text
        assert (c.operator.username in page, "同一设备" in page) == (told, told)
    assert browse(c.dispatch).client.get("/admin/proposals/rating/?device_note__startswith=x").status_code == 400
    perform(Act.RATE_PROPOSAL, mine, c.operator, THEIRS)
    assert "同一设备" not in browse(c.operator).go(f"/proposals/{mine.proposal_id}/").text


def test_another_browser_is_not_flagged_and_a_later_use_is(c, mine):
    give_passwords(c.author, c.operator)
    other, browser = Client(), Client()
    logs_in(other, c.operator)
    logs_in(browser, c.author)
    browser.post(f"/proposals/assignments/{mine.pk}/acts/rate/", GOOD)
    assert (Rating.objects.get().device_note, UnitBrowser.objects.count()) == ("", 1)
    browser.cookies[browsers.COOKIE] = browser.cookies[browsers.COOKIE].value
    browser.post("/logout/")
    logs_in(browser, c.operator)
    assert Rating.objects.get().device_note == c.operator.username
    forged = Client()
    forged.cookies[browsers.COOKIE] = "not:signed"
    logs_in(forged, c.operator)
    assert forged.cookies[browsers.COOKIE].value != "not:signed"


def auditor():
    user = people.user("审计员")
    user.groups.add(Group.objects.get(name="审计管理员"))
    return user


def give_passwords(*users) -> None:
    for user in users:
        user.set_password(PASSWORD)
        user.save()


def logs_in(browser: Client, user) -> None:
    answer = browser.post("/login/", {"username": user.username, "password": PASSWORD})
    assert answer.status_code == 302


# --- 作废 ---
def test_a_wrong_rating_is_voided_and_comes_back_on_paper(c, browse, mine):
    perform(Act.RATE, mine, c.author, make.rating("basically", "basically", "填错了"))
    assert state(mine)[2] == P.CLOSED
    rating = Rating.objects.get()
    for actor in (c.staff, c.author, c.operator):
        with pytest.raises(NotAllowed):
            perform(Act.VOID_RATING, mine, actor, {"rating": rating.pk, "reason": "填错"})
    with pytest.raises(Invalid):
        perform(Act.VOID_RATING, mine, c.head, {"rating": rating.pk, "reason": " "})
    perform(ProposalAct.ARCHIVE, Proposal.objects.get(pk=mine.proposal_id), c.staff)
    perform(Act.VOID_RATING, mine, c.head, {"rating": rating.pk, "reason": "委员说明填错了一栏"})
    case = Proposal.objects.get(pk=mine.proposal_id)
    assert case.archived_at is None
    assert (case.state, case.closed_at, Rating.objects.count(), Rating.every.count()) == (P.REPLIED, None, 0, 1)
    assert statistics.session_report(c.session)["rating"]["returned"] == 0
    assert code(Act.RATE, mine, c.author, GOOD) == "rating_voided"
    assert [item.what for item in todo_for(c.author)] == []
    assert "评价作废，按纸质表代录" in [item.what for item in todo_for(c.staff)]
    paper = {**GOOD, "person": c.author.person_id, "scan": make.scan(c.staff).pk}
    perform(Act.RATE_BY_PROXY, mine, c.staff, paper)
    assert (state(mine)[2], Rating.objects.get().by_proxy) == (P.CLOSED, True)
    pages = {user: browse(user).go(f"/proposals/{mine.proposal_id}/").text for user in (c.head, c.author, c.operator)}
    assert [("填错了" in text and "已作废" in text) for text in pages.values()] == [True, False, False]
    assert "委员说明填错了一栏" in pages[c.author]
    assert "委员说明填错了一栏" not in pages[c.operator]


def test_what_has_led_on_is_not_voided(c, mine):
    perform(Act.RATE, mine, c.author, BAD)
    first = Rating.objects.get()
    with pytest.raises(Refused):
        perform(Act.VOID_RATING, mine, c.head, {"rating": first.pk, "reason": "误填"})
    make.replied(c, mine)
    perform(Act.RATE, mine, c.author, BAD)
    with pytest.raises(Invalid):
        perform(Act.VOID_RATING, mine, c.head, {"rating": first.pk, "reason": "误填"})
    second = Rating.objects.get(reply__round=2)
    perform(Act.VOID_RATING, mine, c.head, {"rating": second.pk, "reason": "误填"})
    assert state(mine) == (A.REPLIED, 2, P.REPLIED)


# --- 换届 ---
def test_a_member_not_continued_after_a_new_term_still_rates(c, mine):
    old = Term.objects.get()
    staying = set(Member.objects.exclude(person=c.author.person).values_list("pk", flat=True))
    terms.open_term(terms.prepare(old, old.number + 1, timezone.localdate(), staying))
    author = type(c.author).objects.get(pk=c.author.pk)
    assert not Member.objects.in_office(timezone.localdate()).filter(person=author.person).exists()
    assert [item.what for item in todo_for(author)] == ["评价答复"]
    perform(Act.RATE, mine, author, GOOD)
    assert (Rating.objects.get().person, state(mine)[2]) == (author.person, P.CLOSED)


def test_a_collective_says_whether_the_leader_answered(c):
    from tests.proposals.test_rating import collective

    share = collective(c)
    more = {"hearing": "visit", "leader_answered": "true", "contacted": "true", "pertinence": "to_the_point"}
    perform(Act.RATE, share, c.contact, {**GOOD, **more})
    kept = Rating.objects.get()
    assert (kept.hearing, kept.leader_answered, kept.contacted, kept.pertinence) == (
        "visit",
        True,
        True,
        "to_the_point",
    )
