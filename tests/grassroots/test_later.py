"""After the end: an archived matter goes offline, a rating comes late; and whether the same was brought before."""

from datetime import timedelta

import pytest
from django.utils import timezone

from grassroots import by_date
from grassroots.acts import Act
from grassroots.compared import KIND, similar_to
from grassroots.guards import LATE
from grassroots.models import Matter, Release
from members.periods import today
from members.roster import claims
from search import similar
from tests.factories import grassroots as make
from workflow.actors import SYSTEM
from workflow.engine import perform
from workflow.errors import Refused

from .test_public import ASK

pytestmark = pytest.mark.django_db
RATED = {"verdict": "satisfied", "text": "后来都通了"}


def unrated(r, **more) -> tuple[Matter, str]:
    """Closed by date, with the citizen's code."""
    taken = make.taken(r, **more)
    one = taken.matter
    for act, state, actor, data in make.way(r, one):
        if act == Act.RATE:
            break
        make.go(one, act, actor, data)
        assert one.state == state
    Matter.objects.filter(pk=one.pk).update(due_on=today() - timedelta(days=1))
    assert by_date.close_unrated() == 1
    return Matter.objects.get(pk=one.pk), taken.code


def test_a_late_rating_is_taken_for_a_while(c, r, browse):
    one, code = unrated(r)
    asked = {"receipt": one.receipt, "code": code}
    page = browse().post(ASK, asked).content.decode()
    until = today() + LATE
    assert f"{until.year}年{until.month}月{until.day}日以前还可以补评价" in page and "请您评价" in page
    thanks = browse().post(ASK, {**asked, **RATED, "rate": "1"})
    rating = one.ratings.get()
    assert ("谢谢您的评价" in thanks.content.decode(), rating.is_late, rating.verdict) == (True, True, "satisfied")
    after = Matter.objects.get(pk=one.pk)
    assert (after.state, after.closed_on) == ("closed", one.closed_on)
    assert "逾期补评" in browse(r.host).get(one.get_absolute_url()).content.decode()
    second = browse().post(ASK, {**asked, **RATED, "rate": "1"})
    assert (second.status_code, "这件议题已经评价过了" in second.content.decode()) == (409, True)


def test_a_late_complaint_opens_it_again_and_too_late_says_what_next(c, r, browse):
    one, _code = unrated(r)
    perform(Act.RATE_FOR, one, r.secretary, {"verdict": "dissatisfied", "text": "又堵了", "reason": "电话回访"})
    again = Matter.objects.get(pk=one.pk)
    assert (again.state, again.round, again.closed_on, again.step) == ("agreed", 2, None, "matter_rehandle")
    old, code = unrated(r, title="另一条沟")
    Matter.objects.filter(pk=old.pk).update(closed_on=today() - LATE - timedelta(days=1))
    with pytest.raises(Refused) as refused:
        perform(Act.RATE, Matter.objects.get(pk=old.pk), SYSTEM, RATED)
    assert (refused.value.code, "作为新的议题再提交一次" in refused.value.next_step) == ("rating_over", True)
    page = browse().post(ASK, {"receipt": old.receipt, "code": code}).content.decode()
    assert ("请您评价" in page, "还可以补评价" in page) == (False, False)
    rated = make.matter(r, "closed", title="评过的")
    with pytest.raises(Refused) as refused:
        perform(Act.RATE, rated, SYSTEM, RATED)
    assert refused.value.code == "rated"


def test_who_brought_a_matter_keeps_the_seat(c, r):
    """Undoing a roster does not take back a seat on whose strength a matter was brought."""
    since = timezone.now()
    make.taken(r, user=c.author, source="member")
    people = {c.author.person_id, c.cosigner.person_id}
    assert claims.since(people, since) == {c.author.person_id: "协商议题 1 件"}
    assert claims.since(people, timezone.now()) == {}


def test_an_archived_matter_goes_offline_like_others(c, r):
    one = make.matter(r, "closed")
    perform(Act.ARCHIVE, one, r.host)
    closed_on = Matter.objects.get(pk=one.pk).closed_on
    perform(Act.GO_OFFLINE, Matter.objects.get(pk=one.pk), r.host, {"reason": "发现涉密内容"})
    gone = Matter.objects.get(pk=one.pk)
    assert (gone.state, gone.closed_on, make.TITLE in f"{gone.title}{gone.text}{gone.public_title}") == (
        "offline", closed_on, False,
    )  # fmt: skip
    assert Release.objects.filter(matter=one).count() == 0


def test_whether_it_was_brought_before(c, r, browse):
    first = make.matter(r, "posted")
    second = make.taken(r, r.town, title="排水沟堵塞积水", text="村口的排水沟堵了，一下雨就积水，盼望疏通。").matter
    make.taken(r, title="路灯不亮", text="村里的路灯坏了三盏，晚上看不见路。")
    similar.refresh(KIND)
    page = f"/grassroots/{second.pk}/similar/"
    found = similar_to(r.town_host, second)
    assert [(one.receipt, one.url) for one in found] == [(first.receipt, first.get_absolute_url())]
    shown = browse(r.town_host).get(page).content.decode()
    assert (
        first.receipt in shown,
        f'href="{page}"' in browse(r.town_host).get(second.get_absolute_url()).content.decode(),
    ) == (True, True)
    # The village's host reads the town's matter no more than before, and of the other the own one.
    assert browse(r.host).get(page).status_code == 404
    assert similar_to(r.host, first) == []
    assert [one.receipt for one in similar_to(r.officer, first)] == [second.receipt]
    # What was released anywhere is known to everybody, by its public text.
    perform(
        Act.SELECT,
        second,
        r.town_host,
        {"category": "livelihood", "public_title": "镇上的排水沟", "public_text": "积水。"},
    )
    perform(Act.POST, second, r.town_host, {})
    assert [(one.title, one.url) for one in similar_to(r.host, first)] == [
        ("镇上的排水沟", f"/public/consult/matters/{second.pk}/")
    ]
    perform(Act.GO_OFFLINE, second, r.town_host, {"reason": "涉密"})
    assert similar_to(r.host, first) == []
