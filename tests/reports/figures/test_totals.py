"""Every figure of the registry opens as many rows as it says: for every reader, by every condition, as of a day. A new
figure is in these tests by being in the registry."""

import html
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from consultations import statistics as consultations
from grassroots import figures as grassroots
from members.periods import today
from opinions import statistics as opinions
from opinions.kinds import Level
from proposals.models import Assignment, Proposal
from proposals.statistics import session_report
from reports.figures import bodies, heat, listing, period, registry, table
from reports.figures import stages as way
from reports.figures.asked import CONDITIONS, Asked
from reports.figures.counting import counted, total
from reports.figures.sight import GROUPS, reader_of
from tests.reports import units as ledger

pytestmark = pytest.mark.django_db


def session_of(scene) -> period.Period:
    return period.of_session(scene.c.session, period.known_sessions())


def wrong_numbers(asked: Asked, figures, lines: bool = True) -> dict:
    """Key and place of every number that is not as many as its rows; a figure without a list is one of them.
    `lines`: the first two are drawn as well."""
    found = {}
    for key, value in counted(asked, figures).items():
        for one, number in zip(value.figure.counted, (value.part, value.whole), strict=False):
            if number is not None and (problem := _problem(one, number, asked, lines)):
                found[key, one.base_key] = problem
    return found


def _problem(one, number: int, asked: Asked, lines: bool):
    if one.weight is not None:
        return None if (alone := total(asked, one)) == number else (number, alone)
    rows = listing.ordered(one, asked)
    if (count := rows.count()) != number:
        return number, count
    drawn = listing.lines(one, rows[:2], asked) if lines else []
    widths = {len(line.cells) for line in drawn} - {len(listing.heads_of(one))}
    return (widths, len(drawn)) if widths or lines and len(drawn) != min(2, number) else None


def test_behind_every_number_are_exactly_so_many_rows_for_every_reader(scene):
    c = scene.c
    for user in (c.staff, scene.leader, c.operator, scene.party_office, scene.office.reviewer):
        reader = reader_of(user)
        asked = Asked(session_of(scene), reader)
        assert wrong_numbers(asked, registry.read_by(reader), user in (c.staff, scene.leader)) == {}


def conditions_of(scene) -> dict:
    c = scene.c
    return {
        "category": c.business.pk, "sector": scene.sector.pk, "group": scene.group.pk, "unit": c.unit.pk,
        "township": scene.rooms.township.pk, "kind": "collective", "month": f"{ledger.YEAR}-03", "submitted": f"{today():%Y-%m}",
    }  # fmt: skip


def test_by_each_condition_too(scene):
    reader, given = reader_of(scene.c.staff), conditions_of(scene)
    assert tuple(given) == CONDITIONS
    asked = Asked(session_of(scene), reader)
    narrowed = {}
    for name, value in given.items():
        by = replace(asked, conditions={name: value})
        assert wrong_numbers(by, registry.all_figures(), lines=False) == {}
        narrowed[name] = {key: one.part for key, one in counted(by, registry.all_figures()).items() if one.is_known}
    assert (narrowed["kind"]["received"], narrowed["unit"]["shares"]) == (1, 9)
    assert (narrowed["month"].keys(), narrowed["month"]["shares"]) == (
        {"shares", "contact_rate"},
        28,
    ) and "opinions_received" not in narrowed["category"]
    assert (narrowed["submitted"]["received"], "idle_members" in narrowed["submitted"]) == (9, False)
    assert (narrowed["sector"]["participation_rate"], narrowed["township"]["grassroots_matters"]) == (1, 2)


def test_by_year_by_days_and_as_of_a_day(scene):
    reader = reader_of(scene.c.staff)
    for when in (period.of_year(today().year), period.of_days(today() - timedelta(days=1), today())):
        for day in (None, today()):
            assert wrong_numbers(Asked(when, reader, {}, day), registry.all_figures(), lines=False) == {}
    now = counted(Asked(period.of_year(today().year), reader), registry.all_figures())
    then = counted(Asked(period.of_year(today().year), reader, {}, today()), registry.all_figures())
    assert {
        key: (one.part, one.whole, now[key].part, now[key].whole) for key, one in then.items() if one != now[key]
    } == {}
    before = counted(
        Asked(period.of_year(today().year), reader, {}, today() - timedelta(days=1)), registry.all_figures()
    )
    there = {key: one.part for key, one in before.items() if one.part != 0}
    assert there == {"idle_members": before["participation_rate"].whole, "grassroots_rooms": 3}


def test_every_number_on_the_page_leads_to_its_rows(scene):
    client = Client()
    client.force_login(scene.c.staff)
    asked = Asked(session_of(scene), reader_of(scene.c.staff))
    for row in table.rows(asked, list(registry.all_figures())):
        for url, number in ((row.part_url, row.value.part), (row.whole_url, row.value.whole)):
            if url:
                shown = client.get(url).context
                assert (url, shown["sum"] if row.figure.part.weight is not None else shown["page"].paginator.count) == (
                    url,
                    number,
                )
    for group in GROUPS:
        page = client.get(f"/reports/figures/?about={group}").content.decode()
        wanted = [f"/rows/{one.key}/part/" in page for one in registry.all_figures() if one.group == group]
        assert wanted and all(wanted), group


LINK = re.compile(r'href="(/reports/figures/rows/[^"]+)">(?:<strong>)?(\d+)<')
PLAIN = re.compile(r'<td class="table__number[^>]*>\s*[1-9]\d*\s*</td>')
PICTURES = ("charts", "heat", "bodies")


def test_every_number_of_the_pictures_leads_to_its_rows(scene):
    for user in (scene.c.staff, scene.c.operator):
        client = Client()
        client.force_login(user)
        pages = [client.get(f"/reports/figures/{page}/") for page in PICTURES]
        pages = {page.wsgi_request.path: page.content.decode() for page in pages if page.status_code == 200}
        assert {path: PLAIN.findall(page) for path, page in pages.items() if PLAIN.search(page)} == {}
        links = [link for page in pages.values() for link in LINK.findall(page)]
        assert len(links) > 10
        assert [(url, number) for url, number in links if _count(client, url) != int(number)] == []


def test_what_has_no_category_leads_to_its_rows_too(scene):
    c, case = scene.c, Proposal.objects.filter(state="closed").first()
    was, case.business_category = case.business_category, None
    case.save(update_fields=["business_category"])
    client = Client()
    client.force_login(c.staff)
    page = client.get("/reports/figures/charts/").content.decode()
    assert PLAIN.search(page) is None
    links = [(url, number) for url, number in LINK.findall(page) if "category=-1" in url]
    assert [number for _url, number in links] == ["1", "1", "1"]  # by category, its class, and all classes
    assert [_count(client, url) for url, _number in links] == [1, 1, 1]
    case.business_category = was
    case.save(update_fields=["business_category"])


def test_sectors_and_groups_beside_each_other(scene):
    """The same numbers as the figures narrowed to the body, cell by cell."""
    asked = Asked(session_of(scene), reader_of(scene.c.staff))
    for day in (None, today()):
        found = bodies.tables(replace(asked, as_of=day))
        lines = {line[0].pk: [number for _head, number, _url in line[1]] for one in found for line in one.lines}
        for name, body in (("sector", scene.sector), ("group", scene.group)):
            narrowed = counted(replace(asked, as_of=day, conditions={name: body.pk}), registry.all_figures())
            rate = narrowed["participation_rate"]
            wanted = [
                narrowed["received"].part,
                narrowed["filed"].part,
                rate.whole,
                rate.part,
                narrowed["idle_members"].part,
            ]
            assert lines[body.pk] == wanted and wanted[0] > 1 and wanted[2] == 1
    assert [one.title for one in found] == ["各界别", "各乡镇（街道）联络组"]
    narrowed = bodies.tables(replace(asked, conditions={"category": scene.c.business.pk}))
    assert [number for _head, number, _url in narrowed[0].lines[0][1]][2:] == [None, None, None]
    client = Client()
    client.force_login(scene.c.staff)
    page = client.get(f"/reports/figures/bodies/?sector={scene.sector.pk}&group={scene.group.pk}").context
    assert (page["applied"], {"sector", "group"} & set(page["form"].fields)) == ([], set())  # all stand there


def _count(client, url: str) -> int:
    return client.get(html.unescape(url)).context["page"].paginator.count


def test_the_account_is_even(scene):
    asked = Asked(session_of(scene), reader_of(scene.c.staff))
    values = counted(asked, registry.all_figures())
    assert values["received"].part == sum(
        values[key].part for key in ("filed", "merged", "not_filed", "withdrawn", "pending")
    )
    assert table.account(values) == "收到 38＝立案 33＋并案 1＋不予立案 1＋撤案 0＋待审 3"


def test_the_same_numbers_as_the_reports_of_the_apps(scene):
    """No figure is counted in two ways: the session's report, the yearly lists and the tables say the same."""
    c, session = scene.c, session_of(scene)
    values = counted(Asked(session, reader_of(c.staff)), registry.all_figures())
    report = session_report(c.session)
    for name in (
        "received",
        "filed",
        "merged",
        "not_filed",
        "withdrawn",
        "pending",
        "handled",
        "replied",
        "members_involved",
    ):
        assert (name, values[name].part) == (name, report[name])
    assert [values[f"kind_{kind}"].part for kind in report["by_kind"]] == list(report["by_kind"].values())
    assert [values[f"result_{key.lower()}"].part for key in "ABCD"] == list(report["by_result"].values())
    rating, rates = report["rating"], (("attitude", "attitude"), ("result", "result"))
    assert (values["returned"].part, values["return_rate"].whole) == (rating["returned"], rating["sent"])
    for name, key in rates:
        assert float(values[f"{name}_rate"].exact) == pytest.approx(rating["satisfied_rate"][key])
        assert float(values[f"{name}_full_rate"].exact) == pytest.approx(rating["satisfied_only_rate"][key])
    assert float(values["on_time_rate"].exact) == pytest.approx(report["on_time_rate"])
    year = counted(Asked(period.of_year(today().year), reader_of(c.staff)), registry.all_figures())
    line = opinions.of_year(today().year, opinions.By.REPORTER).total
    assert line.cells() == [year[f"opinions_{key}"].part for key in ("received", "issued", *Level.values, "instructed")]
    items = consultations.count_items(consultations.items_of(c.staff, today().year))
    assert [year[f"items_{key}"].part for key in ("all", "adopted", "partly", "declined", "waiting")] == [
        items[key] for key in ("all", "adopted", "partly", "declined", "waiting")
    ]
    scope = grassroots.scope_of(c.staff)
    tables = grassroots.tables(scope, grassroots.Asked(today().year)).places
    for figure in grassroots.FIGURES:
        assert year[f"grassroots_{figure.key}"].part == sum(row[figure.key] for row in tables.values()), figure.key


def test_a_rate_of_nothing_is_a_dash_and_every_figure_has_its_words(scene):
    nothing = period.of_year(1999)
    values = counted(Asked(nothing, reader_of(scene.c.staff)), registry.all_figures())
    assert {one.shown for key, one in values.items() if one.figure.is_rate and not one.whole} == {"—"}
    for figure in registry.all_figures():
        words = (figure.name, figure.unit, figure.population, figure.formula, figure.source)
        assert all(words) and figure.group in GROUPS and re.search(r"[一-鿿]", "".join(words)), figure.key
    assert len({figure.key for figure in registry.all_figures()}) == len(registry.all_figures())


def test_units_by_month_and_the_way_by_stage(scene):
    asked = Asked(session_of(scene), reader_of(scene.c.staff))
    found = heat.heat(asked)
    shares = Assignment.objects.current().filter(proposal__session=scene.c.session)
    assert found.total == shares.count() == total(asked, registry.by_key()["shares"].part)
    assert found.months[0] == f"{ledger.YEAR}-03" and found.months[-1] == f"{date.today():%Y-%m}"
    march = {row.name: row.counts.get(f"{ledger.YEAR}-03", 0) for row in found.rows}
    assert march == {"县教育局": 6, "县财政局": 5, "县水利局": 5, "县民政局": 4, "县公安局": 2, "县司法局": 6}
    values = counted(asked, registry.all_figures())
    steps = {one.value.figure.key: (one.value.part, one.known) for one in way.stages(asked, values)}
    assert steps["received"] == (38, 0) and steps["filed"] == (33, 4) and steps["handled"][0] == values["handled"].part


def test_a_page_of_figures_is_few_queries_whatever_it_counts(scene, django_assert_num_queries):
    reader = reader_of(scene.c.staff)
    asked, figures = (
        Asked(session_of(scene), reader),
        [one for one in registry.all_figures() if one.group == "proposals"],
    )
    with django_assert_num_queries(2):
        counted(asked, figures)
    with django_assert_num_queries(1):
        heat.heat(asked)
    client = Client()
    client.force_login(scene.c.staff)
    client.get("/reports/figures/")
    counts = {}
    for path in (
        "",
        f"?period={today().year}&compare=1",
        "charts/",
        "heat/",
        "bodies/",
        "leaders/",
        "monthly/",
        "years/",
    ):
        with CaptureQueriesContext(connection) as seen:
            assert client.get(f"/reports/figures/{path}").status_code == 200
        counts[path.partition("?")[2][-9:] or path] = len(seen)
    assert counts == {
        "": 9, "compare=1": 11, "charts/": 12, "heat/": 8, "bodies/": 11, "leaders/": 10, "monthly/": 12, "years/": 7,
    }  # fmt: skip
