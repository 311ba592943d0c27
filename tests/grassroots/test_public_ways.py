"""What the public and the citizen are told when a released matter goes another way than to its end in the room."""

from datetime import timedelta

import pytest
from django.utils import timezone

from deadlines import book as books
from grassroots import words
from grassroots.acts import Act
from grassroots.models import Matter
from grassroots.todo import todo_for
from tests.factories import grassroots as make
from workflow.engine import perform
from workflow.errors import Refused

from .test_public import ASK, PRIVATE

pytestmark = pytest.mark.django_db
REASON = {"reason": "李大妈家的事村里办不了"}


def test_a_released_matter_stays_wherever_it_goes(c, r, browse):
    """Up, declined, taken up again, down: the page says so in fixed words, and nothing that was said inside."""
    one = make.matter(r, "agreed")
    perform(Act.RELEASE, one, r.host, {})
    address, listed = f"/public/consult/matters/{one.pk}/", "/public/consult/matters/"

    def told() -> tuple[str, str]:
        page = browse().get(address)
        assert page.status_code == 200
        text = page.content.decode()
        assert [word for word in (*PRIVATE, "村里办不了", "私下答复") if word in text] == []
        assert page.context["line"]["state"] in browse().get(listed).content.decode()
        return page.context["line"]["state"], page.context["note"]

    def do(act, actor, data) -> None:
        perform(act, Matter.objects.get(pk=one.pk), actor, data)

    do(Act.PASS_UP, r.host, REASON)
    assert told() == ("已提交上一级", "这件议题已提交上一级，由盆尧镇协商议事室决定是否受理。")
    # What the village had agreed was given up, which is not the same as impossible.
    assert [item["progress"] for item in browse().get(address).context["items"]] == ["不再办理", "不再办理"]
    do(Act.DECLINE, r.town_host, {"refusal": "beyond", "advice": "私下答复田老汉"})
    why = "没有受理这件议题。原因：超出本县的职权。请向有权办理的机关反映，可以先拨打 12345 热线咨询。"
    assert told() == ("未受理", f"盆尧镇协商议事室{why}")
    do(Act.RECONSIDER, r.town_host, REASON)
    do(Act.PASS_DOWN, r.town_host, {"venue": r.village.pk, **REASON})
    assert told() == ("已转下级", "这件议题已转给下级，由于营村协理室决定是否受理。")
    do(Act.SELECT, r.host, {"category": "livelihood"})
    assert told() == ("已受理，待公示", "于营村协理室已经受理，将另行公示。")
    do(Act.DECLINE, r.host, {"refusal": "beyond"})
    do(Act.ARCHIVE, r.host, {})
    assert told() == ("未受理", f"于营村协理室{why}")
    do(Act.UNRELEASE, r.host, {"reason": "不宜再公开"})
    assert browse().get(address).status_code == 404


def test_what_was_refused_is_not_released_by_filing_it(c, r, browse):
    """Released when it was 公示, agreed, passed up and refused there: the answer was written to the bringer alone."""
    one = make.matter(r, "agreed")
    for act, actor, data in (
        (Act.PASS_UP, r.host, REASON),
        (Act.DECLINE, r.town_host, {"refusal": "beyond", "advice": "私下答复"}),
        (Act.ARCHIVE, r.town_host, {}),
    ):
        perform(act, Matter.objects.get(pk=one.pk), actor, data)
    one.refresh_from_db()
    assert "公开的内容要更新" not in [item.what for item in todo_for(r.town_host, books.load())]
    inside = browse(r.town_host).get(one.get_absolute_url())
    assert Act.RELEASE not in [option.act for option in inside.context["next_acts"]]
    assert "公开以后又有新进展" not in inside.content.decode()
    with pytest.raises(Refused) as refused:
        perform(Act.RELEASE, one, r.town_host, {})
    assert refused.value.code == "not_taken"
    assert browse().get(f"/public/consult/matters/{one.pk}/").context["line"]["state"] == "未受理"


def test_the_host_is_asked_to_tell_how_it_went_on(c, r):
    """From 公示 to 已办结 and to a member: what was agreed and answered is not left to the host's memory."""

    def waits() -> list[str]:
        return [item.number for item in todo_for(r.host, books.load()) if item.what == "公开的内容要更新"]

    done, moved = make.matter(r, "closed"), make.matter(r, "convening")
    item = next(item for item in todo_for(r.host, books.load()) if item.what == "公开的内容要更新")
    assert (item.url, item.waiting, item.due_on) == (f"/grassroots/{done.pk}/acts/release/", "公众", None)
    assert waits() == [done.receipt]
    perform(Act.MOVE_ON, moved, r.host, {"way": "proposal", "person": c.author.person_id, "answer": "转给委员。"})
    assert waits() == [done.receipt, moved.receipt]
    for one in (done, moved):
        perform(Act.RELEASE, Matter.objects.get(pk=one.pk), r.host, {})
    assert waits() == []
    assert done.releases.get(withdrawn_at=None).answer and moved.releases.get(withdrawn_at=None).answer == "转给委员。"


def test_the_citizen_is_told_hour_and_place_of_the_meeting(c, r, browse):
    taken = make.taken(r)
    one = taken.matter
    for act, state, actor, data in make.way(r, one):
        make.go(one, act, actor, data)
        if state == "convening":
            break
    at = timezone.localtime() + timedelta(days=3)
    perform(Act.CALL, one, r.host, {"meeting_at": f"{at:%Y-%m-%dT}09:30", "meeting_place": "村委会二楼"})
    sentence = f"协商会定于{at.year}年{at.month}月{at.day}日 09:30 在村委会二楼召开"
    page = browse().post(ASK, {"receipt": one.receipt, "code": taken.code}).content.decode()
    assert f"{sentence}，欢迎您到场。" in page
    one.refresh_from_db()
    one.meeting_at = timezone.now() - timedelta(hours=3)
    assert words.now_of(one).endswith("召开，结果由议事室登记后告诉您。")
