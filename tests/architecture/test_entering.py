"""Who is entered without a log-in stands where a log-in would have put them."""

import pytest
from django.test import Client

from tests import entering
from tests.factories import county as make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", ["author", "administrator"])
def test_the_session_holds_what_a_log_in_leaves(who):
    user, by_form, entered = getattr(make.county(), who), Client(), Client()
    entering.log_in(by_form, user)
    entering.enter(entered, user)
    assert dict(entered.session) == dict(by_form.session)
    assert entered.session.session_key != by_form.session.session_key
    assert [client.get("/logins/").status_code for client in (entered, by_form)] == [200, 200]


def test_another_person_at_the_same_client_finds_nothing_of_the_first():
    c, client = make.county(), Client()
    entering.enter(client, c.author)
    session = client.session
    session["kept"] = "提案人的"
    session.save()
    entering.enter(client, c.author)
    assert client.session["kept"] == "提案人的"
    entering.enter(client, c.staff)
    assert "kept" not in client.session
