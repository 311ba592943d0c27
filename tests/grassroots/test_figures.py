"""Every number of the overview equals the rows behind it, for everybody who may see it."""

from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from grassroots import figures
from grassroots.acts import Act
from grassroots.figures import FIGURES, Asked
from grassroots.models import Matter, Meeting
from members.periods import today
from tests.exports.taking import sheet_of
from tests.factories import grassroots as make
from workflow.engine import perform

pytestmark = pytest.mark.django_db
PAGE = "/grassroots/figures/"


@pytest.fixture
def busy(c, r):
    """Matters of two rooms in many states, one of last year."""
    for to in ("waiting", "closed", "handling", "done"):
        make.matter(r, to)
    make.matter(r, "closed", venue=r.town)
    old = make.matter(r, "closed", venue=r.town, title="去年的事")
    Matter.objects.filter(pk=old.pk).update(received_at=old.received_at - timedelta(days=366))
    perform(Act.PASS_UP, make.taken(r).matter, r.host, {"reason": "请上级协商"})
    return r


def counted(user, asked: Asked) -> dict:
    return {f.key: figures.total(f, figures.scope_of(user), asked) for f in FIGURES}


def test_totals_are_sums_and_equal_their_rows(c, busy):
    r, year = busy, today().year
    everything = counted(r.officer, Asked())
    assert everything == {
        "rooms": 3, "matters": 7, "meetings": 5, "people": 40, "consensus": 10, "solved": 4, "rated": 3, "satisfied": 3,
        "fair": 0, "dissatisfied": 0,
    }  # fmt: skip
    assert counted(r.officer, Asked(year))["matters"] == 6
    assert counted(r.town_host, Asked()) == everything | {"rooms": 2}
    assert counted(r.host, Asked())["matters"] == 4
    assert set(counted(c.author, Asked()).values()) == {0}
    scope = figures.scope_of(r.officer)
    for asked in (Asked(), Asked(year), Asked(year, township=str(r.township.pk)), Asked(township="county")):
        both = figures.tables(scope, asked)
        tables = (both.places, both.months)
        for figure in FIGURES:
            rows = figures.population(figure, scope, asked)
            total = sum(row.people for row in rows) if figure.weight is not None else rows.count()
            assert total == figures.total(figure, scope, asked)
            for table in tables if figure.base != "rooms" else tables[:1]:
                assert sum(line.get(figure.key, 0) for line in table.values()) == total, (figure.key, asked)


def test_every_number_of_the_page_leads_to_as_many_rows(c, busy, browse):
    client = browse(busy.officer)
    page = client.get(f"{PAGE}?year=all")
    seen = 0
    for table in page.context["tables"]:
        for row in table["rows"]:
            for cell in row["cells"]:
                behind = client.get(cell["href"])
                lines = behind.context["lines"]
                value = sum(line["cells"][-1] for line in lines) if "people" in cell["href"] else len(lines)
                assert (value, behind.context["total"]) == (cell["value"], cell["value"]), cell["href"]
                seen += bool(cell["value"])
    assert seen > 20
    book = load_workbook(BytesIO(client.get("/grassroots/figures.xlsx?year=all").content))
    assert [sheet.title for sheet in book] == ["按乡镇", "按月"]
    assert [cell.value for cell in book["按乡镇"][book["按乡镇"].max_row]][:4] == ["合计", 3, 7, 5]
    rows = sheet_of(client, "consultation-figures", "figure=people&year=all")
    assert rows.max_row == 2 + Meeting.objects.filter(signed_at__isnull=False).count()


def test_who_may_see_them_and_nonsense(c, busy, browse):
    assert [browse(user).get(PAGE).status_code for user in (c.author, c.operator, busy.host, busy.officer)] == [
        403,
        403,
        200,
        200,
    ]
    client = browse(busy.officer)
    for query in ("year=x", "year=99999999999", "month=13", "township=abc", "township=" + "9" * 30, "year=%00"):
        assert client.get(f"{PAGE}?{query}").status_code == 200
    assert client.get(f"{PAGE}rows/nothing/").status_code == 404


def test_a_fixed_number_of_queries(c, busy, browse, django_assert_max_num_queries):
    client = browse(busy.officer)
    client.get(PAGE)
    for path in (PAGE, f"{PAGE}rows/matters/?year=all", f"{PAGE}rows/ratings/?year=all"):
        with django_assert_max_num_queries(12):
            client.get(path)
