"""A number shown on demand, in the row itself and without JavaScript."""

import pytest

from members.models import ContactReveal
from tests.factories import people

pytestmark = pytest.mark.browser
NUMBER = "13900000005"


@pytest.fixture(scope="module")
def listed(c):
    who = people.user(person=people.person("魏成林", phone=NUMBER))
    people.appoint(who, people.organization("office"), "staff")
    people.agree(who)
    people.agree(c.author)
    return who.person


@pytest.mark.parametrize("javascript", [True, False])
def test_a_number_is_shown_on_demand(c, desk_of, listed, javascript):
    desk = desk_of(c.author, java_script_enabled=javascript)
    desk.go("/directory/?q=wcl")
    before = ContactReveal.objects.count()
    desk.page.get_by_role("button", name="显示手机").click()
    desk.page.get_by_role("link", name=NUMBER).wait_for()
    assert desk.page.url.endswith("/directory/?q=wcl" if javascript else f"/directory/{listed.pk}/phone/")
    assert ContactReveal.objects.count() == before + 1
