"""What the app tells the apps below when it is ready."""

from documents import access
from members import duties
from members.permissions import COMMITTEE_STAFF, OFFICE_STAFF, grant
from members.roster import claims as roster_claims
from notices import recipients
from notices.feed import sources as feeds
from notices.reminders import sources as reminders

from . import (
    attachments,
    claims,
    compared,
    exports,
    feed,
    holdings,
    recomputing,
    reminding,
    succession,
    telling,
    transitions,
)

VIEWABLE = ("matter", "release", "meeting", "consensus", "rating", "onwarding")


def open_all() -> None:
    roster_claims.register(claims.since)
    recipients.register(transitions.MATTER.name, telling.notices_for)
    recipients.register_places(telling.titles)
    access.register(attachments.SUBJECT, attachments.is_visible)
    reminders.register(reminding.asked, reminding.sees_all)
    feeds.register(feed.entries_for)
    holdings.register_own()
    compared.register_own()
    exports.register_own()
    recomputing.register_own()
    succession.register_own()
    for capacity in (COMMITTEE_STAFF, OFFICE_STAFF):
        grant(capacity, *(f"grassroots.{action}_venue" for action in ("view", "add", "change")))
        grant(capacity, *(f"grassroots.view_{name}" for name in VIEWABLE))
    grant(duties.AUDIT, "grassroots.view_contactview", "grassroots.view_venue")
