"""The pages of the inbox and what administrators see of deliveries."""

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from notices import context, inbox, recipients
from notices.models import Delivery, Message, Outbox
from tests.factories import people

from .events import due

pytestmark = pytest.mark.django_db

QUERIES = 6  # session, user, count, messages, and for the frame of the page: posts and unread messages


def message(user, subject="【提案】交办：第 001 号", **fields) -> Message:
    return Message.objects.create(recipient=user, subject=subject, **fields)


def logged_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def user():
    return people.user("周明远")


@pytest.fixture
def client(user):
    return logged_in(user)


def read_state(*messages) -> list[bool]:
    return [Message.objects.get(pk=one.pk).read_at is not None for one in messages]


def test_addresses_are_the_agreed_ones():
    assert [reverse("notices:inbox"), reverse("notices:open", args=[7])] == ["/inbox/", "/inbox/7/"]


def test_inbox_shows_own_messages_newest_first(client, user):
    old, new = message(user, "旧消息"), message(user, "新消息", body="说明：\n<b>尽快</b>")
    message(people.user(), "别人的")
    response = client.get("/inbox/")
    assert response.context["inbox_messages"] == [new, old]
    page = response.content.decode()
    assert (page.count("说明：<br>&lt;b&gt;尽快&lt;/b&gt;"), page.count("别人的")) == (1, 0)


def test_unread_filter(client, user):
    read, unread = message(user), message(user)
    inbox.mark_read(user, pk=read.pk)
    assert client.get("/inbox/?unread=1").context["inbox_messages"] == [unread]


def test_empty_inboxes_say_so(client):
    assert "还没有消息" in client.get("/inbox/").content.decode()
    assert "没有未读消息" in client.get("/inbox/?unread=1").content.decode()


def test_pages_of_twenty(client, user):
    for _ in range(21):
        message(user)
    assert [len(client.get(f"/inbox/?page={n}").context["inbox_messages"]) for n in (1, 2)] == [20, 1]
    assert client.get("/inbox/?page=9").status_code == 404


def test_opening_marks_read_and_goes_to_the_case(client, user):
    one, other = message(user, url="/help/?part=2#reply"), message(user)
    response = client.get(f"/inbox/{one.pk}/")
    assert (response.status_code, response["Location"]) == (302, "/help/?part=2#reply")
    first_read = Message.objects.get(pk=one.pk).read_at
    client.get(f"/inbox/{one.pk}/")
    assert read_state(one, other) == [True, False]
    assert Message.objects.get(pk=one.pk).read_at == first_read


@pytest.fixture
def seven(monkeypatch):
    """Case 7 stands at /cases/7/ and is in everybody's sight, case 8 is in nobody's."""
    titles = {"/cases/7/": "关于城东小学的提案", "/cases/8/": None}
    monkeypatch.setattr(recipients, "_places", [lambda user, urls: {url: titles[url] for url in urls if url in titles}])


@pytest.mark.usefixtures("seven")
def test_the_title_is_shown_to_whoever_still_sees_the_case(client, user):
    open_one, closed = (
        message(user, "开着", url="/cases/7/"),
        message(user, "关了", body="已改交县水利局。", url="/cases/8/"),
    )
    assert client.get("/inbox/").content.decode().count("《关于城东小学的提案》") == 1
    assert client.get(f"/inbox/{open_one.pk}/").status_code == 302
    page = client.get(f"/inbox/{closed.pk}/")
    assert page.status_code == 200
    for words in ("已改交县水利局。", "这件事项已不由您办理，或者已经收回，不能再打开。"):
        assert words in page.content.decode()
    assert read_state(closed) == [True]


@pytest.mark.parametrize("url", ["", "https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_message_without_a_place_of_ours_is_shown_by_itself(client, user, url):
    one = message(user, "系统通知", body="今晚维护。", url=url)
    response = client.get(f"/inbox/{one.pk}/")
    assert response.status_code == 200
    assert "<h1>系统通知</h1>" in response.content.decode()
    assert read_state(one) == [True]


def test_somebody_elses_message_is_404_and_stays_unread(user):
    one = message(user)
    stranger = logged_in(people.user())
    assert stranger.get(f"/inbox/{one.pk}/").status_code == 404
    assert stranger.post(f"/inbox/{one.pk}/read/").status_code == 404
    stranger.post("/inbox/read/", {"newest": str(one.pk)})
    assert read_state(one) == [False]


def test_strangers_are_sent_to_the_log_in(user):
    one = message(user)
    for address in ("/inbox/", f"/inbox/{one.pk}/", "/inbox/settings/", "/inbox/sent/"):
        assert Client().get(address).status_code == 302
    assert read_state(one) == [False]


def test_marking_needs_a_post(client, user):
    one = message(user)
    assert [client.get(f"/inbox/{one.pk}/read/").status_code, client.get("/inbox/read/").status_code] == [405, 405]
    assert read_state(one) == [False]
    assert client.post(f"/inbox/{one.pk}/read/", {"unread": "1"})["Location"] == "/inbox/?unread=1"
    assert read_state(one) == [True]


def test_marking_all_leaves_what_came_in_meanwhile(client, user):
    seen = [message(user), message(user)]
    newest = client.get("/inbox/").context["newest"]
    late = message(user)
    assert client.post("/inbox/read/", {"newest": str(newest)})["Location"] == "/inbox/"
    assert read_state(*seen, late) == [True, True, False]


@pytest.mark.parametrize("newest", ["", "x", "-1", "9" * 30, "１"])
def test_marking_all_with_nonsense_marks_at_most_nothing(client, user, newest):
    one = message(user)
    assert client.post("/inbox/read/", {"newest": newest}).status_code == 302
    assert read_state(one) == [False]


def test_unread_count_is_one_query(user, django_assert_num_queries):
    for _ in range(3):
        message(user)
    inbox.mark_read(user, pk=message(user).pk)
    message(people.user())
    request = RequestFactory().get("/")
    request.user = user
    with django_assert_num_queries(0):
        given = context.inbox(request)
    with django_assert_num_queries(1):
        assert f"{given['unread_count']}/{given['unread_count']}" == "3/3"


def test_inbox_costs_the_same_for_one_and_for_three(client, user, django_assert_num_queries):
    message(user)
    client.get("/inbox/")  # the session notes its first use
    for _ in range(2):
        with django_assert_num_queries(QUERIES):
            client.get("/inbox/")
        message(user), message(user)


def dead_mail(user) -> Delivery:
    return Delivery.objects.create(
        message=message(user), recipient=user, address="zhou@mail.example", state="dead", attempts=6
    )


def test_admin_masks_addresses_and_resends_the_dead(user):
    mail = dead_mail(user)
    client = logged_in(people.user(is_superuser=True))
    page = client.get("/admin/notices/delivery/").content.decode()
    assert (page.count("zhou@mail.example"), "z***@mail.example" in page) == (0, True)
    detail = client.get(f"/admin/notices/delivery/{mail.pk}/change/").content.decode()
    assert (detail.count("zhou@mail.example"), "z***@mail.example" in detail) == (0, True)
    action = {"action": "resend", "_selected_action": [mail.pk]}
    client.post("/admin/notices/delivery/", action)
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == ("pending", 0)


def test_admin_resends_dead_outbox_rows(user):
    row = due(user)
    Outbox.objects.update(attempts=6)
    client = logged_in(people.user(is_superuser=True))
    assert client.get("/admin/notices/outbox/?delivered=dead").context["cl"].result_count == 1
    client.post("/admin/notices/outbox/", {"action": "resend", "_selected_action": [row.pk]})
    row.refresh_from_db()
    assert row.attempts == 0


@pytest.mark.parametrize("model", ["message", "outbox", "delivery"])
def test_admin_changes_nothing(user, model):
    mail = dead_mail(user)
    row = {"message": mail.message, "outbox": due(user), "delivery": mail}[model]
    client = logged_in(people.user(is_superuser=True))
    assert client.get(f"/admin/notices/{model}/").status_code == 200
    assert client.get(f"/admin/notices/{model}/{row.pk}/change/").status_code == 200
    assert client.get(f"/admin/notices/{model}/add/").status_code == 403
    assert client.post(f"/admin/notices/{model}/{row.pk}/change/", {"subject": "x"}).status_code == 403
    assert client.post(f"/admin/notices/{model}/{row.pk}/delete/", {"post": "yes"}).status_code == 403


def test_admin_does_not_show_what_messages_say(user):
    one = message(user, body="关于城东小学的机密细节")
    client = logged_in(people.user(is_superuser=True))
    page = client.get(f"/admin/notices/message/{one.pk}/change/").content.decode()
    assert page.count("机密细节") == 0
