"""The admin in Chromium: no violation of the content policy, no page wider than the screen, the widgets work."""

import pytest
from django.contrib.auth.hashers import make_password

from tests.factories import county as make
from tests.factories import people

from .doing import PROPOSALS, act_url, change_url, state
from .scene import make_scene

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "Begonia-2026-xp"


@pytest.fixture
def desk(page, live_server, db):
    """A page that logs in as a role and notes what the console complains of."""
    scene = make_scene()

    class Desk:
        s = scene
        complaints: list[str] = []

        def log_in(self, role: str):
            user = scene.users[role]
            type(user).objects.filter(pk=user.pk).update(password=make_password(PASSWORD))
            page.context.clear_cookies()
            page.goto(f"{live_server.url}/login/")
            page.fill("[name=username]", user.username)
            page.fill("[name=password]", PASSWORD)
            page.click("main button[type=submit]")
            page.wait_for_url(f"{live_server.url}/")

        def open(self, path: str):
            page.goto(live_server.url + path)
            page.wait_for_load_state("networkidle")
            return page

    desk = Desk()
    page.on("console", lambda m: desk.complaints.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: desk.complaints.append(str(error)))
    return desk


def too_wide(page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def test_pages_fit_the_screen_and_obey_the_policy(desk):
    case = make.filed(desk.s.c)
    pages = [
        "/admin/", PROPOSALS, change_url(case), act_url(case, "assign"), "/admin/proposals/assignment/",
        f"{PROPOSALS}import/", "/admin/members/person/add/", "/admin/members/member/add/", "/admin/deadlines/duerule/",
    ]  # fmt: skip
    desk.log_in("head")
    found = {}
    for path in pages:
        page = desk.open(path)
        for width in (390, 1366, 1920):
            page.set_viewport_size({"width": width, "height": 900})
            if too_wide(page) > 0:
                found[path, width] = too_wide(page)
    assert (found, desk.complaints) == ({}, [])


def test_many_cases_are_filed_by_ticking_and_pressing(desk):
    cases = [make.reviewed(desk.s.c, title=f"关于第{n}件事的提案") for n in range(3)]
    desk.log_in("head")
    page = desk.open(f"{PROPOSALS}?state=reviewed")
    page.check("#action-toggle")
    page.click("button[name=index]:has-text('立案')")
    page.click(".submit-row input[type=submit]")
    page.wait_for_selector(".batch-report")
    assert page.inner_text(".batch-report h2") == "立案：办成 3 件"
    assert [state(case) for case in cases] == ["filed"] * 3
    assert desk.complaints == []


def test_a_sector_is_chosen_by_typing(desk):
    people.organization("sector", "教育界")
    desk.log_in("staff")
    page = desk.open("/admin/members/member/add/")
    page.click(".field-sector .select2-selection")
    page.keyboard.type("教育")
    page.click(".select2-results__option:has-text('教育界')")
    assert page.inner_text(".field-sector .select2-selection__rendered").strip("×\n ") == "教育界"
    assert desk.complaints == []
