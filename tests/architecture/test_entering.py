"""Who is entered without a log-in stands where a log-in would have put them."""

import pytest
from django.test import Client

from tests import entering
from tests.factories import county as make
from tests.factories import people

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", ["author", "administrator", "agreed"])
def test_the_session_holds_what_django_s_own_leaves(who):
    c = make.county()
    people.agree(c.cosigner)
    user, logged_in, entered = (c.cosigner if who == "agreed" else getattr(c, who)), Client(), Client()
    entering.log_in(logged_in, user)
    entering.enter(entered, user)
    assert dict(entered.session) == dict(logged_in.session)
    assert entered.session.session_key != logged_in.session.session_key
    assert [client.get("/logins/").status_code for client in (entered, logged_in)] == [200, 200]


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
