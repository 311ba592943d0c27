"""Which models each capacity sees and changes in the admin (the three duties exclude each other)."""

from .duties import AUDIT, SECURITY, SYSTEM
from .permissions import COMMITTEE_STAFF, DISPATCH, OFFICE_STAFF, REVIEWER, grant

READ, WRITE = ("view",), ("view", "add", "change")
PEOPLE = ("person", "member", "organization", "appointment", "term", "session")
KEPT = ("consent", "contactreveal", "dataexport")
CALENDAR = ("calendarday", "duerule", "holidaynotice")


def _rights(app: str, models, actions) -> list[str]:
    return [f"{app}.{action}_{model}" for model in models for action in actions]


def grant_all() -> None:
    """Rights over people and over the apps below, which cannot know the capacities themselves."""
    for capacity in (COMMITTEE_STAFF, OFFICE_STAFF, SYSTEM):
        grant(capacity, *_rights("members", PEOPLE, WRITE))
        grant(capacity, "members.import_roster", "members.view_importbatch", "members.view_profilechange")
    grant(AUDIT, *_rights("members", ("profilechange", *KEPT), READ))
    for capacity in (COMMITTEE_STAFF, SYSTEM):
        grant(capacity, *_rights("deadlines", CALENDAR, (*WRITE, "delete")))
    for capacity in (REVIEWER, DISPATCH):
        grant(capacity, *_rights("members", ("person", "organization", "appointment"), READ))
        grant(capacity, *_rights("deadlines", CALENDAR, READ))
    grant(SYSTEM, *_rights("members", ("user",), WRITE))
    grant(SECURITY, *_rights("members", ("appointment",), WRITE), *_rights("members", ("user",), ("view", "change")))
    grant(SECURITY, *_rights("members", ("person", "organization", "member"), READ))
    grant(AUDIT, *_rights("members", (*PEOPLE, "user"), READ), *_rights("deadlines", CALENDAR, READ))
    grant(AUDIT, "workflow.view_event")
    for duty in (SYSTEM, AUDIT):
        grant(duty, *_rights("documents", ("attachment",), READ))
    for capacity in (COMMITTEE_STAFF, OFFICE_STAFF):
        grant(capacity, *_rights("documents", ("papertemplate",), ("view", "change")))
    grant(AUDIT, *_rights("documents", ("papertemplate",), READ))
    for duty in (SYSTEM, SECURITY, AUDIT):
        grant(duty, *_rights("axes", ("accessattempt",), READ))
    for duty in (SECURITY, AUDIT):
        grant(duty, *_rights("axes", ("accesslog",), READ))
