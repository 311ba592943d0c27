"""承办单位考核: figures worked out by hand, the rows behind each, ranks, weights, papers, who sees what."""

import io
import re

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from docx import Document
from openpyxl import load_workbook

from members.models import Organization
from members.periods import today
from proposals.models import PaperExport
from reports.assessment import figures, listing, population, scoring
from reports.assessment.measures import COUNTED, MEASURES, MET, MISSED, UNRECORDED, WAITING
from reports.assessment.period import choices, of_session, of_year
from reports.models import AssessmentScheme, AssessmentWeight, check_sum
from tests.documents.changed import OWN_LINE, change
from tests.factories import county as make
from tests.factories import people

from . import units as ledger

pytestmark = pytest.mark.django_db

# unit: (承办, 会办, {measure: (达到, 计入, 未登记, 未到期, 比率)}), by hand from the ledger above.
BY_HAND = {
    "县教育局": (6, 0, {
        "sign": (5, 6, 0, 0, "83.3%"), "contact": (5, 6, 0, 0, "83.3%"), "on_time": (4, 5, 0, 1, "80.0%"),
        "adopted": (5, 7, 0, 0, "71.4%"), "resolved": (3, 5, 0, 0, "60.0%"), "returned": (4, 5, 0, 0, "80.0%"),
        "attitude_satisfied": (3, 4, 0, 0, "75.0%"), "attitude": (4, 4, 0, 0, "100.0%"),
        "result_satisfied": (2, 4, 0, 0, "50.0%"), "result": (3, 4, 0, 0, "75.0%"),
    }),
    "县财政局": (5, 0, {
        "sign": (0, 0, 5, 0, "—"), "contact": (0, 0, 5, 0, "—"), "on_time": (3, 4, 1, 0, "75.0%"),
        "adopted": (0, 0, 4, 0, "—"), "resolved": (2, 3, 1, 0, "66.7%"), "returned": (3, 3, 1, 0, "100.0%"),
        "attitude_satisfied": (1, 2, 1, 0, "50.0%"), "attitude": (1, 2, 1, 0, "50.0%"),
        "result_satisfied": (1, 3, 0, 0, "33.3%"), "result": (2, 3, 0, 0, "66.7%"),
    }),
    "县水利局": (5, 0, {measure.key: (5, 5, 0, 0, "100.0%") for measure in MEASURES}),
    "县民政局": (4, 0, {
        "sign": (4, 4, 0, 0, "100.0%"), "contact": (4, 4, 0, 0, "100.0%"), "on_time": (3, 3, 0, 1, "100.0%"),
        "adopted": (3, 4, 0, 0, "75.0%"), "resolved": (3, 4, 0, 0, "75.0%"), "returned": (4, 4, 0, 0, "100.0%"),
        **dict.fromkeys(("attitude_satisfied", "attitude", "result_satisfied", "result"), (3, 4, 0, 0, "75.0%")),
    }),
    "县公安局": (0, 2, {"sign": (1, 2, 0, 0, "50.0%")}),
    "县司法局": (6, 0, {
        "sign": (0, 5, 0, 1, "0.0%"), "contact": (0, 5, 0, 1, "0.0%"), "on_time": (0, 5, 0, 1, "0.0%"),
    }),
}  # fmt: skip
SCORES = [
    (1, "县水利局", "100.0", ""), (2, "县教育局", "80.2", ""), (3, "县财政局", "66.0", ""), (4, "县司法局", "0.0", ""),
    (None, "县民政局", "87.5", "承办 4 件，不足 5 件，不参加排名"),
    (None, "县公安局", "None", "承办 0 件，另会办 2 件，不足 5 件，不参加排名"),
]  # fmt: skip
NOTHING = (0, 0, 0, 0, "—")


@pytest.fixture
def c():
    return make.county()


@pytest.fixture
def units(c):
    return ledger.enter(c)


def of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def shares(blind: bool = False):
    return population.shares(of_year(ledger.YEAR), today(), blind)


def told(figure) -> tuple:
    return figure.met, figure.whole, figure.unrecorded, figure.waiting, figure.share


def test_every_figure_is_the_one_worked_out_by_hand(c, units, django_assert_num_queries):
    with django_assert_num_queries(2):
        found = figures.results(shares())
    assert {
        name: (found[unit.pk].handled, found[unit.pk].assisted, {k: told(f) for k, f in found[unit.pk].figures.items()})
        for name, unit in units.items()
    } == {
        name: (handled, assisted, {m.key: known.get(m.key, NOTHING) for m in MEASURES})
        for name, (handled, assisted, known) in BY_HAND.items()
    }
    together = figures.total(found.values())
    assert (together.handled, together.assisted, told(together.figures["sign"])) == (26, 2, (15, 22, 5, 1, "68.2%"))
    assert figures.results(population.shares(of_session(c.session), today())) == found
    assert figures.results(population.shares(of_year(ledger.YEAR - 1), today())) == {}


def test_behind_every_number_are_exactly_so_many_rows(c, units):
    """Numerator, denominator and what was left out, for each unit and measure; together they are all that was asked."""
    found, rows = figures.results(shares()), shares()
    counts = {
        (name, m.key, part): listing.behind(rows.filter(unit=unit), m.key, part).count()
        for name, unit in units.items() for m in MEASURES for part in (MET, COUNTED, MISSED, UNRECORDED, WAITING)
    }  # fmt: skip
    for name, unit in units.items():
        for figure in found[unit.pk].figures.values():
            shown = [counts[name, figure.key, part] for part in (MET, COUNTED, MISSED, UNRECORDED, WAITING)]
            wanted = [figure.met, figure.whole, figure.whole - figure.met, figure.unrecorded, figure.waiting]
            assert (name, figure.key, shown) == (name, figure.key, wanted)
    client, education = of(c.staff), units["县教育局"]
    page = client.get(f"/reports/units/rows/adopted/met/?period={ledger.YEAR}&unit={education.pk}").content.decode()
    assert "共 5 条" in page and len(re.findall(r"建议\d：采纳", page)) == 5
    page = client.get(f"/reports/units/rows/on_time/missed/?period={ledger.YEAR}").content.decode()
    assert "共 7 件" in page and page.count("逾期未复") == 5 and page.count("第103件提案") == 1
    page = client.get(f"/reports/units/rows/handled/all/?period={ledger.YEAR}&unit={education.pk}").content.decode()
    assert "共 6 件" in page


def test_scores_and_ranks(units):
    found = figures.results(shares())
    weights = scoring.weights_for(ledger.YEAR)
    assert weights.is_whole and weights.by_key == scoring.USUAL
    lines = scoring.lines(Organization.objects.in_bulk(list(found)), found, weights)
    assert [(x.rank, str(x.unit), str(x.score), x.why_not) for x in lines] == SCORES
    scheme = AssessmentScheme.objects.create(valid_from=ledger.YEAR, basis="考核办法")
    AssessmentWeight.objects.create(scheme=scheme, measure="on_time", weight=100)
    lines = scoring.lines(Organization.objects.in_bulk(list(found)), found, scoring.weights_for(ledger.YEAR))
    assert [(x.rank, str(x.unit), str(x.score)) for x in lines[:4]] == [
        (1, "县水利局", "100.0"), (2, "县教育局", "80.0"), (3, "县财政局", "75.0"), (4, "县司法局", "0.0"),
    ]  # fmt: skip
    assert scoring.weights_for(ledger.YEAR - 1).by_key == scoring.USUAL


def test_a_unit_is_not_told_what_it_may_not_know_yet(c, units):
    """The rating of 第105件 is not due yet: the unit that has to rate the proposal must not see it."""
    education = figures.results(shares(blind=True))[units["县教育局"].pk].figures
    blind = {key: told(education[key]) for key in ("returned", "attitude", "attitude_satisfied", "result")}
    assert blind == {
        "returned": (3, 4, 0, 1, "75.0%"), "attitude": (3, 3, 0, 0, "100.0%"),
        "attitude_satisfied": (2, 3, 0, 0, "66.7%"), "result": (2, 3, 0, 0, "66.7%"),
    }  # fmt: skip
    address = f"/reports/units/{units['县教育局'].pk}/?period={ledger.YEAR}"
    mine, theirs = (of(user).get(address).content.decode() for user in (c.operator, c.staff))
    assert (mine.count("态度满意，结果满意"), theirs.count("态度满意，结果满意")) == (1, 2)
    leader = people.holder(people.organization("leadership", "县领导"), "head", "高远")
    for user in (c.dispatch, leader):  # over the units, and waiting like them
        listed = of(user).get(f"/reports/units/?period={ledger.YEAR}").content.decode()
        rows = of(user).get(f"/reports/units/rows/returned/met/?period={ledger.YEAR}&unit={units['县教育局'].pk}")
        assert (of(user).get(address).content.decode().count("态度满意，结果满意"), "期限过后才计入" in listed) == (
            1,
            True,
        )
        assert "共 3 件" in rows.content.decode()


def test_weights_make_a_hundred(c):
    with pytest.raises(ValidationError) as refused:
        check_sum([60, 30])
    assert refused.value.messages == ["各指标权重合计为 90，应当正好是 100（还差 10）。请调整后再保存。"]
    client, page = of(c.head), "/admin/reports/assessmentscheme/add/"
    data = {
        "valid_from": "2026", "basis": "西协提〔2026〕3号", "weights-TOTAL_FORMS": "2", "weights-INITIAL_FORMS": "0",
        "weights-0-measure": "on_time", "weights-0-weight": "70", "weights-1-measure": "result", "weights-1-weight": "40",
    }  # fmt: skip
    refused = client.post(page, data)
    assert "各指标权重合计为 110，应当正好是 100（多了 10）。请调整后再保存。" in refused.content.decode()
    assert client.post(page, data | {"weights-1-weight": "30"}).status_code == 302
    assert scoring.weights_for(2027).by_key == {"on_time": 70, "result": 30}
    assert scoring.weights_for(2025).by_key == scoring.USUAL
    assert AssessmentScheme.objects.get(valid_from=2026).weights.count() == 2


def test_a_year_of_one_unit_on_paper(c, units):
    address = f"/reports/units/{units['县教育局'].pk}/?period={ledger.YEAR}"
    answer = of(c.head).get(f"{address}&file=docx")
    paper = Document(io.BytesIO(answer.content))
    text = [line.text for line in paper.paragraphs]
    assert text[:2] == [f"县教育局{ledger.YEAR}年政协提案办理情况", "政协西平县委员会提案委员会"]
    assert f"县教育局在{ledger.YEAR}年承办政协提案6件。考核得分80.2分，列第2名。" in text
    measures, cases = paper.tables
    assert [cell.text for cell in measures.rows[3].cells] == ["按期办复率", "80.0%", "4", "5", "0", "1", "25"]
    assert [cell.text for cell in cases.rows[3].cells] == [
        "103", "第103件提案", "独办", f"{ledger.YEAR}-03-02", f"{ledger.YEAR}-03-06", f"{ledger.YEAR}-03-10",
        f"{ledger.YEAR}-06-02", f"{ledger.YEAR}-06-03", "B 类", "态度基本满意，结果不满意",
    ]  # fmt: skip
    sheet = load_workbook(io.BytesIO(of(c.head).get(f"{address}&file=xlsx").content)).active
    assert sheet["A1"].value == f"县教育局{ledger.YEAR}年政协提案办理情况" and sheet["B5"].value == "第103件提案"
    listed = Document(io.BytesIO(of(c.head).get(f"/reports/units/?period={ledger.YEAR}&file=docx").content))
    rows = [[cell.text for cell in row.cells] for row in listed.tables[0].rows]
    assert [row[:3] + row[-1:] for row in rows[1:3]] == [
        ["1", "县水利局", "5", "100.0"],
        ["2", "县教育局", "6", "80.2"],
    ]
    assert rows[-1][1] == "全县平均"
    _numbers_are_numbers(
        load_workbook(io.BytesIO(of(c.head).get(f"/reports/units/?period={ledger.YEAR}&file=xlsx").content)).active
    )
    assert [sheet.cell(sheet.max_row, 1).data_type, [(c.value, c.number_format) for c in _line(sheet, "按期办复率")[1:3]]] == [
        "s", [(0.8, "0.0%"), (4, "General")],
    ]  # fmt: skip
    assert PaperExport.objects.filter(user=c.head).count() == 4
    empty = Document(
        io.BytesIO(of(c.head).get(f"/reports/units/?period={ledger.YEAR}&system=township&file=docx").content)
    )
    assert "这段时间没有可以考核的单位。" in [line.text for line in empty.paragraphs]
    change("unit_assessment", c.head)
    listed = Document(io.BytesIO(of(c.head).get(f"/reports/units/?period={ledger.YEAR}&file=docx").content))
    assert [line.text for line in listed.paragraphs][-1] == OWN_LINE
    assert [[cell.text for cell in row.cells] for row in listed.tables[0].rows] == rows


def _line(sheet, name: str) -> tuple:
    return next(line for line in sheet.iter_rows() if line[0].value == name)


def _numbers_are_numbers(sheet) -> None:
    """Every share is a fraction of 1 that the sheet shows as %, in the list and in the details below it."""
    heads = [cell.value for cell in sheet[2]]
    line = dict(zip(heads, sheet[4], strict=True))
    assert (line["承办单位"].value, line["按期办复率"].value, line["按期办复率"].number_format) == (
        "县教育局",
        0.8,
        "0.0%",
    )
    detail = next(row for row in sheet.iter_rows() if (row[1].value, row[2].value) == ("县教育局", "按期办复率"))
    assert [cell.value for cell in detail[3:6]] == [4, 5, 0.8] and {cell.data_type for cell in detail[3:8]} == {"n"}


def test_who_sees_which_units(c, units):
    """Committee, leaders and the office of all systems: all. An office its systems'. A unit its own and the average."""
    party = people.holder(people.organization("dispatch", "县委督查室", system="party"), "staff", "许涛")
    leader = people.holder(people.organization("leadership", "县领导"), "head", "高远")
    everybody = {**c.roles(), "party_office": party, "leader": leader}
    address = f"/reports/units/?period={ledger.YEAR}"
    seen = {}
    for role, user in everybody.items():
        answer = of(user).get(address)
        page = answer.content.decode()
        seen[role] = (
            [name for name, unit in units.items() if f"/reports/units/{unit.pk}/?" in page]
            if answer.status_code == 200
            else answer.status_code
        )
    all_units = list(units)
    expected = dict.fromkeys(everybody, 403) | {
        "staff": all_units, "head": all_units, "reviewer": all_units, "leader": all_units, "dispatch": all_units,
        "party_office": ["县司法局"], "operator": ["县教育局"], "leader_": None, "other_operator": ["县财政局"],
        "other_leader": ["县财政局"], "third_operator": ["县水利局"],
    }  # fmt: skip
    del expected["leader_"]
    assert seen == expected
    codes = {}
    for role, user in everybody.items():
        client = of(user)
        codes[role] = [client.get(url).status_code for url in (
            f"/reports/units/{units['县财政局'].pk}/", f"/reports/units/{units['县财政局'].pk}/?file=docx",
            f"/reports/units/rows/sign/met/?unit={units['县财政局'].pk}", "/reports/units/rows/sign/met/",
        )]  # fmt: skip
    full, none, own = [200] * 4, [403] * 4, [200, 200, 200, 404]
    assert codes == dict.fromkeys(everybody, none) | {
        "staff": full, "head": full, "reviewer": full, "leader": full, "dispatch": full, "party_office": [404] * 4,
        "operator": [404] * 4, "other_operator": own, "other_leader": own, "third_operator": [404] * 4,
    }  # fmt: skip
    page = of(c.operator).get(address).content.decode()
    assert "全县平均" in page and "县财政局" not in page
    leaders = of(leader).get(f"/reports/units/rows/handled/all/?period={ledger.YEAR}").content.decode()
    assert "共 26 件" in leaders and "第101件提案" not in leaders


def test_a_list_asks_the_same_for_one_unit_and_for_many(c, django_assert_num_queries):
    ledger.enter(c, "县教育局 及 有 及 A 采 满满")
    client, address = of(c.staff), f"/reports/units/?period={ledger.YEAR}"
    one = f"/reports/units/{c.unit.pk}/?period={ledger.YEAR}"
    client.get(address)
    for _ in range(2):
        with django_assert_num_queries(11):
            assert client.get(address).status_code == 200
        with django_assert_num_queries(12):
            assert client.get(one).status_code == 200
        with django_assert_num_queries(9):
            assert client.get(f"/reports/units/rows/on_time/met/?period={ledger.YEAR}").status_code == 200
        with django_assert_num_queries(10):
            assert client.get(f"/reports/units/rows/adopted/met/?period={ledger.YEAR}").status_code == 200
        ledger.enter(c)


def test_nonsense_in_the_address(c, units):
    client = of(c.staff)
    found = [client.get(url).status_code for url in (
        "/reports/units/?period=x&order=-secret&system=none&file=exe", "/reports/units/?period=9999999999&page=x",
        "/reports/units/rows/sign/none/", "/reports/units/rows/none/met/", "/reports/units/rows/sign/met/?unit=１２",
        "/reports/units/999999/", f"/reports/units/?period={ledger.YEAR}&order=-on_time&system=party",
        "/reports/units/rows/sign/met/?page=-3",
    )]  # fmt: skip
    assert found == [200, 200, 404, 404, 404, 404, 200, 200]
    ordered = client.get(f"/reports/units/?period={ledger.YEAR}&order=-on_time").content.decode()
    places = [
        ordered.index(f"/reports/units/{units[name].pk}/?") for name in ("县水利局", "县教育局", "县司法局", "县公安局")
    ]
    assert places == sorted(places)
    assert list(choices())[0] == str(ledger.YEAR)
