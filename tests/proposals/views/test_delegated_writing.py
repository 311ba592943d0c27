"""The pages of 代为起草: granting, writing for a member, and what the member then finds."""

from datetime import timedelta

import pytest
from django.test import Client

from members.models import Delegation
from members.periods import today
from proposals.models import Proposal
from tests.factories import county as make
from tests.factories import people

pytestmark = pytest.mark.django_db
PAGE, NEW = "/delegations/", "/proposals/new/"


@pytest.fixture
def c():
    return make.county()


@pytest.fixture
def secretary():
    return people.user("方文书")


def browser(user) -> Client:
    client = Client()
    client.force_login(user, "members.backends.AppointmentBackend")
    return client


def given(c, secretary) -> Delegation:
    return Delegation.objects.create(grantor=c.author.person, secretary=secretary.person, starts=people.LONG_AGO)


def test_a_member_grants_and_takes_back(c, secretary):
    author = browser(c.author)
    data = {"name": "方文书", "account": secretary.username, "ends": f"{today() + timedelta(days=9)}"}
    assert "已授权方文书代您起草提案" in author.post(PAGE, data, follow=True).content.decode()
    row = Delegation.objects.get()
    assert "授权我代为起草的委员" in browser(secretary).get(PAGE).content.decode()
    assert "授权已收回" in author.post(f"{PAGE}{row.pk}/revoke/", follow=True).content.decode()
    assert Delegation.objects.on(today()).count() == 0
    assert author.post(f"{PAGE}{row.pk}/revoke/").status_code == 404


def test_a_wrong_account_is_named_at_its_field(c):
    answer = browser(c.author).post(PAGE, {"name": "方文书", "account": "x", "ends": f"{today()}"})
    assert (answer.status_code, "姓名和账号（或登录手机）对不上" in answer.content.decode()) == (400, True)


def test_writing_for_a_member(c, secretary):
    given(c, secretary)
    writer = browser(secretary)
    page = writer.get(NEW).content.decode()  # only one to write for: no question first
    assert ("代周明远委员起草" in page, "no_secrets" in page) == (True, False)
    owner = f"for-{c.author.person_id}"
    posted = {
        "organization": owner, "title": "关于停车的提案", "situation": "难。", "suggestions-TOTAL_FORMS": "1",
        "suggestions-INITIAL_FORMS": "0", "suggestions-0-text": "建台账", "done": "1",
    }  # fmt: skip
    answer = writer.post(NEW, posted)
    case = Proposal.objects.get()
    assert (answer["Location"], case.first_proposer, case.drafter) == (
        f"/proposals/{case.pk}/",
        c.author.person,
        secretary.person,
    )
    assert "送本人核对" in writer.get(f"/proposals/{case.pk}/").content.decode()
    writer.post(f"/proposals/{case.pk}/acts/hand_over/", {"version": case.version})
    mine = browser(c.author).get(f"/proposals/{case.pk}/edit/").content.decode()
    assert "由方文书代为起草，请核对后提交" in mine
    assert "方文书（代 周明远）" in browser(c.author).get(f"/proposals/{case.pk}/").content.decode()


@pytest.mark.parametrize("owner", ["for-0", "for-x", "for-{other}", "99999"])
def test_for_nobody_else(c, secretary, owner):
    given(c, secretary)
    answer = browser(secretary).get(NEW, {"for": owner.format(other=c.cosigner.person_id)})
    assert answer.status_code == 403


def test_the_api_drafts_for_a_member_too(c, secretary):
    given(c, secretary)
    client = browser(secretary)
    assert client.get("/api/v1/me/").json()["drafts_for"] == [{"id": c.author.person_id, "name": "周明远"}]
    made = client.post(
        "/api/v1/proposals/", {"title": "关于停车", "member": c.author.person_id}, content_type="application/json"
    )
    assert (made.status_code, Proposal.objects.get().first_proposer) == (201, c.author.person)
    other = client.post(
        "/api/v1/proposals/", {"title": "关于路灯", "member": c.cosigner.person_id}, content_type="application/json"
    )
    assert (other.status_code, Proposal.objects.count()) == (400, 1)


def test_the_secretary_reads_what_they_write_and_finds_no_submit_button(c, secretary):
    given(c, secretary)
    case = make.draft(c)
    Proposal.objects.filter(pk=case.pk).update(drafter=secretary.person)
    client = browser(secretary)
    seen = client.get(f"/api/v1/proposals/{case.pk}/").json()
    assert (seen["audience"], seen["editable"], [act["act"] for act in seen["acts"]]) == (
        "proposer",
        True,
        ["hand_over"],
    )
    page = client.get(f"/proposals/{case.pk}/check/").content.decode()
    assert ("acts/submit/" in page, ">提交<" in page, "先邀请其他委员联名" in page) == (True, False, False)
