"""年度定稿: signed once by the head, never changed, compared with today, on paper, released; and the monthly figures."""

import io
from datetime import datetime, timedelta

import pytest
from django.db import InternalError, transaction
from django.db.utils import DatabaseError
from django.test import Client
from django.utils import timezone
from docx import Document
from openpyxl import load_workbook

from members.periods import today
from notices.emails import compose
from notices.models import Delivery, Message
from reports import monthly
from reports.figures import snapshots
from reports.figures.sight import reader_of
from reports.models import FigureSnapshot, MonthlyNotice, MonthlyRecipient
from reports.tasks import send_monthly_figures
from tests.factories import consultations, grassroots, people
from tests.factories import county as make
from workflow.errors import NotAllowed, TooLate

pytestmark = pytest.mark.django_db


@pytest.fixture
def c():
    return make.county()


@pytest.fixture
def clock(monkeypatch):
    """Sets the time: `clock(2026, 12, 31)`."""

    def put(year: int, month: int, day: int, hour: int = 10, minute: int = 0) -> None:
        moment = datetime(year, month, day, hour, minute, tzinfo=people.SHANGHAI)
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return put


def of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_year_is_signed_once_and_stays(c, clock):
    case = make.rated_and_published(c).proposal
    year = today().year
    clock(year, 12, 30)
    with pytest.raises(TooLate):
        snapshots.freeze(year, c.head)
    clock(year, 12, 31)
    with pytest.raises(NotAllowed):
        snapshots.freeze(year, c.staff)
    client, address = of(c.head), f"/reports/figures/years/{year}/"
    assert "（待定稿）" in client.get(address).content.decode()
    assert client.post(f"{address}sign/", {}).status_code == 302 and not FigureSnapshot.objects.exists()
    assert client.post(f"{address}sign/", {"checked": "yes"}).status_code == 302
    row = FigureSnapshot.objects.get()
    kept = {one["key"]: one for one in row.values}
    assert (row.year, row.signed_by, kept["received"]["part"], kept["reply_rate"]["shown"]) == (
        year,
        c.head,
        1,
        "100.0%",
    )
    assert client.post(f"{address}sign/", {"checked": "yes"}).status_code == 409
    _cannot_be_changed(row)
    _compared(c, row, case, client, address)
    _on_paper(c, row, client, address)
    _released(c, client, address, year)


def _cannot_be_changed(row: FigureSnapshot) -> None:
    for change in (lambda: FigureSnapshot.objects.update(signed_name="别人"), row.delete):
        with pytest.raises((InternalError, DatabaseError)), transaction.atomic():
            change()
    assert snapshots.is_whole(FigureSnapshot.objects.get())
    row.values[0]["part"] = 99
    assert not snapshots.is_whole(row)
    row.refresh_from_db()


def _compared(c, row, case, client, address: str) -> None:
    reader = reader_of(c.head)
    assert [one.was.key for one in snapshots.differences(row, reader) if not one.is_same] == []
    assert "和定稿完全一样" in client.get(f"{address}?compare=1").content.decode()
    type(case).objects.filter(pk=case.pk).update(kind="joint")
    changed = [
        (one.was.name, one.was.part, one.now.part) for one in snapshots.differences(row, reader) if not one.is_same
    ]
    assert changed == [("个人提案", 1, 0), ("联名提案", 0, 1)]
    assert "2 个指标和定稿时不同" in client.get(f"{address}?compare=1").content.decode()


def _on_paper(c, row, client, address: str) -> None:
    paper = Document(io.BytesIO(client.get(f"{address}?file=docx").content))
    text = [line.text for line in paper.paragraphs]
    assert text[0] == f"政协西平县委员会{row.year}年度统计" and f"校验值：{row.digest}" in text
    sheet = load_workbook(io.BytesIO(client.get(f"{address}?file=xlsx").content)).active
    assert [cell.value for cell in sheet[3]][:4] == ["提案", "收到", 1, "件"]
    cells = {line[1].value: line[2] for line in sheet.iter_rows(min_row=3) if line[1].value}
    shares = [cells[name] for name in ("立案率", "办复率", "办理结果满意率")]
    assert [(cell.value, cell.data_type, cell.number_format) for cell in shares] == [(1, "n", "0.0%")] * 3
    assert cells["协商成果落实率"].value == "—"
    leader = people.holder(people.organization("leadership", "县领导"), "head", "高远")
    page = of(leader).get(address).content.decode()
    assert "办复率" in page and "办理结果满意率" not in page
    assert of(c.operator).get(address).status_code == 403
    _to_each_the_kinds_of_figures_that_are_theirs(c, client, address)


def _to_each_the_kinds_of_figures_that_are_theirs(c, client, address: str) -> None:
    """A dispatch office reads no figures of 社情民意: not in a signed year either, and none counts as changed."""
    assert (
        "采用率" in client.get(address).content.decode(),
        "采用率" in of(c.dispatch).get(address).content.decode(),
    ) == (True, False)
    assert "已不再统计" not in of(c.dispatch).get(f"{address}?compare=1").content.decode()


@pytest.mark.parametrize("year", [1, 1990, 9999, 10**30])
def test_no_other_year_can_be_signed(c, year):
    """Of the four years before this one and this one, when it is over; a signed one could never be taken back."""
    answer = of(c.head).post(f"/reports/figures/years/{year}/sign/", {"checked": "yes"})
    assert (answer.status_code, FigureSnapshot.objects.count()) == (404, 0)


def _released(c, client, address: str, year: int) -> None:
    assert "还没有公布年度统计" in Client().get("/public/figures/").content.decode()
    assert of(c.staff).post(f"{address}release/", {"do": "release"}).status_code == 403
    for _twice in range(2):
        assert client.post(f"{address}release/", {"do": "release"}).status_code == 302
    page = Client().get("/public/figures/").content.decode()
    assert f"{year}年提案工作统计" in page and "办复率" in page and "没有履职记录" not in page and "/rows/" not in page
    _drawn(c, client, page, year)
    client.post(f"{address}release/", {"do": "withdraw"})
    assert "还没有公布年度统计" in Client().get("/public/figures/").content.decode()


def test_what_is_signed_counts_all_rooms_and_consultations(c):
    """Whoever signs or looks on: a host's own page counts the rooms below only, the draft all of them."""
    rooms = grassroots.rooms()
    grassroots.matter(rooms)
    consultations.answered(c)
    everybody = [snapshots.draft(today().year, reader_of(user)) for user in (c.head, rooms.officer, rooms.host)]
    wanted = {"grassroots_rooms": 3, "grassroots_matters": 1, "items_all": 1, "conversion_rate": 1}
    for draft in everybody:
        found = {one["key"]: one["part"] for one in draft if one["key"] in wanted}
        assert found == {key: wanted[key] for key in found}
    assert {one["key"] for one in everybody[2] if one["key"] in wanted} >= {"grassroots_rooms", "grassroots_matters"}


def _drawn(c, client, page: str, year: int) -> None:
    """From the frozen values, each picture with its table; the year before beside them; the list counts the same."""
    context = Client().get("/public/figures/").context
    assert (context["by_category"], context["before"]) == ([{"label": "教科文卫体", "value": 1}], None)
    assert [one["value"] for one in context["results"]] == [1, 0, 0, 0] and page.count('<figure class="chart">') == 2
    [published] = context["published"]
    listed = Client().get(published["href"]).context["page"].paginator.count
    assert (published["label"], published["count"], listed) == ("教科文卫体", 1, 1)
    assert Client().get(published["href"].replace(str(year), str(year - 1))).context["page"].paginator.count == 0
    address = f"/reports/figures/years/{year - 1}/"
    client.post(f"{address}sign/", {"checked": "yes"})
    client.post(f"{address}release/", {"do": "release"})
    page = Client().get("/public/figures/")
    assert (
        page.context["before"].year == year - 1
        and f'<th scope="col" class="table__number">{year - 1}年</th>' in page.content.decode()
    )
    assert (Client().get(f"/public/figures/?year={year - 1}").context["by_category"]) == []
    client.post(f"{address}release/", {"do": "withdraw"})


def test_the_month_is_told_once_on_its_first_working_day(c, clock):
    make.filed(c)
    month = (today().replace(day=1) + timedelta(days=32)).replace(day=1)
    client = of(c.staff)
    assert client.post("/reports/figures/monthly/", {"users": [c.staff.pk, c.head.pk]}).status_code == 302
    assert client.post("/reports/figures/monthly/", {"users": [c.author.pk]}).status_code == 400
    assert client.post("/reports/figures/monthly/", {"users": ["x"]}).status_code == 400
    assert set(MonthlyRecipient.objects.values_list("user", flat=True)) == {c.staff.pk, c.head.pk}
    Message.objects.all().delete()
    due = timezone.localtime(monthly.due_at(month))
    assert (due.hour, due.minute, due.year, due.month) == (8, 30, month.year, month.month)
    clock(due.year, due.month, due.day, 8, 29)
    assert send_monthly_figures() == 0
    clock(due.year, due.month, due.day, 8, 30)
    assert (send_monthly_figures(), send_monthly_figures()) == (2, 0)
    end = month - timedelta(days=1)
    [subject] = set(Message.objects.values_list("subject", flat=True))
    assert subject == f"{end.year}年{end.month}月提案统计：十一届四次会议累计收到1件、立案1件、已答复0件"
    told = Message.objects.filter(recipient=c.staff).get()
    assert "立案 1 件，比上月末 +1" in told.body and "关于" not in told.subject + told.body
    assert of(c.staff).get(told.url).status_code == 200 and MonthlyNotice.objects.count() == 2
    mailed(c, told, end)


def mailed(c, told: Message, end) -> None:
    """The mail brings the same figures as real numbers, and nothing to who does not read them or of a broken message."""
    [(name, content, kind)] = files(told, c.staff)
    assert (name, kind.rpartition(".")[2]) == (f"{end.year}年{end.month}月提案统计.xlsx", "sheet")
    rows = list(load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))
    assert rows[0][0].endswith(f"（十一届四次会议累计，截至{end.year}年{end.month}月{end.day}日）")
    assert rows[1] == ("指标", "本月末", "上月末", "增减", "单位", "分子", "分母")
    told_rows = {row[0]: row[1:] for row in rows[2:]}
    assert told_rows["立案"] == (1, 0, 1, "件", None, None)
    assert told_rows["办复率"] == ("—", "—", "—", "%", 0, 0)
    assert "关于" not in str(rows) and len(rows) == 2 + len(monthly.SHOWN)
    assert files(told, c.author) == []
    assert files(Message(pk=1, recipient=c.staff, facts={"file": "monthly", "until": "x"}), c.staff) == []
    assert files(Message(pk=1, recipient=c.staff, facts={}), c.staff) == []


def files(message: Message, user) -> list:
    delivery = Delivery(message=message, message_id=message.pk, recipient=user, address="a@example.com")
    return [(one.filename, one.content, one.mimetype) for one in compose(delivery, None).attachments]


def test_chosen_later_or_no_longer_in_office_is_told_nothing(c, clock):
    month = (today().replace(day=1) + timedelta(days=32)).replace(day=1)
    due = timezone.localtime(monthly.due_at(month))
    MonthlyRecipient.objects.create(user=c.staff, added_at=due + timedelta(minutes=1))
    MonthlyRecipient.objects.create(user=c.author)
    clock(due.year, due.month, due.day, 9)
    assert monthly.send_due() == 0
