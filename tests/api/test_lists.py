"""Lists: a fixed number of queries, pages, filters, and a walk through changes that loses nothing."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from documents.uploads import receive
from exports.models import Job
from grassroots.models import Venue
from members import devices
from members.models import Organization, Person, Session
from notices.models import Message
from opinions.acts import TransferAct
from opinions.models import OpinionReport
from proposals.acts import AssignmentAct, ProposalAct
from proposals.models import Assignment, Category, Cosignature, Proposal, RejectionReason
from tests.factories import announcements, consultations, grassroots, opinions, people
from tests.factories import county as make
from workflow.engine import perform

pytestmark = pytest.mark.django_db

V1 = "/api/v1"


def soon() -> str:
    return (timezone.localtime() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")


def invitation(c):
    proposal = make.draft(c)
    perform(ProposalAct.INVITE, proposal, c.author, {"persons": [c.invitee.person_id], "closes_at": soon()})


def listed(c):
    """A member with a sector, a post in a committee, and a phone of which not everybody may know."""
    who = people.member(sector=people.organization("sector"))
    people.appoint(who, people.organization("committee"), "member")
    Person.objects.filter(pk=who.person_id).update(phone=f"139{who.pk:08d}")
    people.agree(who, shows=False)


def prolonging(c):
    late = make.signed(c)
    wanted = {"wanted_on": (late.due_on + timedelta(days=9)).isoformat(), "reason": "需论证"}
    perform(AssignmentAct.REQUEST_EXTENSION, late, c.operator, wanted)


def asked(c):
    perform(ProposalAct.ASK_WITHDRAWAL, make.filed(c), c.author, {"reason": "情况有变化"})


def promised(c):
    make.replied(c, make.signed(c), result_class="B")


def matter(c):
    """At the end of its way, with things agreed and a rating."""
    rooms = c.__dict__.setdefault("rooms", None) or grassroots.rooms()
    c.__dict__["rooms"] = rooms
    grassroots.matter(rooms, "closed")


def grassroots_room(c):
    body = people.organization("station")
    Venue.objects.create(organization=body, kind="home", level="county", place="一楼")
    people.holder(body, "head")


def put_up(c):
    perform(ProposalAct.NOMINATE_KEY, make.assigned(c), c.staff, {"reason": "群众关注"})


# address: (who asks, how one more row comes to be, the number of queries)
LISTS = {
    "proposals/": ("staff", make.assigned, 6),
    "proposals/changes/": ("author", make.assigned, 5),
    "assignments/": ("operator", make.signed, 5),
    "assignments/changes/": ("operator", make.signed, 4),
    "cosignatures/": ("invitee", invitation, 4),
    "change-requests/": ("head", asked, 5),
    "extensions/": ("dispatch", prolonging, 4),
    "leads/": ("author", make.offered_lead, 5),
    "commitments/": ("operator", promised, 5),
    "proposals/key/": ("staff", put_up, 4),
    "announcements/": ("author", announcements.published, 5),
    "opinions/": ("author", opinions.issued, 4),
    "opinions/changes/": ("author", opinions.issued, 3),
    "opinion-transfers/": ("operator", opinions.handed_over, 4),
    "opinion-transfers/changes/": ("operator", opinions.handed_over, 3),
    "consultation-plans/changes/": (
        "author",
        lambda c: consultations.on_its_way(c, consultations.new_plan(c)),
        3,
    ),
    "topics/changes/": ("author", consultations.issued, 3),
    "outcomes/changes/": ("operator", consultations.sent, 3),
    "recommendations/changes/": ("operator", consultations.sent, 3),
    "consultation-plans/": ("author", lambda c: consultations.on_its_way(c, consultations.new_plan(c)), 4),
    "topic-ideas/": ("staff", consultations.idea_of_some_year, 4),
    "topics/": ("author", consultations.issued, 4),
    "consultation-opinions/": ("staff", lambda c: consultations.opinion(consultations.asking(c), c.author), 4),
    "outcomes/": ("operator", consultations.sent, 4),
    "recommendations/": ("operator", consultations.sent, 4),
    "matters/": ("staff", matter, 9),
    "matters/changes/": ("staff", matter, 8),
    "venues/": ("author", grassroots_room, 4),
    "me/todo/": ("operator", make.assigned, 6),
    "me/inbox/": ("author", lambda c: Message.objects.create(recipient=c.author, subject="消息"), 3),
    "exports/": ("author", lambda c: Job.objects.create(owner=c.author, kind="list", label="提案"), 3),
    "directory/": ("author", listed, 9),
    "auth/tokens/": ("author", lambda c: devices.log_in(c.author, "平板"), 3),
    "attachments/": ("author", lambda c: receive(SimpleUploadedFile("说明.txt", "内容".encode()), c.author), 3),
    "sessions/": ("author", lambda c: people.session(ordinal=Session.objects.count() + 1, year=2023), 3),
    "units/": ("author", lambda c: people.organization("unit"), 3),
    "categories/": (
        "author",
        lambda c: Category.objects.create(system="business", name=str(Category.objects.count())),
        3,
    ),
    "rejection-reasons/": (
        "head",
        lambda c: RejectionReason.objects.create(code=str(RejectionReason.objects.count()), text="其他情形"),
        3,
    ),
}


def queries(client, path: str) -> int:
    client.get(f"{V1}/{path}")  # the device's first use is noted once
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(f"{V1}/{path}")
    assert answer.status_code == 200, answer.json()
    return len(captured)


@pytest.mark.parametrize("path", LISTS)
def test_number_of_queries(c, client_of, path):
    who, add, number = LISTS[path]
    client = client_of(getattr(c, who))
    people.agree(getattr(c, who))
    add(c)
    few = queries(client, path)
    add(c)
    add(c)
    assert (few, queries(client, path)) == (number, number)


def test_reader_of_many_units_costs_no_more(c, client_of):
    make.assigned(c, division="separate")
    one = queries(client_of(c.operator), "assignments/")
    for unit in Organization.objects.units().exclude(pk=c.other_unit.pk):
        people.appoint(c.other_operator, unit, "operator")
    assert queries(client_of(c.other_operator), "assignments/") == one


@pytest.fixture
def author(c, client_of):
    return client_of(c.author)


def ids(answer) -> list[int]:
    return [row["id"] for row in answer.json()["results"]]


def test_pages(c, author):
    made = [make.draft(c).pk for _ in range(5)]
    first = author.get(f"{V1}/proposals/?page_size=2")
    assert {**first.json(), "results": len(first.json()["results"])} == {
        "count": 5, "page": 1, "pages": 3, "page_size": 2, "results": 2,
    }  # fmt: skip
    pages = [ids(author.get(f"{V1}/proposals/?page_size=2&page={n}")) for n in (1, 2, 3)]
    assert [pk for page in pages for pk in page] == made[::-1]
    beyond = author.get(f"{V1}/proposals/?page_size=2&page=4")
    assert (beyond.status_code, beyond.json()["code"]) == (404, "not_found")


def test_filters(c, author, client_of):
    draft, filed, assigned = make.draft(c), make.filed(c), make.assigned(c, title="关于疏通排水管网的提案")
    staff = client_of(c.staff)
    asked = {
        "state=draft": [draft.pk],
        "state=to_assign": [filed.pk],
        f"unit={c.unit.pk}": [assigned.pk],
        "unit=999999": [],
        "session=11-4&scope=mine&ordering=submitted": [filed.pk, assigned.pk, draft.pk],
        "session=10-1": [],
        "session=x": [],
        "q=排水管网": [assigned.pk],
        "q=001": [filed.pk],
        "due=open": [assigned.pk],
        "due=overdue": [],
        "kind=collective": [],
        f"category={c.business.pk}&state=handling": [assigned.pk],
    }
    assert {query: ids(author.get(f"{V1}/proposals/?{query}")) for query in asked} == asked
    assert ids(staff.get(f"{V1}/proposals/?ordering=number")) == [filed.pk, assigned.pk]


def test_filters_of_assignments(c, client_of):
    one, two = make.signed(c), make.replied(c, make.signed(c))
    operator = client_of(c.operator)
    asked = {
        "open=true": [one.pk], "open=false": [two.pk], "state=replied": [two.pk],
        f"proposal={two.proposal_id}": [two.pk], "kind=assist": [], f"unit={c.other_unit.pk}": [],
        "due_before=2020-01-01": [], "ordering=assigned": [one.pk, two.pk],
    }  # fmt: skip
    assert {query: ids(operator.get(f"{V1}/assignments/?{query}")) for query in asked} == asked


def test_units_by_pinyin(c, author):
    names = lambda q: [row["name"] for row in author.get(f"{V1}/units/", {"q": q}).json()["results"]]  # noqa: E731
    assert (names("xjyj"), names("xian jiao"), names("水利"), names("没有")) == (
        ["县教育局"], ["县教育局"], ["县水利局"], [],
    )  # fmt: skip


def walked(client, path="proposals", **params) -> tuple[list[int], str]:
    """Every id in the order of change, and what to ask with the next time."""
    found, cursor = [], None
    while True:
        more = {"cursor": cursor} if cursor else {}
        answer = client.get(f"{V1}/{path}/changes/", {"page_size": 2, **params, **more})
        assert answer.status_code == 200, answer.json()
        body = answer.json()
        found += [row["id"] for row in body["results"]]
        cursor = body["next_cursor"]
        if cursor is None:
            return found, body["synced_until"]


def test_walk_through_changes(c, author):
    made = [make.draft(c).pk for _ in range(5)]
    found, until = walked(author)
    assert found == made
    Proposal.objects.update(changed_at=timezone.now() - timedelta(hours=1))
    assert walked(author, changed_since=until)[0] == []
    perform(ProposalAct.SUBMIT, Proposal.objects.get(pk=made[1]), c.author)
    assert walked(author, changed_since=until)[0] == [made[1]]
    assert ids(author.get(f"{V1}/proposals/", {"changed_since": until})) == [made[1]]


def test_rows_changed_at_the_same_moment_are_neither_lost_nor_repeated(c, author):
    made = [make.draft(c).pk for _ in range(5)]
    Proposal.objects.update(changed_at=timezone.now())
    assert walked(author)[0] == made


def test_an_act_on_a_share_changes_its_proposal(c, client_of):
    mine = make.signed(c)
    operator = client_of(c.operator)
    Proposal.objects.update(changed_at=timezone.now() - timedelta(hours=1))
    until = walked(operator)[1]
    make.contact(c, mine)
    assert (walked(operator, changed_since=until)[0], walked(operator, "assignments", changed_since=until)[0]) == (
        [mine.proposal_id], [mine.pk],
    )  # fmt: skip


def test_saving_a_reply_draft_changes_it_too(c, client_of):
    mine = make.signed(c)
    operator = client_of(c.operator)
    Proposal.objects.update(changed_at=timezone.now() - timedelta(hours=1))
    until = walked(operator)[1]
    make.write_reply(mine, c.operator)
    assert walked(operator, changed_since=until)[0] == [mine.proposal_id]


def test_a_walk_through_reports_and_the_parts_of_units(c, client_of):
    first, other = opinions.handed_over(c), opinions.issued(c)
    OpinionReport.objects.update(changed_at=timezone.now() - timedelta(hours=1))
    member, operator = client_of(c.author), client_of(c.operator)
    kept, until = walked(member, "opinions")
    assert (sorted(kept), walked(member, "opinions", changed_since=until)[0]) == ([first.report_id, other.pk], [])
    perform(TransferAct.SIGN_FOR, first, c.operator)
    since = {"changed_since": until}
    assert [walked(user, path, **since)[0] for user, path in (
        (member, "opinions"), (operator, "opinion-transfers"), (client_of(c.other_operator), "opinion-transfers"),
    )] == [[first.report_id], [first.pk], []]  # fmt: skip
    assert [ids(user.get(f"{V1}/{path}/", since)) for user, path in (
        (member, "opinions"), (operator, "opinion-transfers"),
    )] == [[first.report_id], [first.pk]]  # fmt: skip


def test_plus_sign_may_arrive_as_a_space(c, author):
    make.draft(c)
    assert len(ids(author.get(f"{V1}/proposals/?changed_since=2026-01-01T08:00:00+08:00"))) == 1


def test_strangers_rows_are_not_there(c, client_of):
    make.assigned(c)
    stranger = client_of(c.other_member)
    paths = ("proposals/", "assignments/", "cosignatures/", "proposals/changes/", "assignments/changes/")
    assert [ids(stranger.get(f"{V1}/{path}")) for path in paths] == [[], [], [], [], []]
    assert (Assignment.objects.count(), Cosignature.objects.count()) == (1, 0)


def acts(client, path: str) -> list[list[str]]:
    return [[act["act"] for act in row["acts"]] for row in client.get(f"{V1}/{path}").json()["results"]]


def test_pointless_acts_are_not_listed(c, client_of):
    """公开 or 撤下公开, never both; the acts of an answering unit are not an assisting unit's."""
    proposal = make.assigned(c, division="lead")
    for unit, operator in ((c.unit, c.operator), (c.other_unit, c.other_operator)):
        perform(AssignmentAct.SIGN_FOR, make.share(proposal, unit), operator)
    both = {"give_opinion", "send_draft", "submit_reply"}
    (lead,), (assist,) = (acts(client_of(user), "assignments/") for user in (c.operator, c.other_operator))
    assert (both & set(lead), both & set(assist)) == ({"send_draft", "submit_reply"}, {"give_opinion"})
    perform(
        AssignmentAct.GIVE_OPINION,
        assisting := make.share(proposal, c.other_unit),
        c.other_operator,
        {"opinion": "同意"},
    )
    perform(AssignmentAct.SIGN_OFF, assisting, c.other_leader, {})
    make.replied(c, make.share(proposal, c.unit))
    assert acts(client_of(c.staff), "proposals/") == [["publish"]]
    Proposal.objects.update(published_at=timezone.now())
    assert acts(client_of(c.staff), "proposals/") == [["unpublish"]]


def test_the_inbox_gives_the_title_to_whoever_still_sees_the_case(c, client_of):
    proposal = make.assigned(c)
    for user in (c.operator, c.other_operator):
        Message.objects.create(recipient=user, subject="消息", url=proposal.get_absolute_url())
    found = [client_of(user).get(f"{V1}/me/inbox/").json()["results"][0] for user in (c.operator, c.other_operator)]
    assert [(row["title"], row["page"]) for row in found] == [(proposal.title, proposal.get_absolute_url()), ("", "")]
