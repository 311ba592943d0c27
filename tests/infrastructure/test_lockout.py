"""Ten wrong passwords close a name, known or not, with one and the same answer."""

import re

import pytest

from tests.factories import people

pytestmark = pytest.mark.django_db


def answers(client, name: str, times: int) -> list[tuple[int, str]]:
    found = []
    for _ in range(times):
        answer = client.post("/login/", {"username": name, "password": "wrong"})
        page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
        found.append((answer.status_code, page.replace(name, "")))
    return found


def test_known_and_unknown_names_are_answered_alike(client, settings):
    settings.AXES_FAILURE_LIMIT = 3
    known = answers(client, people.user().username, 4)
    unknown = answers(client, "nobody-here", 4)
    assert [status for status, _ in known] == [status for status, _ in unknown]
    assert known[-1][0] == 429
    assert "15 分钟后再试" in known[-1][1]
    assert known[-1][1] == unknown[-1][1]


def test_the_right_password_does_not_open_a_closed_name(client, settings):
    settings.AXES_FAILURE_LIMIT = 3
    who = people.user()
    who.set_password("right-Password-1")
    who.save()
    answers(client, who.username, 3)
    assert client.post("/login/", {"username": who.username, "password": "right-Password-1"}).status_code == 429
