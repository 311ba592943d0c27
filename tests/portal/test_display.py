"""长辈版 and dark mode: remembered in cookies, without an account and without JavaScript."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_elder_version_is_remembered_before_log_in(client):
    answer = client.post(reverse("display"), {"size": "elder", "next": "/login/"})
    assert (answer.status_code, answer["Location"]) == (302, "/login/")
    assert client.cookies["portal_size"].value == "elder"
    assert '<html lang="zh-CN" data-size="elder" data-theme="auto">' in client.get("/login/").content.decode()


def test_one_switch_leaves_the_other_alone(client):
    client.post(reverse("display"), {"size": "elder"})
    client.post(reverse("display"), {"theme": "dark"})
    assert 'data-size="elder" data-theme="dark"' in client.get("/login/").content.decode()


def test_way_back_never_leads_elsewhere(client):
    answer = client.post(reverse("display"), {"size": "elder", "next": "https://example.com/"})
    assert answer["Location"] == reverse("display")


def test_unknown_value_is_refused_and_changes_nothing(client):
    answer = client.post(reverse("display"), {"size": "gigantic"})
    assert answer.status_code == 400
    assert "portal_size" not in client.cookies


def test_forged_cookie_is_ignored(client):
    client.cookies["portal_size"] = '"><script>'
    assert 'data-size="normal"' in client.get("/login/").content.decode()


def test_script_gets_data_instead_of_a_page(client):
    answer = client.post(reverse("display"), {"theme": "dark"}, headers={"accept": "application/json"})
    assert answer.json() == {"size": "", "theme": "dark"}
    assert client.cookies["portal_theme"].value == "dark"


def test_page_of_choices_shows_what_is_chosen(client):
    client.cookies["portal_size"] = "elder"
    page = client.get(reverse("display")).content.decode()
    assert '<input type="radio" name="size" value="elder" id="id_size_1" checked>' in page
