"""A real act of a real proposal, up to the unit's inbox and mailbox."""

import pytest

from notices import delivery, mailing
from notices.models import Message
from tests.factories import county as make
from workflow.models import Event

pytestmark = pytest.mark.django_db


def test_assignment_reaches_the_unit_without_the_title(smtp, client):
    c = make.county()
    c.operator.person.email = "wu@mail.example"
    c.operator.person.save()
    title = "关于加强某某校园周边交通管理的提案"
    proposal = make.assigned(c, title=title)
    delivery.deliver_due()
    mailing.send_due()

    told = Message.objects.get(recipient=c.operator)
    events = Event.objects.filter(case_process="proposal", case_id=proposal.pk)
    assert told.event in events
    assert title not in told.subject
    assert [mail["To"] for mail in smtp.mails] == ["wu@mail.example"]
    assert title not in smtp.mails[0].as_string()
    client.force_login(c.operator)
    response = client.get(f"/inbox/{told.pk}/")
    assert (response.status_code, response["Location"]) == (302, told.url)


def test_whoever_acts_is_not_told():
    c = make.county()
    make.assigned(c)
    delivery.deliver_due()
    own = [
        message for message in Message.objects.select_related("event") if message.event.actor_id == message.recipient_id
    ]
    assert own == []
