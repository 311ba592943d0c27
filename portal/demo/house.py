"""The clerks of the 政协办公室 and of the special committees, with accounts: who keeps the plan and leads its topics."""

from django.contrib.auth.hashers import make_password

from members.models import Appointment, Person, User

from .county import County
from .places import COMMITTEES

OFFICE = "县政协办公室"
# Invented names, one for the office and one for each committee, in their order.
NAMES = ("罗永强", "程晓东", "袁秀芝", "邓国平", "薛雅琴", "韩志明", "梁文慧", "温德海")


def people(county: County) -> None:
    """Persons, posts and accounts; `county.house` finds them by the name of their body."""
    starts, unusable = county.sessions[0].term.starts, make_password(None)
    bodies = [
        county.organizations[f"office:{OFFICE}"],
        *(county.organizations[f"committee:{name}"] for name in COMMITTEES),
    ]
    for n, (body, name) in enumerate(zip(bodies, NAMES, strict=True)):
        who = Person(name=name, gender="男", employer=body.name, position="科员", phone=f"199000097{n:02d}")
        who.set_keys()
        who.save()
        Appointment.objects.create(person=who, organization=body, post="staff", title="科员", starts=starts)
        county.users[who.pk] = User.objects.create(
            username=f"jg{n:04d}", person=who, phone=who.phone, password=unusable
        )
        county.house[body.name] = who
