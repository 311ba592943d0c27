"""到期提醒预览: who opens it, what stands in it, and for how many queries."""

import pytest
from django.test import Client

from deadlines.models import DueRule
from members.models import User
from tests.factories import county as make

pytestmark = pytest.mark.django_db
PAGE = "/inbox/coming/"


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_who_opens_it_and_who_may_follow_its_links(scene):
    c = scene
    opened = {name: client_of(user).get(PAGE).status_code for name, user in c.roles().items()}
    assert {name for name, status in opened.items() if status == 200} == {"staff", "head", "administrator"}
    assert set(opened.values()) == {200, 403}
    staff, system = (client_of(user).get(PAGE).content.decode() for user in (c.staff, c.administrator))
    number, link = "县政协十一届四次会议第 001 号", f'href="{make.Assignment.objects.get().get_absolute_url()}"'
    assert [number in page for page in (staff, system)] == [True, True]
    assert [link in page for page in (staff, system)] == [True, False]
    assert "吴小兰" in staff and "到期前 1 天" in staff


@pytest.fixture
def scene():
    c = make.county()
    make.assigned(c)
    make.cosigning(c)
    return c


def test_one_step_only_and_a_wrong_one(scene):
    client = client_of(scene.staff)
    assert "签收" in _table(client.get(PAGE, {"step": "sign"}))
    assert "签收" not in _table(client.get(PAGE, {"step": "first_contact"}))
    assert "签收" in _table(client.get(PAGE, {"step": "无", "page": "x"}))
    assert "确认联名" not in _table(client.get(PAGE))


def _table(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode().partition("<tbody>")[2]


def test_the_page_costs_the_same_for_one_and_for_thirty(scene, django_assert_num_queries):
    client = client_of(scene.staff)
    client.get(PAGE)
    for _ in range(2):
        with django_assert_num_queries(9):
            client.get(PAGE)
        [make.assigned(scene) for _ in range(3)]


def test_rule_in_the_admin_says_what_is_wrong(client):
    client.force_login(User.objects.create_user("root", is_superuser=True))
    rule = DueRule.objects.get(step="commitment")
    page = f"/admin/deadlines/duerule/{rule.pk}/change/"
    given = {
        "step": "commitment", "unit": "set", "counted_from": "完成期限由答复写明", "reminder_unit": "working_days",
        "valid_from": "2000-01-01", "reminder_days": "１、5，10 5",
    }  # fmt: skip
    for wrong, says in (
        ({"reminder_days": "三天"}, "“三天”不能用。请写 0 到 365 的整数，用逗号分开，如 5,1,0。"),
        ({"reminder_days": "-1"}, "“-1”不能用。请写 0 到 365 的整数，用逗号分开，如 5,1,0。"),
        ({"reminder_days": "1,2,3,4,5,6,7,8,9"}, "最多写 8 个天数，现在有 9 个，请删去几个。"),
        ({"amount": "3"}, "单位是“办理时确定”时，期限不填。"),
        ({"unit": "days", "amount": "3"}, "“落实承诺事项”的期限由人确定：单位请选“办理时确定”，期限不填。"),
        ({"step": "sign", "valid_from": "1999-01-01", "valid_to": "1999-02-01"}, "“签收”的期限按规则计算：请选工作日、日或月，并填写期限。"),
    ):  # fmt: skip
        answer = client.post(page, {**given, **wrong})
        assert (answer.status_code, says in answer.content.decode()) == (200, True), says
    assert client.post(page, given).status_code == 302
    rule.refresh_from_db()
    assert (rule.reminder_days, rule.reminder_offsets) == ("10,5,1", [10, 5, 1])


def test_a_date_set_by_people_is_explained_in_words(client, scene):
    client.force_login(scene.staff)
    answer = client.get("/deadlines/explain/?step=commitment&from=2026-04-22")
    assert answer.status_code == 400
    assert "“落实承诺事项”的期限不按天数计算：完成期限由答复写明，可经批准延期。" in answer.content.decode()
