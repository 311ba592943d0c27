"""督: urging one, some and all, once a day; letters with numbers that have no gap; lists that equal their figures."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from docx import Document

from members.periods import today
from notices.models import Outbox
from proposals import urging
from proposals.acts import AssignmentAct
from proposals.audiences import notices_for
from proposals.effects.wiping import WIPED, wipe_handling
from proposals.models import Assignment, NoticeCode, PaperExport, Reply, Urge, UrgeNotice
from tests.exports.taking import sheet_of
from tests.factories import county as make
from tests.factories import people
from workflow.engine import perform
from workflow.errors import NotAllowed, Refused
from workflow.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def browse():
    def log_in(user) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return log_in


def lapse(share: Assignment, **days: int) -> Assignment:
    """Let the dates of a share lie so many days back."""
    Assignment.objects.filter(pk=share.pk).update(
        **{f"{name}_due_on": today() - timedelta(days=n) for name, n in days.items()}
    )
    return share


def late_share(c, unit=None, **days) -> Assignment:
    proposal = make.assigned(c, title="关于疏通排水管网的提案")
    return lapse(make.share(proposal, unit or c.unit), **(days or {"sign": 3}))


def urge(share, user, kind="urge", reason="请尽快签收"):
    return perform(AssignmentAct.URGE, share, user, {"kind": kind, "reason": reason})


def code(act, *args) -> str:
    with pytest.raises(Refused) as refused:
        act(*args)
    return refused.value.code


def test_one_case_once_a_day(c, browse):
    share, on_time = late_share(c), make.share(make.assigned(c), c.unit)
    assert code(urge, on_time, c.dispatch) == "not_late"
    urge(on_time, c.dispatch, "remind")
    event = urge(share, c.staff)
    assert (event.label, event.reason, Outbox.objects.filter(event=event).count()) == ("催办", "请尽快签收", 1)
    assert code(urge, share, c.dispatch) == "urged_today"
    kept = Urge.objects.get(assignment=share)
    assert (kept.kind, kept.step, kept.by, kept.due_on) == ("urge", "sign", c.staff, today() - timedelta(days=3))
    assert Urge.objects.get(assignment=on_time).step == ""
    Urge.objects.update(on=today() - timedelta(days=1))
    urge(share, c.head)
    told = f"已催办 2 次，最近 {today().month}月{today().day}日"
    assert told in browse(c.operator).get(f"/proposals/{share.proposal_id}/").text
    assert told in browse(c.operator).get("/").text
    assert told in browse(c.author).get(f"/proposals/{share.proposal_id}/").text
    with pytest.raises(NotAllowed):
        urge(share, c.operator)


def test_a_reply_that_is_to_be_checked_is_not_the_units_to_hasten(c):
    share = make.signed(c)
    make.checked(c, share)
    Assignment.objects.filter(pk=share.pk).update(due_on=today() - timedelta(days=3))
    Reply.objects.update(checked_at=None)
    assert code(urge, share, c.staff) == "with_dispatch"
    Reply.objects.update(checked_at=timezone.now())
    urge(share, c.staff)


def test_a_wiped_letter_does_not_become_another_one(c):
    """Its words go with the case, also from the other cases it was about; one of the usual words stays so."""
    shares = [late_share(c), late_share(c)]
    required = today() + timedelta(days=10)
    urging.issue(c.staff, people_committee(c), c.unit, shares, required, "请按密件甲办理。")
    Urge.objects.update(on=today() - timedelta(days=1))
    urging.issue(c.staff, people_committee(c), c.unit, shares[:1], required)
    wipe_handling(Assignment.objects.filter(pk=shares[0].pk))
    assert list(UrgeNotice.objects.order_by("pk").values_list("text", flat=True)) == [WIPED, ""]
    assert set(Urge.objects.values_list("text", flat=True)) == {""}


def test_who_is_told(c):
    told = notices_for(urge(late_share(c), c.staff))
    assert {notice.user_id for notice in told} == {c.operator.pk, c.leader.pk}
    assert told[0].body.splitlines()[0].startswith("催办：签收已逾期（期限")
    assert told[0].body.splitlines()[1] == "催办内容：请尽快签收"


def test_some_and_all_with_a_result_for_each_row(c, browse):
    shares = [late_share(c) for _ in range(3)]
    on_time = make.share(make.assigned(c), c.unit)
    urge(shares[0], c.staff)
    page = browse(c.dispatch)
    listed = page.get("/proposals/late/").text
    assert [f'value="{share.pk}-' in listed for share in (*shares, on_time)] == [True, True, True, False]
    ticked = {"rows": [shares[0].pk, shares[1].pk, on_time.pk], "back": ""}
    asked = page.post("/proposals/late/urge/", ticked)
    assert ("催办：3 件" in asked.text, "没有逾期，只能提醒" in asked.text) == (True, True)
    done = page.post(
        "/proposals/late/urge/", {**ticked, "confirmed": "1", "kind": "urge", "reason": ""}, follow=True
    ).text
    assert "催办：成功 1 件，没有办成 2 件" in done
    assert ("今天已经催办过，一件一天只催一次。" in done, "这件还没有逾期，不能催办。" in done) == (True, True)
    everything = {"all": "1", "back": f"unit={c.unit.pk}&step=sign"}
    asked = page.post("/proposals/late/urge/", everything)
    assert "催办：3 件" in asked.text
    done = page.post("/proposals/late/urge/", {**everything, "confirmed": "1", "kind": "urge"}, follow=True).text
    assert "催办：成功 1 件，没有办成 2 件" in done
    assert set(Urge.objects.values_list("assignment", flat=True)) == {share.pk for share in shares}
    assert page.post("/proposals/late/urge/", {"rows": ["x"], "kind": "?"}, follow=True).status_code == 200
    assert browse(c.operator).get("/proposals/late/").status_code == 403
    assert browse(c.reviewer).post("/proposals/late/urge/", everything).status_code == 403


def test_letters_are_numbered_without_a_gap(c, browse):
    """One for each unit; a letter that nobody could be urged by takes no number."""
    two = [late_share(c), late_share(c)]
    proposal = make.assigned(c, division="separate")
    other = lapse(make.share(proposal, c.other_unit), sign=9)
    page = browse(c.staff)
    marks = {"rows": [share.pk for share in (*two, other)], "back": ""}
    assert "2 个单位" in page.post("/proposals/late/notices/issue/", marks).text
    given = {**marks, "confirmed": "1", "issuer": people_committee(c).pk, "text": "请于月底前办结。"}
    wrong = page.post("/proposals/late/notices/issue/", {**given, "required_on": str(today())})
    assert (wrong.status_code, UrgeNotice.objects.count()) == (400, 0)
    required = today() + timedelta(days=10)
    done = page.post("/proposals/late/notices/issue/", {**given, "required_on": str(required)}, follow=True)
    year = today().year
    assert f"西政协提督〔{year}〕1号、西政协提督〔{year}〕2号" in done.text
    assert sorted(UrgeNotice.objects.values_list("serial", "unit__name")) == [
        (1, c.other_unit.name),
        (2, c.unit.name),
    ]
    assert Urge.objects.filter(kind="notice", notice__unit=c.unit).count() == 2
    assert Event.objects.filter(act="urge", data__shown__contains=[["文号", f"西政协提督〔{year}〕2号"]]).count() == 2
    again = page.post("/proposals/late/notices/issue/", {**given, "required_on": str(required)}, follow=True).text
    assert ("今天已经催办过" in again, UrgeNotice.objects.count()) == (True, 2)
    Urge.objects.update(on=today() - timedelta(days=1))
    NoticeCode.objects.create(issuer=c.dispatch.person.appointments.get().organization, code="西政办督")
    notice, _results = urging.issue(
        c.dispatch, c.dispatch.person.appointments.get().organization, c.unit, two, required
    )  # fmt: skip
    third = late_share(c)
    own, _results = urging.issue(c.staff, people_committee(c), c.unit, [third], required)
    assert (notice.number, own.number) == (f"西政办督〔{year}〕1号", f"西政协提督〔{year}〕3号")
    with pytest.raises(NotAllowed):
        urging.issue(c.staff, notice.issuer, c.unit, [third], required)


def people_committee(c):
    return c.staff.person.appointments.get().organization


def test_what_a_letter_says(c, browse):
    shares = [late_share(c, sign=3), late_share(c, sign=8)]
    required = today() + timedelta(days=10)
    notice, _results = urging.issue(c.staff, people_committee(c), c.unit, shares, required, "请于月底前办结。")
    answer = browse(c.operator).get(f"/proposals/late/notices/{notice.pk}/")
    paper = Document(io.BytesIO(answer.content))
    words = [line.text for line in paper.paragraphs if line.text]
    assert words[:3] == [notice.number, "提案督办通知书", f"{c.unit.name}："]
    assert "请于月底前办结。" in words
    assert f"以上提案请于{required.year}年{required.month}月{required.day}日前办结" in "".join(words)
    rows = [[cell.text for cell in row.cells] for row in paper.tables[0].rows]
    assert rows[0] == ["案号", "案由", "逾期事项", "期限", "逾期"]
    assert [row[2:] for row in rows[1:]] == [
        ["签收", f"{today() - timedelta(days=n):%Y-%m-%d}", f"{n} 天"] for n in (8, 3)
    ]
    assert PaperExport.objects.get().what == f"督办通知书 {notice.number}"
    assert browse(c.other_operator).get(f"/proposals/late/notices/{notice.pk}/").status_code == 404
    archive = b"".join(browse(c.staff).get(f"/proposals/late/notices/zip/?id={notice.pk}").streaming_content)
    assert zipfile.ZipFile(io.BytesIO(archive)).namelist() == [f"{notice.number}_{c.unit.name}.docx"]
    assert notice.number in browse(c.operator).get("/proposals/late/notices/").text


def test_the_figures_equal_their_lists(c, browse):
    """Each figure of the units' overview and of the black list leads to as many rows."""
    black = late_share(c, sign=170)
    Assignment.objects.filter(pk=black.pk).update(first_assigned_at=timezone.now() - timedelta(days=200))
    edge = make.share(make.assigned(c), c.unit)
    Assignment.objects.filter(pk=edge.pk).update(first_assigned_at=timezone.now() - timedelta(days=180))
    signed = make.signed(c)
    Assignment.objects.filter(pk=signed.pk).update(contact_due_on=today() - timedelta(days=2))
    urge(black, c.staff)
    page = browse(c.dispatch)
    overview = page.get("/proposals/late/units/")
    lines = overview.context["lines"]
    counts = {label: count for label, count, _href in lines[0]["counts"]}
    assert counts == {"待签收": 2, "逾期未签收": 1, "在办": 1, "未按期": 2, "超过六个月未答复": 1, "已催办": 1}
    for _label, count, href in (*lines[0]["counts"], *overview.context["totals"]):
        assert page.get(href).context["count"] == count
    shown = page.get("/proposals/late/black/")
    assert (shown.context["count"], [len(one["lines"]) for one in shown.context["units"]]) == (1, [1])
    assert page.get("/proposals/late/?light=black").context["count"] == 1
    assert page.get("/proposals/late/?step=first_contact&days=7").context["count"] == 0
    assert page.get("/proposals/late/?step=first_contact").context["count"] == 1
    assert (
        page.get("/proposals/late/?step=commitment", follow=True)
        .redirect_chain[0][0]
        .startswith("/proposals/commitments/?due=overdue")
    )
    assert page.get("/proposals/late/?light=%00&days=x&unit=9").status_code == 200
    assert sheet_of(page, "black").max_row == 2 + shown.context["count"]


@pytest.mark.parametrize(
    "path", ["/proposals/late/", "/proposals/late/units/", "/proposals/late/black/", "/proposals/late/notices/"]
)
def test_pages_cost_the_same_for_one_row_and_three(c, browse, path):
    page, found = browse(c.staff), []
    page.get(path)
    for _ in range(2):
        share = late_share(c, sign=170)
        Assignment.objects.filter(pk=share.pk).update(first_assigned_at=timezone.now() - timedelta(days=200))
        urging.issue(c.staff, people_committee(c), c.unit, [share], today() + timedelta(days=9))
        late_share(c)
        with CaptureQueriesContext(connection) as captured:
            assert page.get(path).status_code == 200
        found.append(len(captured))
    assert found[0] == found[1] <= 12
    print(path, found)


def test_another_system_is_not_to_be_seen(c, browse):
    share = late_share(c)
    office = people.organization("dispatch", "县委督查室", system="party")
    stranger = people.holder(office, "staff", "薛东")
    assert browse(stranger).get("/proposals/late/").context["count"] == 0
    assert browse(stranger).get("/proposals/late/units/").context["lines"] == []
    assert code(urge, share, stranger) == "not_found"
