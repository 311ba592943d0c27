"""我的资料, 个人信息保护说明, 通讯录: the pages."""

import io
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from members.models import Consent, ContactReveal, Person, ProfileChange
from members.privacy import reveals
from tests.factories import county as make
from tests.factories import people

pytestmark = pytest.mark.django_db
NUMBER = "13900000001"


@pytest.fixture
def c():
    county = make.county()
    Person.objects.filter(pk=county.author.person_id).update(phone=NUMBER, employer="县一高")
    return county


def client_of(user, agreed: bool = True) -> Client:
    if agreed:
        people.agree(user)
    client = Client()
    client.force_login(user)
    return client


def text(answer) -> str:
    return answer.content.decode()


def test_reminder_stands_on_every_page_until_a_choice_is_made(c):
    client = client_of(c.author, agreed=False)
    assert "请抽空阅读《个人信息保护说明》" in text(client.get("/"))
    assert "请抽空阅读" not in text(client.get("/privacy/"))
    client.post("/privacy/agree/", {"show_phone": "no"})
    assert "请抽空阅读" not in text(client.get("/"))


def test_reminder_costs_no_query(c):
    client = client_of(c.author, agreed=False)
    client.get("/inbox/")
    with CaptureQueriesContext(connection) as before:
        client.get("/inbox/")
    client.post("/privacy/agree/", {"show_phone": "yes"})
    client.get("/inbox/")
    with CaptureQueriesContext(connection) as after:
        client.get("/inbox/")
    assert len(before) == len(after)


@pytest.mark.parametrize("path", ["/me/", "/me/correct/", "/directory/"])
def test_the_notice_comes_first_and_leads_back(c, path):
    client = client_of(c.author, agreed=False)
    answer = client.get(path)
    assert (answer.status_code, answer["Location"]) == (302, f"/privacy/?next={path.replace('/', '%2F')}")
    assert client.post("/privacy/agree/", {"show_phone": "yes", "next": path})["Location"] == path
    assert client.get(path).status_code == 200


def test_a_foreign_address_is_not_followed(c):
    client = client_of(c.author, agreed=False)
    given = {"show_phone": "yes", "next": "https://evil.example/"}
    assert client.post("/privacy/agree/", given)["Location"] == "/me/"


def test_no_choice_about_the_phone_is_no_consent(c):
    answer = client_of(c.author, agreed=False).post("/privacy/agree/", {})
    assert (answer.status_code, Consent.objects.count()) == (400, 0)
    assert "请选择一项。" in text(answer)


def test_withdrawing_closes_profile_and_directory_only(c):
    client = client_of(c.author)
    assert "已撤回同意" in text(client.post("/privacy/withdraw/", follow=True))
    assert [client.get(path).status_code for path in ("/me/", "/directory/", "/", "/proposals/")] == [
        302,
        302,
        200,
        200,
    ]


def test_the_notice_is_open_and_an_unknown_version_is_not_there(client):
    assert "我们<strong>不收</strong>身份证号" in text(client.get("/privacy/2026-11/"))
    assert client.get("/privacy/1999-01/").status_code == 404


def test_profile_shows_own_data_all_terms_and_who_looked(c):
    people.term(10, people.LONG_AGO.replace(year=2017))
    reveals.note(c.staff, c.author.person, reveals.DIRECTORY)
    page = text(client_of(c.author).get("/me/"))
    for words in (NUMBER, "县一高", "第十一届", "何静", "姓名、界别、席位和任职由有关会议决定"):
        assert words in page


def test_correcting_waits_and_is_shown(c):
    client = client_of(c.author)
    form = client.get("/me/correct/").context["form"].initial
    page = text(client.post("/me/correct/", {**form, "employer": "县二高"}, follow=True))
    assert "已提交 1 项更正" in page
    assert "县一高 → <strong>县二高</strong>" in page
    assert Person.objects.get(pk=c.author.person_id).employer == "县一高"


def test_a_wrong_value_stands_in_the_form_with_its_sentence(c):
    client = client_of(c.author)
    form = client.get("/me/correct/").context["form"].initial
    answer = client.post("/me/correct/", {**form, "phone": "123"})
    assert (answer.status_code, ProfileChange.objects.count()) == (400, 0)
    assert "不是手机号" in text(answer)
    assert 'value="123"' in text(answer)


def test_the_copy_is_a_file_that_nobody_keeps(c):
    answer = client_of(c.author).post("/me/data/")
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/zip", "private, no-store")
    assert ZipFile(io.BytesIO(answer.content)).namelist() == ["我的数据.xlsx", "我的数据.json"]


def test_directory_masks_every_number(c):
    people.agree(c.author)
    page = text(client_of(c.other_member).get("/directory/"))
    assert "139****0001" in page
    assert NUMBER not in page


def test_a_number_is_shown_by_post_and_noted(c):
    people.agree(c.author)
    client = client_of(c.other_member)
    path = f"/directory/{c.author.person_id}/phone/"
    assert client.get(path).status_code == 405
    page, fragment = client.post(path), client.post(path, headers={"HX-Request": "true"})
    assert ("</html>" in text(page), "</html>" in text(fragment)) == (True, False)
    assert NUMBER in text(page)
    assert NUMBER in text(fragment)
    assert "no-store" in page["Cache-Control"]
    assert ContactReveal.objects.filter(user=c.other_member, person=c.author.person).count() == 2
    assert "赵文博" in text(client_of(c.author).get("/me/"))


def test_a_number_that_is_not_open_is_refused_and_nothing_noted(c):
    people.agree(c.author, shows=False)
    client = client_of(c.other_member)
    unit = client.post(f"/directory/{c.operator.person_id}/phone/")
    assert (client.post(f"/directory/{c.author.person_id}/phone/").status_code, unit.status_code) == (403, 404)
    assert ContactReveal.objects.count() == 0


def test_the_limit_says_so(c, settings):
    settings.REVEALS_PER_HOUR = 0
    people.agree(c.author)
    client, path = client_of(c.other_member), f"/directory/{c.author.person_id}/phone/"
    page, fragment = client.post(path), client.post(path, headers={"HX-Request": "true"})
    assert (page.status_code, fragment.status_code) == (429, 200)
    assert "一小时内最多查看 0 个手机号" in text(page)
    assert "一小时内最多查看 0 个手机号" in text(fragment)


def test_filters_are_chips_and_a_wrong_one_is_empty(c):
    client = client_of(c.other_member)
    assert "姓名、拼音或首字母：zmy" in text(client.get("/directory/?q=zmy"))
    assert "没有找到" in text(client.get("/directory/?sector=999999"))


def listed(c) -> None:
    who = people.member(sector=people.organization("sector"))
    people.appoint(who, people.organization("committee"), "member")
    Person.objects.filter(pk=who.person_id).update(phone=f"139{who.pk:08d}")
    people.agree(who, shows=False)


def seen(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def test_directory_costs_the_same_for_one_row_and_three(c):
    client = client_of(c.other_member)
    listed(c)
    few = seen(client, "/directory/")
    listed(c)
    listed(c)
    assert (few, seen(client, "/directory/")) == (12, 12)


def test_profile_costs_the_same_for_one_row_and_three(c):
    client = client_of(c.author)

    def more(n: int) -> None:
        people.appoint(c.author, people.organization("committee"), "member")
        reveals.note(people.member(), c.author.person, reveals.DIRECTORY)
        ProfileChange.objects.create(person=c.author.person, field="employer", new=str(n), outcome="accepted")

    more(1)
    few = seen(client, "/me/")
    more(2)
    more(3)
    assert (few, seen(client, "/me/")) == (12, 12)
