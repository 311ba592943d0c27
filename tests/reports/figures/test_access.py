"""Who opens which page of figures, what a blind reader gets, and mistaken addresses."""

import pytest
from django.test import Client

from reports.figures import registry
from reports.figures.sight import reader_of

pytestmark = pytest.mark.django_db
PAGES = {
    "all": "/reports/figures/", "charts": "/reports/figures/charts/", "heat": "/reports/figures/heat/",
    "bodies": "/reports/figures/bodies/",
    "leaders": "/reports/figures/leaders/", "years": "/reports/figures/years/", "monthly": "/reports/figures/monthly/",
    "work": "/reports/work-report/", "rows": "/reports/figures/rows/replied/part/", "rows of all": "/reports/figures/rows/received/part/",
    "members": "/reports/figures/rows/idle_members/part/", "public": "/public/figures/",
}  # fmt: skip


def of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_who_opens_what(scene):
    c = scene.c
    everybody = {**c.roles(), "county_leader": scene.leader, "party_office": scene.party_office, "office": scene.office.reviewer,
                 "editor": scene.office.editor, "vice_chair": scene.office.signer}  # fmt: skip
    seen = {role: [name for name, url in PAGES.items() if _code(user, url) == 200] for role, user in everybody.items()}
    full = list(PAGES)
    leads = [name for name in full if name not in ("monthly", "work")]
    own = ["all", "charts", "heat", "rows", "public"]
    assert seen == dict.fromkeys(everybody, ["public"]) | {
        "staff": full, "head": full, "reviewer": [name for name in full if name != "monthly"], "county_leader": leads,
        "vice_chair": leads, "office": leads, "editor": ["all", "public"], "dispatch": leads, "party_office": own,
        "operator": own, "leader": own, "other_operator": own, "other_leader": own, "third_operator": own,
    }  # fmt: skip
    assert _code(None, "/public/figures/") == 200 and _code(None, "/reports/figures/") == 302


def _code(user, url: str) -> int:
    return (of(user) if user else Client()).get(url).status_code


def test_a_reader_who_waits_for_the_ratings_does_not_find_them(scene):
    """The portal's own case is rated, and its rating date is not over: the committee counts it, a leader not yet."""
    keys = ("returned", "result_rate")
    pages = {
        name: of(user).get("/reports/figures/").context["rows"]
        for name, user in (("staff", scene.c.staff), ("leader", scene.leader))
    }
    found = {
        name: {row.figure.key: row.value.part for row in rows if row.figure.key in keys} for name, rows in pages.items()
    }
    assert found["staff"]["returned"] == found["leader"]["returned"] + 2


def test_a_leader_reads_the_number_but_not_every_title(scene):
    page = of(scene.leader).get(PAGES["rows of all"]).content.decode()
    assert "共 38 件" in page and "第101件提案" not in page and "（您没有查看这件提案的权限）" in page


def test_a_unit_reads_its_own_only(scene):
    reader = reader_of(scene.c.operator)
    assert {figure.group for figure in registry.read_by(reader)} == {"proposals"}
    page = of(scene.c.operator).get("/reports/figures/heat/").content.decode()
    assert "县教育局" in page and "县水利局" not in page
    other = of(scene.c.operator).get(f"/reports/figures/?unit={scene.c.other_unit.pk}")
    assert other.status_code == 400


@pytest.mark.parametrize(("query", "said"), [
    ("period=xx", "不在可选范围内"), ("period=days", "选了“起止日期”，请填写起、止两个日期。"),
    ("period=days&first=2026-02-01&last=2026-01-01", "止的日期早于起的日期，请核对。"), ("as_of=2999-01-01", "这一天还没有到"),
    ("as_of=昨天", "日期写法不对"), ("category=x", "不在可选范围内"), ("unit=999999", "不在可选范围内"),
    ("period=9999999999-1", "不在可选范围内"), ("period=0000", "不在可选范围内"), ("period=\x00", ""),
    ("period=2026-01-01~9999-12-31", "不在可选范围内"), ("period=0001-01-01~2026-01-01", "不在可选范围内"),
    ("first=99999-01-01&period=days&last=2026-01-01", "日期写法不对"),
])  # fmt: skip
def test_nonsense_is_answered_with_a_sentence(scene, query, said):
    client = of(scene.c.staff)
    for page in (
        "/reports/figures/",
        "/reports/figures/charts/",
        "/reports/figures/heat/",
        "/reports/figures/bodies/",
        PAGES["rows"],
    ):
        answer = client.get(f"{page}?{query}")
        assert answer.status_code == 400 and said in answer.content.decode(), page


def test_nonsense_that_is_overlooked_or_not_found(scene):
    client = of(scene.c.staff)
    codes = {
        path: client.get(f"/reports/figures/{path}").status_code
        for path in ("?about=x&page=-1", "rows/received/whole/", "rows/x/part/", "rows/received/x/", "rows/received/part/?month=2026-13",
                     "rows/received/part/?page=zzz", "rows/received/part/?month=2026-05", "leaders/?period=\x00", "years/1900/", "leaders/?period=2026-01-01~9999-12-31", f"years/{10**30}/",
                     "charts/?as_of=2026-01-01", "rows/contact_rate/part/?as_of=2026-01-01")
    }  # fmt: skip
    assert codes == {
        "?about=x&page=-1": 200, "rows/received/whole/": 404, "rows/x/part/": 404, "rows/received/x/": 404,
        "rows/received/part/?month=2026-13": 200, "rows/received/part/?page=zzz": 200, "rows/received/part/?month=2026-05": 404,
        "leaders/?period=\x00": 200, "years/1900/": 404, "leaders/?period=2026-01-01~9999-12-31": 200, f"years/{10**30}/": 404, "charts/?as_of=2026-01-01": 200, "rows/contact_rate/part/?as_of=2026-01-01": 200,
    }  # fmt: skip
