"""Corrections of one's own data: asked for, replaced, taken back, accepted or not, and never over a newer value."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from members.models import Outcome, Person, ProfileChange, User
from members.profile import correcting, deciding, requesting
from notices.models import Message
from tests.factories import people

pytestmark = pytest.mark.django_db
OLD, NEW = "13900000001", "13900000002"


@pytest.fixture
def member():
    who = people.member("周明远")
    Person.objects.filter(pk=who.person_id).update(employer="县一高", phone=OLD)
    User.objects.filter(pk=who.pk).update(phone=OLD)
    return User.objects.get(pk=who.pk)


@pytest.fixture
def staff():
    return people.holder(people.organization("committee", "提案委员会", code="proposals"), "staff", "何静")


def ask(member, **wanted) -> ProfileChange:
    return requesting.request(member.person, wanted)[0]


def outcomes() -> list[tuple[str, str]]:
    return list(ProfileChange.objects.order_by("pk").values_list("new", "outcome"))


def now(member) -> Person:
    return Person.objects.get(pk=member.person_id)


def test_a_change_waits_and_changes_nothing(member):
    change = ask(member, employer="县二高", position="")
    assert (change.field, change.old, change.new, change.outcome) == ("employer", "县一高", "县二高", "waiting")
    assert (now(member).employer, ProfileChange.objects.count()) == ("县一高", 1)


def test_a_later_request_takes_the_place_of_the_waiting_one(member):
    ask(member, employer="县二高")
    ask(member, employer="县三高")
    assert outcomes() == [("县二高", "replaced"), ("县三高", "waiting")]
    assert requesting.request(member.person, {"employer": "县三高"}) == []


def test_asking_for_what_is_there_takes_the_request_back(member):
    ask(member, employer="县二高")
    assert requesting.request(member.person, {"employer": "县一高"}) == []
    assert outcomes() == [("县二高", "withdrawn")]


def test_name_and_seat_cannot_be_asked_for(member):
    assert requesting.request(member.person, {"name": "周二", "pinyin": "x"}) == []


def test_accepting_writes_and_tells(member, staff):
    change = ask(member, employer="县二高")
    done = deciding.accept(change, staff)
    assert (now(member).employer, done.outcome, done.decided_by) == ("县二高", Outcome.ACCEPTED, staff)
    message = Message.objects.get()
    assert (message.recipient, message.subject, message.url) == (member, "您申请更正的“工作单位”已采纳", "/me/")


def test_refusing_needs_a_reason_and_tells_it(member, staff):
    change = ask(member, employer="县二高")
    with pytest.raises(ValidationError, match="请写明不采纳的理由"):
        deciding.refuse(change, staff, "  ")
    deciding.refuse(change, staff, "请附调动文件")
    assert (now(member).employer, outcomes()) == ("县一高", [("县二高", "refused")])
    assert Message.objects.get().body == "理由：请附调动文件"


def test_what_was_changed_meanwhile_is_not_overwritten(member, staff):
    change = ask(member, employer="县二高")
    Person.objects.filter(pk=member.person_id).update(employer="县实验中学")
    with pytest.raises(ValidationError, match="“工作单位”已改为“县实验中学”（申请时是“县一高”），没有覆盖"):
        deciding.accept(change, staff)
    assert (now(member).employer, outcomes()) == ("县实验中学", [("县二高", "waiting")])


def test_what_was_set_to_the_same_meanwhile_is_accepted(member, staff):
    change = ask(member, employer="县二高")
    Person.objects.filter(pk=member.person_id).update(employer="县二高")
    assert deciding.accept(change, staff).outcome == Outcome.ACCEPTED


def test_a_decision_is_made_once(member, staff):
    change = ask(member, employer="县二高")
    deciding.accept(change, staff)
    with pytest.raises(ValidationError, match="这项申请已经采纳"):
        deciding.refuse(change, staff, "迟了")


def test_whoever_may_not_change_people_decides_nothing(member):
    change = ask(member, employer="县二高")
    with pytest.raises(PermissionDenied):
        deciding.accept(change, people.member())
    assert outcomes() == [("县二高", "waiting")]


def test_nobody_decides_their_own(staff):
    change = requesting.request(staff.person, {"employer": "县政协"})[0]
    with pytest.raises(ValidationError, match="不能核对您本人的申请"):
        deciding.accept(change, staff)


def test_the_login_phone_goes_with_the_phone_when_it_was_the_same(member, staff):
    deciding.accept(ask(member, phone=NEW), staff)
    member.refresh_from_db()
    assert (now(member).phone, member.phone) == (NEW, NEW)


@pytest.mark.parametrize("login", ["13900000007", None])
def test_another_login_phone_stays(member, staff, login):
    User.objects.filter(pk=member.pk).update(phone=login)
    deciding.accept(ask(member, phone=NEW), staff)
    member.refresh_from_db()
    assert (now(member).phone, member.phone) == (NEW, login)


@pytest.mark.parametrize("taken", ["phone", "username"])
def test_a_number_that_somebody_took_meanwhile_is_refused(member, staff, taken):
    change = ask(member, phone=NEW)
    User.objects.filter(pk=people.user().pk).update(**{taken: NEW})
    with pytest.raises(ValidationError, match="这个手机号已登记在另一人名下或用于另一账号"):
        deciding.accept(change, staff)
    assert (now(member).phone, outcomes()) == (OLD, [(NEW, "waiting")])


def test_many_at_once_each_for_itself(member, staff):
    good, stale = ask(member, employer="县二高"), ask(member, position="校长")
    Person.objects.filter(pk=member.person_id).update(position="教师")
    results = deciding.decide_many([good, stale], staff, True, "")
    assert [bool(result.refusal) for result in results] == [False, True]
    assert outcomes() == [("县二高", "accepted"), ("校长", "waiting")]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"born": "1975年3月"}, "请写成四位年、两位月，例如 1975-03。"),
        ({"born": "1975-13"}, "请写成四位年、两位月，例如 1975-03。"),
        ({"phone": "0396-6221234"}, "不是手机号：应是 1 开头的 11 位数字。请核对。"),
        ({"phone": ""}, "手机不能为空。请填写现在使用的手机号。"),
        ({"phone": "13900000008"}, correcting.PHONE_TAKEN),
        ({"position": "41282119750301123X"}, correcting.ID_REFUSED),
        ({"email": "没有"}, "邮箱地址不完整。请写成 name@example.com 的样子。"),
    ],
)
def test_bad_values_are_named(member, given, sentence):
    people.person("另一人", phone="13900000008")
    form = correcting.form_for(member.person, given)
    assert {name: list(errors) for name, errors in form.errors.items()} == {next(iter(given)): [sentence]}


def test_what_is_there_already_is_in_nobodys_way(member):
    """A roster of old may hold what the form would refuse."""
    people.person("另一人", phone=OLD)
    Person.objects.filter(pk=member.person_id).update(born="1975")
    form = correcting.form_for(member.person, {"employer": "县二高"})
    assert (form.errors, form.cleaned_data["phone"]) == ({}, OLD)


def test_a_number_with_blanks_is_read(member):
    form = correcting.form_for(member.person, {"phone": "+86 139-0000-0002"})
    assert (form.errors, form.cleaned_data["phone"]) == ({}, NEW)


def test_the_form_shows_what_waits(member):
    ask(member, employer="县二高")
    assert correcting.form_for(member.person).initial["employer"] == "县二高"
