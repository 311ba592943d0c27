"""Consent, looks at telephone numbers, and the copy of one's data."""

import io
import json
from datetime import timedelta
from zipfile import ZipFile

import pytest
from axes.models import AccessLog
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from members.models import BrowserLogin, Consent, ContactReveal, DataExport, Delegation
from members.privacy import consent, copies, holdings, reveals
from proposals.acts import AssignmentAct
from tests import entering
from tests.factories import county as make
from tests.factories import people
from workflow.door import PORTAL, through
from workflow.engine import perform

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    who = people.member("周明远")
    who.person.phone = "13900000001"
    who.person.save()
    return who


def records() -> list[tuple[str, bool]]:
    return list(Consent.objects.order_by("pk").values_list("kind", "given"))


def test_consent_is_noted_with_version_door_and_address(member):
    with through(PORTAL, "10.1.2.3"):
        consent.choose(member.person, True, False)
    row = Consent.objects.filter(kind="privacy").get()
    assert (row.given, row.version, row.door, row.ip) == (True, consent.VERSION, "portal", "10.1.2.3")
    assert (consent.has_agreed(member.person), consent.shows_phone(member.person)) == (True, False)


def test_the_same_choice_twice_is_one_record(member):
    consent.choose(member.person, True, True)
    consent.choose(member.person, True, True)
    assert records() == [("privacy", True), ("directory", True)]


def test_withdrawing_hides_the_phone_too(member):
    consent.choose(member.person, True, True)
    consent.choose(member.person, False, True)
    consent.choose(member.person, False, False)
    assert records() == [("privacy", True), ("directory", True), ("privacy", False), ("directory", False)]
    assert (consent.has_agreed(member.person), consent.shows_phone(member.person)) == (False, False)


def test_a_new_version_asks_again(member, monkeypatch):
    consent.agree(member.person, True)
    monkeypatch.setattr(consent, "VERSION", "2030-01")
    assert (consent.has_agreed(member.person), consent.shows_phone(member.person)) == (False, True)


def test_log_in_notes_in_the_session_whether_to_ask(member):
    def asked() -> bool:
        client = Client()
        entering.log_in(client, member)
        return client.session[consent.DUE]

    before = asked()
    consent.agree(member.person, True)
    assert (before, asked()) == (True, False)


@pytest.mark.parametrize("model", [Consent, ContactReveal, DataExport])
@pytest.mark.parametrize("how", ["update", "delete"])
def test_the_database_lets_nobody_change_these_rows(member, model, how):
    consent.agree(member.person, True)
    reveals.note(member, member.person, reveals.DIRECTORY)
    copies.copy_of(member.person)
    rows = model.objects.order_by()
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(door="x") if how == "update" else rows._raw_delete(rows.db)


def test_each_look_is_noted(member):
    looking = people.member()
    with through(PORTAL, "10.1.2.3"):
        number = reveals.reveal(looking, member.person, reveals.DIRECTORY)
    row = ContactReveal.objects.get()
    assert (number, row.user, row.person, row.page) == ("13900000001", looking, member.person, "通讯录")
    assert (row.door, row.ip, list(reveals.of_person(member.person))) == ("portal", "10.1.2.3", [row])


def test_ones_own_number_is_no_look(member):
    assert reveals.reveal(member, member.person, reveals.DIRECTORY) == "13900000001"
    assert ContactReveal.objects.count() == 0


def test_the_limit_of_an_hour(member, settings):
    settings.REVEALS_PER_HOUR = 2
    looking = people.member()
    for _ in range(2):
        reveals.reveal(looking, member.person, reveals.DIRECTORY)
    with pytest.raises(reveals.TooMany, match="一小时内最多查看 2 个手机号"):
        reveals.reveal(looking, member.person, reveals.DIRECTORY)
    assert ContactReveal.objects.count() == 2
    reveals.reveal(people.member(), member.person, reveals.DIRECTORY)


def read(file: bytes) -> tuple[dict, list[str]]:
    packed = ZipFile(io.BytesIO(file))
    book = load_workbook(io.BytesIO(packed.read(copies.WORKBOOK)))
    return json.loads(packed.read(copies.DATA)), book.sheetnames


def test_the_copy_holds_everything_and_is_noted():
    c = make.county()
    mine = make.replied(c, make.signed(c))
    perform(AssignmentAct.RATE, mine, c.author, make.rating())
    consent.agree(c.author.person, True)
    data, sheets = read(copies.copy_of(c.author.person))
    assert sheets == [part.title for part in holdings.parts()] == list(data)
    assert data["个人资料"][0] == {"项目": "姓名", "内容": "周明远"}
    assert [row["案由"] for row in data["我的提案"]] == [mine.proposal.title]
    assert [row["案由"] for row in data["我的评价"]] == [mine.proposal.title]
    assert (len(data["委员席位"]), len(data["同意记录"]), len(data["数据导出记录"])) == (1, 2, 1)
    assert DataExport.objects.get().person == c.author.person


def test_the_copy_holds_no_secret_and_nobody_elses_data():
    c = make.county()
    make.submitted(c)
    c.author.set_password("Crabapple-88-blossom")
    c.author.save()
    data, _sheets = read(copies.copy_of(c.author.person))
    other, _sheets = read(copies.copy_of(c.other_member.person))
    text = json.dumps(data, ensure_ascii=False)
    assert c.author.password not in text
    assert "password" not in text
    assert (other["我的提案"], other["我办理的操作"]) == ([], [])


def test_the_copy_of_a_person_without_an_account():
    data, _sheets = read(copies.copy_of(people.person("没有账号")))
    assert (data["账号"], data["登录记录"], data["个人资料"][0]["内容"]) == ([], [], "没有账号")


def log_in(name: str, ip: str, days_ago: int = 0) -> None:
    row = AccessLog.objects.create(username=name, ip_address=ip)
    AccessLog.objects.filter(pk=row.pk).update(attempt_time=timezone.now() - timedelta(days=days_ago))


def test_the_copy_holds_one_s_own_log_ins_only(member):
    member.phone = "13900000001"
    member.save()
    log_in(member.username, "10.0.0.1")
    log_in(member.phone, "10.0.0.2")  # an account of that name, which is not theirs
    log_in(member.username, "10.0.0.3", days_ago=900)  # before they had the account
    BrowserLogin.objects.create(user=member, session_key="k", program="安卓上的 微信", ip="10.0.0.4")
    data, _sheets = read(copies.copy_of(member.person))
    assert [row["地址"] for row in data["登录记录"]] == ["10.0.0.1"]
    assert [(row["浏览器"], row["地址"]) for row in data["浏览器登录"]] == [("安卓上的 微信", "10.0.0.4")]


def test_the_copy_holds_leaves_to_draft_given_and_held(member):
    other = people.member("李代笔").person
    for grantor, secretary in ((member.person, other), (other, member.person)):
        Delegation.objects.create(grantor=grantor, secretary=secretary, starts="2026-01-01", ends="2026-02-01")
    data, _sheets = read(copies.copy_of(member.person))
    told = [(row["方向"], row["对方"], row["结束"]) for row in data["起草授权"]]
    assert told == [("授权他人代我起草", "李代笔", "2026-02-01"), ("我代他人起草", "李代笔", "2026-02-01")]
