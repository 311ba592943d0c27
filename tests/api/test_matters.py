"""A matter of 基层协商 in the API: what its page shows, to whom it shows it, for the same number of queries."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from grassroots.acts import Act
from grassroots.models import Matter
from tests.factories import grassroots as make
from workflow.engine import perform

pytestmark = pytest.mark.django_db
V1 = "/api/v1/matters"
INSIDE = ("original_title", "original_text", "brought_by", "stays")


def test_it_shows_what_the_page_shows(c, client_of):
    r = make.rooms()
    one = make.matter(r, "minutes", user=c.author, source="member")
    host, member, operator = (client_of(user) for user in (r.host, c.author, r.operator))
    before = member.get(f"{V1}/{one.pk}/").json()
    # Minutes that nobody signed are the room's.
    assert (before["meetings"], before["items"], before["findings"][:2], before["surveyed_by"]) == (
        [], [], "淤泥", "委员和村干部",
    )  # fmt: skip
    assert len(host.get(f"{V1}/{one.pk}/").json()["items"]) == 2
    perform(Act.SIGN_MINUTES, one, r.host)
    perform(Act.ASSIGN, one, r.host, {})
    perform(Act.REPORT, one, r.operator, make.report(one.items.order_by("pk")[0].pk))
    perform(Act.RELEASE, one, r.host, {})
    seen = host.get(f"{V1}/{one.pk}/").json()
    (meeting,) = seen["meetings"]
    assert (meeting["place"], meeting["not_agreed"], meeting["participants"], meeting["counts"]) == (
        "村委会", "占地补偿", [str(r.leader.person)],
        [{"kind": "委员", "people": 1}, {"kind": "部门", "people": 1}, {"kind": "群众", "people": 6}],
    )  # fmt: skip
    assert [note["text"] for note in seen["items"][0]["notes"]] == ["已组织人员清淤。"]
    assert (seen["original_title"], seen["brought_by"], [stay["how"] for stay in seen["stays"]]) == (
        make.TITLE, str(c.author), ["brought"],
    )  # fmt: skip
    assert (seen["released_at"] is None, seen["onward"]) == (False, None)
    assert [step["label"] for step in seen["timeline"]][:2] == ["公开办理情况", "报告进展"]
    theirs = operator.get(f"{V1}/{one.pk}/").json()
    assert [theirs[name] for name in INSIDE] == ["", "", "", []]
    assert (theirs["meetings"][0]["participants"], theirs["timeline"][-1]["who"]) == ([], "提出人")
    assert "半年" not in operator.get(f"{V1}/{one.pk}/").content.decode()


def test_it_costs_the_same_however_much_there_is(c, client_of):
    r = make.rooms()
    one, host = make.matter(r, "done"), client_of(r.host)

    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert host.get(f"{V1}/{one.pk}/").status_code == 200
        return len(seen)

    host.get(f"{V1}/{one.pk}/")
    few = asked()
    for _ in range(2):
        perform(Act.CONSULT_AGAIN, one, r.host, {"reason": "再谈"})
        perform(
            Act.RECORD_MEETING,
            one,
            r.host,
            make.meeting(r, unit_1="", text_1="", due_on_1="", text_2="", due_on_2="", responsible_2=""),
        )
        perform(Act.SIGN_MINUTES, one, r.host)
    assert (few, asked()) == (13, 13)


def test_a_walk_through_changes(c, client_of):
    r = make.rooms()
    first, other = make.taken(r).matter, make.taken(r, title="路灯不亮").matter
    Matter.objects.update(changed_at=timezone.now() - timedelta(hours=1))
    host, stranger = client_of(r.host), client_of(c.third_operator)
    kept = host.get(f"{V1}/changes/").json()
    assert sorted(row["id"] for row in kept["results"]) == [first.pk, other.pk]
    perform(Act.SELECT, other, r.host, {"category": "livelihood"})
    since = {"changed_since": kept["synced_until"]}
    for client, path, found in ((host, "changes/", [other.pk]), (host, "", [other.pk]), (stranger, "changes/", [])):
        assert [row["id"] for row in client.get(f"{V1}/{path}", since).json()["results"]] == found
