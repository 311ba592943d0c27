"""我的待办 of people for whom something waits in every app: nothing is left out, and one statement more is all it costs."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from opinions.acts import Act
from tests.factories import consultations, grassroots, opinions
from tests.factories import county as make
from workflow.engine import perform

pytestmark = pytest.mark.django_db


def todo(user) -> tuple[set[str], int]:
    """What waits, and for how many statements it is told."""
    client = Client()
    client.force_login(user)
    client.get("/api/v1/me/todo/")
    with CaptureQueriesContext(connection) as seen:
        body = client.get("/api/v1/me/todo/").json()
    return {item["what"] for item in body["items"]}, len(seen)


def test_a_member_and_a_unit_with_something_everywhere():
    c = make.county()
    make.draft(c)
    make.replied(c, make.signed(c))
    returned = opinions.submitted(c)
    perform(Act.RETURN, returned, opinions.office(c).editor, {"reason": "再写具体些"})
    consultations.asking(c)
    rooms = grassroots.rooms()
    grassroots.matter(rooms, "answered", user=c.author, source="member")
    everything = {"继续编写", "评价答复", "修改后重新提交社情民意", "发表协商意见", "评价办理结果"}
    assert todo(c.author) == (everything, 12)
    make.share(make.assigned(c), c.unit)
    opinions.handed_over(c)
    consultations.sent(c)
    assert todo(c.operator) == ({"签收", "评价提案质量", "签收转办的社情民意", "答复协商建议"}, 10)
