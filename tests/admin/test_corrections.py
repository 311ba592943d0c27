"""核对资料更正 in the admin, and which looks at a number there are noted."""

import pytest
from django.urls import reverse

from members.models import ContactReveal, Person, ProfileChange, User
from members.privacy import reveals
from members.profile import requesting
from tests.factories import people

from .scene import Scene, text

pytestmark = pytest.mark.django_db

LIST = "/admin/members/profilechange/"
DECIDE = f"{LIST}decide/"


@pytest.fixture
def change(s: Scene) -> ProfileChange:
    return requesting.request(s.users["member"].person, {"employer": "县农科所"})[0]


def outcome(change) -> tuple[str, str]:
    change.refresh_from_db()
    return change.outcome, change.reason


def test_old_and_new_stand_side_by_side(s, change):
    page = text(s.client("staff").get(f"{DECIDE}?id={change.pk}"))
    assert "<del>（空）</del>" in page
    assert "<ins>县农科所</ins>" in page


def test_accepting(s, change):
    answer = s.client("staff").post(DECIDE, {"id": [change.pk], "accept": "1", "reason": ""}, follow=True)
    assert "已采纳 1 项，本人会收到消息。" in text(answer)
    assert (outcome(change), change.decided_by) == (("accepted", ""), s.users["staff"])
    assert Person.objects.get(pk=change.person_id).employer == "县农科所"


def test_refusing_wants_a_reason(s, change):
    client = s.client("staff")
    answer = client.post(DECIDE, {"id": [change.pk], "refuse": "1", "reason": " "})
    assert (answer.status_code, outcome(change)) == (400, ("waiting", ""))
    assert "请写明不采纳的理由，本人会看到。" in text(answer)
    client.post(DECIDE, {"id": [change.pk], "refuse": "1", "reason": "请附文件"})
    assert outcome(change) == ("refused", "请附文件")


def test_many_by_ticking_and_what_cannot_be_done_is_said(s, change):
    moved = requesting.request(s.c.cosigner.person, {"position": "校长"})[0]
    Person.objects.filter(pk=moved.person_id).update(position="教师")
    client = s.client("office")
    ticked = {"action": "decide_chosen", "index": "0", "_selected_action": [change.pk, moved.pk]}
    page = text(client.post(LIST, ticked))
    assert ("采纳 2 项" in page, "申请后有变动，不能采纳" in page) == (True, True)
    done = text(client.post(DECIDE, {"id": [change.pk, moved.pk], "accept": "1", "reason": ""}, follow=True))
    assert ("已采纳 1 项" in done, "“职务”已改为“教师”" in done) == (True, True)
    assert (outcome(change)[0], outcome(moved)[0]) == ("accepted", "waiting")


@pytest.mark.parametrize("role", ["reviewer", "dispatch", "security", "audit"])
def test_who_may_not_change_people_may_not_decide(s, change, role):
    assert s.client(role).post(DECIDE, {"id": [change.pk], "accept": "1"}).status_code == 403
    assert outcome(change) == ("waiting", "")


def test_nonsense_is_nothing_chosen(s):
    answer = s.client("staff").post(DECIDE, {"id": ["x", "²", "9" * 30, "0"], "accept": "1"}, follow=True)
    assert "没有选中待核对的申请" in text(answer)


def test_the_index_counts_what_waits(s, change):
    queue = f"{LIST}?outcome=waiting"
    assert {role: queue in text(s.client(role).get("/admin/")) for role in ("staff", "system", "audit", "reviewer")} == {
        "staff": True, "system": True, "audit": False, "reviewer": False,
    }  # fmt: skip


def test_contact_data_is_masked_in_the_list(s):
    requesting.request(s.users["member"].person, {"phone": "13900000002"})
    page = text(s.client("audit").get(LIST))
    assert ("139****0002" in page, "13900000002" in page) == (True, False)


def test_the_page_that_decides_on_a_number_is_a_look(s):
    change = requesting.request(s.users["member"].person, {"phone": "13900000002"})[0]
    assert "13900000002" in text(s.client("staff").get(f"{DECIDE}?id={change.pk}"))
    assert ContactReveal.objects.get().page == reveals.ADMIN_CORRECTION


@pytest.fixture
def known(s) -> Person:
    person = s.users["member"].person
    Person.objects.filter(pk=person.pk).update(phone="13900000001")
    User.objects.filter(pk=s.users["member"].pk).update(phone="13900000001")
    return person


def looks(role_page) -> list[tuple]:
    return list(ContactReveal.objects.order_by("pk").values_list("user", "page", "door"))


def test_a_form_with_the_whole_number_is_a_look(s, known):
    path = reverse("admin:members_person_change", args=[known.pk])
    assert "13900000001" in text(s.client("staff").get(path))
    assert "13900000001" not in text(s.client("reviewer").get(path))
    assert looks(path) == [(s.users["staff"].pk, reveals.ADMIN_PERSON, "admin")]


def test_the_form_of_an_account_too(s, known):
    path = reverse("admin:members_user_change", args=[s.users["member"].pk])
    shown = {role: "13900000001" in text(s.client(role).get(path)) for role in ("system", "security", "audit")}
    assert shown == {"system": True, "security": False, "audit": False}
    assert looks(path) == [(s.users["system"].pk, reveals.ADMIN_ACCOUNT, "admin")]


def test_ones_own_number_is_no_look(s):
    own = s.users["staff"].person
    Person.objects.filter(pk=own.pk).update(phone="13900000003")
    s.client("staff").get(reverse("admin:members_person_change", args=[own.pk]))
    assert ContactReveal.objects.count() == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same(s, rows, django_assert_num_queries):
    for _ in range(rows):
        requesting.request(people.member().person, {"employer": "县农科所"})
    client = s.client("staff")
    client.get(LIST)
    with django_assert_num_queries(8):
        client.get(LIST)
