"""A citizen without an account: bringing a matter, asking, rating; and what everybody reads."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from grassroots.acts import Act
from grassroots.models import ContactView, Matter, Rating
from grassroots.views import asking
from members import form_tokens
from tests.factories import grassroots as make
from workflow.engine import perform

pytestmark = pytest.mark.django_db
BRING, ASK = "/public/consult/bring/", "/public/consult/ask/"
PRIVATE = ("田老汉", "13800005678", "13700001234", "李大妈", "王主任", "镇领导")


def token(monkeypatch, seconds: int = 60) -> str:
    """Of a form opened so long ago."""
    with monkeypatch.context() as patched:
        real = form_tokens.signing.time.time
        patched.setattr(form_tokens.signing.time, "time", lambda: real() - seconds)
        return form_tokens.new_token()


def words(r, **more) -> dict:
    return {
        "venue": r.village.pk,
        "title": make.TITLE,
        "text": make.TEXT,
        "is_public_matter": "on",
        **make.CONTACT,
        **more,
    }


def told(page) -> tuple[str, str]:
    """Number and code of the page that tells them once."""
    found = re.findall(r"<strong>([^<]+)</strong>", page.content.decode())
    return found[0], found[1]


def test_from_the_form_to_the_rating(c, r, browse, monkeypatch):
    citizen = browse()
    page = citizen.post(BRING, words(r, token=token(monkeypatch)))
    assert page.status_code == 201
    receipt, code = told(page)
    one = Matter.objects.get()
    assert (one.receipt, one.source, one.contact_phone, one.brought_by) == (receipt, "citizen", "13800005678", None)
    assert "13700001234" not in one.text and code.replace("-", "") not in str(one.__dict__)
    for act, _state, actor, data in make.way(r, one):
        if act == Act.RATE:
            break
        make.go(one, act, actor, data)
    asked = {"receipt": receipt.lower(), "code": code.lower().replace("-", " ")}
    page = citizen.post(ASK, asked).content.decode()
    assert (
        "请您在" in page and "排水沟已经疏通" in page and "疏通排水沟（盆尧镇" in page and "交给责任单位办理。" in page
    )
    assert citizen.post(ASK, asked | {"rate": "1"}).status_code == 400  # nothing chosen
    bad = citizen.post(ASK, asked | {"rate": "1", "verdict": "dissatisfied"})
    assert (bad.status_code, Rating.objects.count()) == (400, 0)
    done = citizen.post(ASK, asked | {"rate": "1", "verdict": "satisfied"})
    assert "谢谢您的评价。" in done.content.decode() and "您的评价是“满意”" in done.content.decode()
    assert citizen.post(ASK, asked | {"rate": "1", "verdict": "fair"}).status_code == 409
    assert list(Rating.objects.values_list("verdict", "way")) == [("satisfied", "code")]


def test_robots_and_mistakes(c, r, browse, monkeypatch):
    citizen = browse()
    good = token(monkeypatch)
    for more, status in (
        ({"token": form_tokens.new_token()}, 400), ({"token": "forged"}, 400), ({}, 400),
        ({"token": token(monkeypatch, 7 * 3600)}, 400), ({"token": good, form_tokens.TRAP: "x"}, 400),
        ({"token": good, "is_public_matter": ""}, 400), ({"token": good, "contact_phone": "不是电话"}, 400),
        ({"token": good, "venue": "99999"}, 400), ({"token": good, "venue": "x\x00"}, 400), ({"token": good, "text": "字" * 900}, 400),
    ):  # fmt: skip
        page = citizen.post(BRING, words(r, **more))
        assert (page.status_code, Matter.objects.count(), make.TITLE in page.content.decode()) == (status, 0, True), (
            more
        )
    assert citizen.post(BRING, words(r, token=good)).status_code == 201
    again = citizen.post(BRING, words(r, token=good))
    assert (again.status_code, "已经提交过了" in again.content.decode(), Matter.objects.count()) == (409, True, 1)


def test_so_many_of_one_address_and_of_everybody(c, r, browse, monkeypatch):
    citizen = browse()
    for _ in range(asking.MOST_FROM_ONE):
        assert citizen.post(BRING, words(r, token=token(monkeypatch))).status_code == 201
    over = citizen.post(BRING, words(r, token=token(monkeypatch)))
    assert (over.status_code, "太多" in over.content.decode(), make.TITLE in over.content.decode()) == (429, True, True)
    elsewhere = Client(REMOTE_ADDR="10.1.2.3")
    assert elsewhere.post(BRING, words(r, token=token(monkeypatch))).status_code == 201
    monkeypatch.setattr(asking, "MOST_FROM_ALL", Matter.objects.count())
    assert Client(REMOTE_ADDR="10.1.2.4").post(BRING, words(r, token=token(monkeypatch))).status_code == 429


def test_only_number_and_code_together_open_it(c, r, browse):
    one, code = (taken := make.taken(r)).matter, taken.code
    other = make.taken(r, title="另一件")
    own = make.taken(r, user=c.author, source="member").matter  # has no code at all
    citizen = browse()
    for receipt, given in (
        (one.receipt, "AAAAAAAAAA"), (one.receipt, other.code), ("YS2020-0001", code), (own.receipt, ""), (own.receipt, "x"),
        (one.receipt, ""), ("\x00", code), (one.receipt, "码" * 10),
    ):  # fmt: skip
        page = citizen.post(ASK, {"receipt": receipt, "code": given})
        assert (page.status_code, make.TITLE in page.content.decode()) == (400, False), (receipt, given)
    assert make.TITLE in citizen.post(ASK, {"receipt": one.receipt, "code": code}).content.decode()
    cache.clear()
    for _ in range(asking.MOST_QUESTIONS):
        citizen.post(ASK, {"receipt": "x", "code": "x"})
    assert citizen.post(ASK, {"receipt": one.receipt, "code": code}).status_code == 429


def test_no_name_no_phone_no_code_in_public(c, r, browse):
    """Every public page, before and after the release of everything there is."""
    taken = make.taken(r)
    one, public = taken.matter, browse()
    for act, _state, actor, data in make.way(r, one):
        make.go(one, act, actor, data)
    perform(Act.RELEASE, one, r.host, {})
    pages = ["", "matters/", f"matters/{one.pk}/", f"venues/{r.village.pk}/", "matters/?q=排水沟", "bring/", "ask/"]
    bodies = {path: public.get(f"/public/consult/{path}") for path in pages}
    assert {answer.status_code for answer in bodies.values()} == {200}
    found = [
        (path, word)
        for path, answer in bodies.items()
        for word in (*PRIVATE, taken.code)
        if word in answer.content.decode()
    ]
    assert found == []
    assert "疏通排水沟" in bodies[f"matters/{one.pk}/"].content.decode()
    perform(Act.UNRELEASE, one, r.host, {"reason": "有误"})
    assert public.get(f"/public/consult/matters/{one.pk}/").status_code == 404
    assert "疏通" not in public.get("/public/consult/matters/").content.decode()


def test_a_matter_not_taken_on_is_not_public(c, r, browse):
    one = make.matter(r, "selected")
    assert browse().get(f"/public/consult/matters/{one.pk}/").status_code == 404
    for path in ("venues/999999/", "matters/999999/"):
        assert browse().get(f"/public/consult/{path}").status_code == 404


def test_the_number_is_for_the_room_and_each_look_is_noted(c, r, browse, settings):
    one = make.taken(r).matter
    page = browse(r.host).get(f"/grassroots/{one.pk}/").content.decode()
    assert ("138****5678" in page, "13800005678" in page) == (True, False)
    address = f"/grassroots/{one.pk}/contact/"
    with CaptureQueriesContext(connection) as asked:
        assert "13800005678" in browse(r.secretary).post(address).content.decode()
    locks = [query["sql"] for query in asked if "members_user" in query["sql"] and " UPDATE" in query["sql"]]
    # An act of the same person on the matter holds that and writes who did it: no key is locked, or they wait for each other.
    assert locks and all(sql.endswith("FOR NO KEY UPDATE") for sql in locks)
    assert list(ContactView.objects.values_list("user", flat=True)) == [r.secretary.pk]
    for user, status in ((r.officer, 403), (r.town_host, 403), (c.author, 404)):
        assert browse(user).post(address).status_code == status
        shown = browse(user).get(f"/grassroots/{one.pk}/").content.decode()
        assert [said for said in ("1380", "138*", "5678", "138 ") if said in shown.replace(f"u{user.pk}", "")] == []
    settings.REVEALS_PER_HOUR = 1
    assert browse(r.secretary).post(address).status_code == 409
