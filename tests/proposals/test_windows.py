"""征集时间: the closing hour to the second through every door, moved with a reason, one late proposal admitted."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from members import devices
from members.models import Session
from notices.models import Message
from proposals import by_date, moving_windows
from proposals.acts import ProposalAct
from proposals.kinds import Timing
from proposals.models import Proposal
from proposals.windows import Countdown, left_words
from tests.factories import county as make
from tests.factories import people
from workflow.engine import available, perform
from workflow.errors import Refused

pytestmark = pytest.mark.django_db
CLOSES = datetime(2026, 4, 22, 14, tzinfo=people.SHANGHAI)
REASON = {"reason": "大雪封路，材料晚到"}
PAGE = "/admin/proposals/proposal/window/"


@pytest.fixture
def at(monkeypatch):
    def move(moment: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return move


def timing(proposal) -> str:
    return Proposal.objects.get(pk=proposal.pk).timing


def by_api(user, proposal):
    app = APIClient()
    app.credentials(HTTP_AUTHORIZATION=f"Token {devices.log_in(user, '手机')[1]}")
    return app.post(f"/api/v1/proposals/{proposal.pk}/transitions/submit/", {}, format="json")


SECONDS = [(-1, Timing.PLENARY), (0, Timing.PLENARY), (1, Timing.ADJOURNED)]


@pytest.mark.parametrize(("seconds", "wanted"), SECONDS)
def test_the_hour_through_every_door(c, at, browse, seconds, wanted):
    """A draft begun in time stays usable; the page, the API and the end of co-signing decide alike."""
    at(CLOSES - timedelta(days=1))
    page_case, api_case, round_case = make.draft(c), make.draft(c), make.cosigning(c)
    Proposal.objects.filter(pk=round_case.pk).update(cosigning_closes=CLOSES + timedelta(seconds=seconds))
    at(CLOSES + timedelta(seconds=seconds))
    words = browse(c.author).go(f"/proposals/{page_case.pk}/edit/").text
    assert ("现在提交的是平时提案" in words) == (wanted == Timing.ADJOURNED)
    page = browse(c.author).go(f"/proposals/{page_case.pk}/check/")
    assert ("现在提交的是平时提案" in page.text) == (wanted == Timing.ADJOURNED)
    assert "流水号" in page.press("提交").text
    assert by_api(c.author, api_case).status_code == 200
    at(CLOSES + timedelta(seconds=seconds, minutes=1))
    assert by_date.advance_all() == 1
    assert {timing(case) for case in (page_case, api_case, round_case)} == {wanted}


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(days=2, hours=3, minutes=59), "还有 2 天 3 小时"), (timedelta(days=1), "还有 1 天"),
        (timedelta(hours=3, minutes=20), "还有 3 小时 20 分钟"), (timedelta(hours=1), "还有 1 小时"),
        (timedelta(seconds=61), "还有 1 分钟"), (timedelta(seconds=1), "还有不到 1 分钟"), (timedelta(), "还有不到 1 分钟"),
    ],
)  # fmt: skip
def test_how_long_there_is(left, words):
    assert left_words(left) == words


def test_the_countdown_in_words(c, at, browse):
    at(CLOSES - timedelta(days=2, hours=3))
    assert "还有 2 天 3 小时，4 月 22 日 14:00 截止" in browse(c.author).go("/").text
    assert "还有 2 天 3 小时，4 月 22 日 14:00 截止" in browse(c.author).go("/proposals/new/?for=me").text
    assert "截止" not in browse(c.operator).go("/").text
    over = Countdown(c.session, CLOSES, CLOSES + timedelta(seconds=1))
    assert over.is_over and not Countdown(c.session, CLOSES, CLOSES).is_over
    assert over.after == "大会提案已于 4 月 22 日 14:00 截止，现在提交的是平时提案，同样审查、立案和办理。"
    at(CLOSES + timedelta(seconds=1))
    assert over.after in browse(c.author).go("/").text


def local(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%dT%H:%M}"


def change(user, seen=None, **given):
    """The page as it stands, with these fields changed, sent."""
    session, desk = Session.objects.get(), Client()
    desk.force_login(user)
    assert "大会提案截止" in desk.get(PAGE).content.decode()
    data = {
        "window_opens": local(session.window_opens), "window_closes": local(session.window_closes),
        "support_closes": "", "reason": "日程顺延",
        "seen_closes": f"{(seen or session.window_closes).astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f%z}",
    }  # fmt: skip
    return desk.post(PAGE, data | given, follow=True)


def test_moved_with_a_reason_and_everybody_with_a_draft_is_told(c, at):
    at(CLOSES - timedelta(days=1))
    draft = make.draft(c)
    make.collective_draft(c)
    make.submitted(c)
    assert change(c.staff, window_closes="2026-04-22T18:00", reason="").status_code == 400
    assert Session.objects.get().window_closes == CLOSES
    done = change(c.staff, window_closes="2026-04-22T18:00")
    assert "已通知有草稿的 2 人新的截止时间。" in done.content.decode()
    told = Message.objects.order_by("recipient_id")
    assert [(m.recipient, m.subject) for m in told] == [
        (user, "大会提案截止时间改为 2026年4月22日 18:00") for user in sorted((c.author, c.contact), key=lambda u: u.pk)
    ]
    assert "由 2026年4月22日 14:00 改为 2026年4月22日 18:00（日程顺延）" in told[0].body
    at(CLOSES + timedelta(hours=4))
    perform(ProposalAct.SUBMIT, draft, c.author)
    assert timing(draft) == Timing.PLENARY


def test_the_history_says_who_when_why_and_from_what_to_what(c, at):
    at(CLOSES - timedelta(days=1))
    change(c.head, window_closes="2026-04-22T18:00", allows_support="on")
    desk = Client()
    desk.force_login(c.head)
    page = desk.get(f"/admin/members/session/{c.session.pk}/history/").content.decode()
    for words in (str(c.head), "大会提案截止", "14:00", "18:00", "日程顺延", "允许附议"):
        assert words in page, words
    page = desk.get(f"/admin/members/session/{c.session.pk}/change/").content.decode()
    assert 'name="window_closes' not in page


def test_brought_forward_only_after_the_count_was_seen(c, at):
    at(CLOSES - timedelta(days=1))
    make.draft(c)
    earlier = {"window_closes": "2026-04-21T12:00", "reason": "提前审查"}
    page = change(c.head, **earlier).content.decode()
    assert ("新的截止时间已经过去" in page, "现在有 1 件还没有提交的提案" in page) == (True, True)
    assert Session.objects.get().window_closes == CLOSES
    change(c.head, confirm="确认提前截止", **earlier)
    assert Session.objects.get().window_closes == datetime(2026, 4, 21, 12, tzinfo=people.SHANGHAI)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"window_opens": "2026-04-22T08:00"}, "征集已经开始，并且已有提案，开始时间不能改到以后。"),
        ({"allows_support": "on", "support_closes": "2026-04-01T08:00"}, "附议截止须晚于现在；不填则到每件提案审定为止。"),
        ({"window_closes": "2025-01-01T08:00", "confirm": "1"}, "截止时间须晚于征集开始时间。"),
        ({"window_closes": "2026-04-22T20:00", "seen": CLOSES - timedelta(hours=1)}, moving_windows.CHANGED),
        ({"window_closes": "后天"}, "时间写法不对，请写成 2026-03-05 14:30 的样子。"),
    ],
)  # fmt: skip
def test_refused_changes(c, at, given, sentence):
    at(CLOSES - timedelta(days=1))
    make.draft(c)
    answer = change(c.staff, **given)
    assert (answer.status_code, sentence in answer.content.decode()) == (400, True)
    assert Session.objects.get().window_closes == CLOSES


def test_a_session_that_is_not_there(c):
    desk = Client()
    desk.force_login(c.staff)
    assert {desk.get(PAGE, {"session": given}).status_code for given in ("x", "0", "9999999999999", "²")} == {404}


def test_one_late_proposal_admitted_and_that_taken_back(c, at):
    at(CLOSES + timedelta(hours=1))
    late, other = make.submitted(c), make.submitted(c)
    at(CLOSES - timedelta(hours=1))
    in_time = make.submitted(c)
    at(CLOSES + timedelta(hours=2))
    with pytest.raises(Refused) as refused:
        perform(ProposalAct.ADMIT_LATE, in_time, c.staff, REASON)
    assert refused.value.code == "on_time"
    with pytest.raises(Refused):
        perform(ProposalAct.ADMIT_LATE, late, c.staff, {"reason": ""})
    event = perform(ProposalAct.ADMIT_LATE, late, c.staff, REASON)
    assert (event.reason, timing(late), timing(other)) == (REASON["reason"], Timing.PLENARY, Timing.ADJOURNED)
    row = Proposal.objects.for_acting().with_roles_of(c.head).get(pk=late.pk)
    assert {o.act for o in available(row, c.head) if not o.blocked} & {"admit_late", "revoke_admission"} == {
        "revoke_admission"
    }
    perform(ProposalAct.REVOKE_ADMISSION, late, c.head, REASON)
    assert (timing(late), Proposal.objects.get(pk=late.pk).admitted_late) == (Timing.ADJOURNED, False)
    with pytest.raises(Refused):
        perform(ProposalAct.REVOKE_ADMISSION, late, c.head, REASON)
    perform(ProposalAct.ADMIT_LATE, late, c.staff, REASON)
    review = {"recommendation": "file", "business_category": c.business.pk}
    perform(ProposalAct.PRE_REVIEW, late, c.reviewer, review)
    perform(ProposalAct.FILE, late, c.head, {})
    with pytest.raises(Refused):
        perform(ProposalAct.REVOKE_ADMISSION, late, c.head, REASON)
