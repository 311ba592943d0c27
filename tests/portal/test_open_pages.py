"""Pages without an account, and the pages for what could not be done."""

import pytest
from django.template.loader import render_to_string
from django.test import Client

from workflow.errors import TooLate
from workflow.views import refusal_page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/login/", "/logged-out/", "/help/", "/accessibility/", "/display/", "/styleguide/"])
def test_page_needs_no_account(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    assert "西平县智慧政协</title>" in answer.content.decode()


def test_help_and_accessibility_stand_on_every_page(client):
    page = client.get("/login/").content.decode()
    assert 'href="/help/"' in page
    assert 'href="/accessibility/"' in page
    assert "长辈版" in page


def test_unknown_page_says_where_to_go(client):
    answer = client.get("/nowhere/")
    assert answer.status_code == 404
    assert "没有找到这个页面" in answer.content.decode()


def test_stale_page_says_that_nothing_was_sent():
    answer = Client(enforce_csrf_checks=True).post("/login/", {"username": "a", "password": "b"})
    assert answer.status_code == 403
    assert "页面已过期，这次没有提交" in answer.content.decode()


def test_refusal_keeps_its_status_sentence_and_next_step(rf, user_of):
    answer = refusal_page(user_of(rf.get("/")), TooLate("提案已交办，不能再撤回。", "请联系提案委。"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "提案已交办，不能再撤回。" in page
    assert "请联系提案委。" in page


@pytest.fixture
def user_of():
    from django.contrib.auth.models import AnonymousUser

    def give(request):
        request.user = AnonymousUser()
        return request

    return give


def test_page_for_a_broken_server_needs_nothing_from_it():
    page = render_to_string("500.html")
    assert "请过几分钟再试一次" in page


@pytest.mark.parametrize("path", ["/", "/inbox/"])
def test_page_of_the_house_asks_for_the_log_in(client, path):
    answer = client.get(path)
    assert (answer.status_code, answer["Location"]) == (302, f"/login/?next={path}")
