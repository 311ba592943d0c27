"""换届 and the events of a seat through the admin's pages."""

import re
from datetime import date

import pytest

from members.models import Member, Term

from .scene import text

pytestmark = pytest.mark.django_db
OPEN = "/admin/members/term/open/"


@pytest.fixture
def seat(s):
    return Member.objects.get(person=s.c.author.person)


def test_a_member_resigns(s, seat):
    page = f"/admin/members/member/{seat.pk}/end/"
    staff = s.client("staff")
    answer = staff.post(
        page, {"reason": "resigned", "last_day": "2026-06-30", "document": "西协常〔2026〕5号"}, follow=True
    )
    assert "已登记：周明远辞去，任职到 2026-06-30。" in text(answer)
    seat.refresh_from_db()
    assert (seat.ends, seat.end_reason) == (date(2026, 6, 30), "resigned")
    again = staff.post(page, {"reason": "resigned", "last_day": "2026-07-30"})
    assert (again.status_code, "这个席位已于 2026-06-30 结束" in text(again)) == (400, True)


def test_a_member_changes_the_sector(s, seat):
    from tests.factories import people

    sector = people.organization("sector", "农业和农村")
    data = {"sector": sector.pk, "group": "", "first_day": "2026-07-01"}
    answer = s.client("office").post(f"/admin/members/member/{seat.pk}/move/", data, follow=True)
    assert "周明远从 2026-07-01 起在农业和农村、（未编组）。" in text(answer)
    assert Member.objects.filter(person=seat.person).count() == 2


@pytest.mark.parametrize("page", ["end", "move"])
def test_nobody_touches_the_own_seat_and_audit_only_looks(s, seat, page):
    from tests.factories import people

    Member.objects.filter(pk=seat.pk).update(person=s.users["staff"].person)
    for role in ("staff", "audit", "dispatch"):
        assert s.client(role).post(f"/admin/members/member/{seat.pk}/{page}/", {}).status_code == 403
    assert people.term().members.get(pk=seat.pk).ends is None


def test_a_term_is_looked_at_before_it_is_opened(s, seat):
    staff = s.client("staff")
    assert re.search(rf'value="{seat.pk}" checked', text(staff.get(OPEN)))
    shown = list(Member.objects.values_list("pk", flat=True))
    data = {"number": "12", "starts": "2027-03-01", "staying": [seat.pk], "shown": shown}
    page = text(staff.post(OPEN, data))
    everybody = Member.objects.count()
    assert f"连任 1 人，不再担任 {everybody - 1} 人。" in page
    assert Term.objects.count() == 1
    done = text(staff.post(OPEN, {**data, "confirm": "确认换届"}, follow=True))
    assert "第十二届已设立：连任 1 人" in done
    assert (Term.objects.count(), Member.objects.filter(term__number=12).count()) == (2, 1)


def test_a_wrong_number_changes_nothing(s, seat):
    answer = s.client("staff").post(OPEN, {"number": "14", "starts": "2027-03-01", "confirm": "1"})
    assert (answer.status_code, "新一届应是第 12 届" in text(answer), Term.objects.count()) == (400, True, 1)


def test_a_seat_that_came_after_the_look_stops_the_opening(s, seat):
    data = {"number": "12", "starts": "2027-03-01", "staying": [seat.pk], "shown": [seat.pk], "confirm": "1"}
    answer = s.client("staff").post(OPEN, data)
    assert (answer.status_code, "在您核对之后变动过" in text(answer), Term.objects.count()) == (400, True, 1)


def test_confirming_twice_opens_once(s, seat):
    shown = list(Member.objects.values_list("pk", flat=True))
    data = {"number": "12", "starts": "2027-03-01", "staying": [seat.pk], "shown": shown, "confirm": "1"}
    first, second = (s.client("staff").post(OPEN, data).status_code for _ in range(2))
    assert (first, second, Term.objects.count()) == (302, 400, 2)
