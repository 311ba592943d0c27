"""Announcements of the county's 提案委, as drafts and published."""

from announcements import drafting
from announcements.acts import Act
from announcements.models import Announcement
from members.models import Organization, User
from workflow.engine import perform

from . import people
from .county import County


def draft(c: County, writer: User | None = None, **fields) -> Announcement:
    """To all members, unless `fields` say otherwise."""
    writer = writer or c.staff
    issuer = Organization.objects.filter(appointments__person=writer.person).first()
    one = drafting.create(writer, issuer)
    text = {
        "title": "关于召开季度协商座谈会的通知",
        "body": "请准时参加。\n\n地点：县政协二楼会议室。",
        "people": ["members"],
    }
    return drafting.save(one, writer, text | fields)


def published(c: County, writer: User | None = None, **fields) -> Announcement:
    one = draft(c, writer, **fields)
    perform(Act.PUBLISH, one, writer or c.staff)
    return Announcement.objects.get(pk=one.pk)


def every_act(do, c: County) -> None:
    """Each act of the table once, by `do`."""
    do(Act.DROP, draft(c), c.staff)
    one = draft(c)
    do(Act.PUBLISH, one, c.staff)
    do(Act.REMIND, one, c.staff)
    people.member("新当选的委员")
    do(Act.ADD, one, c.staff)
    do(Act.WITHDRAW, one, c.staff, {"reason": "时间有变"})
