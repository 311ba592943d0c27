"""The county of the admin's tests: everybody by the name under which the tables speak of them."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from members import duties
from members.models import User
from proposals import urging
from proposals.models import Assignment, Demand, KeyConsultation, KeyProposal, NoticeCode, Supervision
from tests.factories import county as make
from tests.factories import people

# Who may enter, and two who may not.
INSIDE = ("staff", "head", "reviewer", "dispatch", "office", "system", "security", "audit")
OUTSIDE = ("member", "operator")


@dataclass
class Scene:
    c: make.County
    users: dict[str, User]
    clients: dict[str, Client] = field(default_factory=dict)

    def client(self, role: str) -> Client:
        client = Client()
        client.force_login(self.users[role], backend="members.backends.AppointmentBackend")
        return client

    def kept_client(self, role: str) -> Client:
        """The same one at each call: who opens many pages logs in once."""
        if role not in self.clients:
            self.clients[role] = self.client(role)
        return self.clients[role]


def make_scene() -> Scene:
    c = make.county()
    users = {
        "staff": c.staff, "head": c.head, "reviewer": c.reviewer, "dispatch": c.dispatch,
        "office": people.holder(people.organization("office", "县政协办公室"), "staff", "罗勇"),
        "system": administrator(duties.SYSTEM, "管一"), "security": administrator(duties.SECURITY, "管二"),
        "audit": administrator(duties.AUDIT, "管三"),
        "member": c.author, "operator": c.operator,
    }  # fmt: skip
    return Scene(c, users)


def administrator(duty: str, name: str) -> User:
    who = people.user(name)
    who.groups.add(Group.objects.get(name=duty))
    return who


def text(response) -> str:
    return response.content.decode()


def press(s: Scene) -> None:
    """A promise, and a letter about one late case from a body that has a code of its own."""
    make.replied(s.c, make.signed(s.c, title="关于农村道路的提案"), result_class="B")
    late = make.share(make.assigned(s.c, title="关于农村公交的提案"), s.c.unit)
    Assignment.objects.filter(pk=late.pk).update(sign_due_on="2026-01-01")
    office = s.users["dispatch"].person.appointments.get().organization
    NoticeCode.objects.create(issuer=office, code="西督办")
    urging.issue(s.users["dispatch"], office, s.c.unit, [late], timezone.localdate() + timedelta(days=9))


def supervised(c, share) -> dict:
    """One row of every model of 督, about the case of the share."""
    make.perform("nominate_key", share.proposal, c.staff, {"reason": "群众关注"})
    day = timezone.localdate().isoformat()
    make.perform("consult_key", share.proposal, c.staff, {"asked": "民盟", "on": day, "supports": "yes"})
    asked = {"unit_1": share.pk, "demand_1": "落实经费", "due_1": day}
    seen = {"form": "visit", "on": day, "participants": "三方", "findings": "偏慢。", **asked}
    make.perform("supervise", share.proposal, c.staff, seen)
    models = (KeyProposal, KeyConsultation, Supervision, Demand)
    return {f"proposals_{model.__name__.lower()}": model.objects.get() for model in models}
