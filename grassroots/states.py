"""The states of a matter brought to a consultation room, and their named groups."""

from enum import nonmember

from django.db import models


class State(models.TextChoices):
    WAITING = "waiting", "待初选"
    SELECTED = "selected", "待公示"
    POSTED = "posted", "公示中"
    SURVEYING = "surveying", "调研中"
    CONVENING = "convening", "待协商"
    MINUTES = "minutes", "待签发纪要"
    AGREED = "agreed", "待交办"
    HANDLING = "handling", "落实中"
    DONE = "done", "待反馈"
    ANSWERED = "answered", "待评价"
    CLOSED = "closed", "已办结"
    DECLINED = "declined", "不予受理"
    MOVED = "moved", "已转办"
    OFFLINE = "offline", "已转线下"
    ARCHIVED = "archived", "已归档"

    TO_SCREEN = nonmember(("waiting", "selected"))
    BEFORE_ASSIGNING = nonmember(("waiting", "selected", "posted", "surveying", "convening", "minutes", "agreed"))
    OPEN = nonmember((
        "waiting", "selected", "posted", "surveying", "convening", "minutes", "agreed", "handling", "done", "answered",
    ))  # fmt: skip
    # From the room's decision to take it on, the public may know of it. What was released once stays, wherever the
    # matter goes, until somebody takes it down.
    RELEASABLE = nonmember((
        "posted", "surveying", "convening", "minutes", "agreed", "handling", "done", "answered", "closed", "moved", "archived",
    ))  # fmt: skip
    WITH_UNITS = nonmember(("handling", "done", "answered", "closed", "archived"))
    FINISHED = nonmember(("closed", "declined", "moved", "offline", "archived"))
    ARCHIVABLE = nonmember(("closed", "declined", "moved"))
    # Every state in which text is there to be taken away.
    WITH_TEXT = nonmember((
        "waiting", "selected", "posted", "surveying", "convening", "minutes", "agreed", "handling", "done", "answered",
        "closed", "declined", "moved", "archived",
    ))  # fmt: skip


TONES = {
    State.WAITING: "waiting", State.SELECTED: "waiting", State.POSTED: "info", State.SURVEYING: "info",
    State.CONVENING: "info", State.MINUTES: "waiting", State.AGREED: "waiting", State.HANDLING: "info",
    State.DONE: "waiting", State.ANSWERED: "info", State.CLOSED: "success", State.DECLINED: "neutral",
    State.MOVED: "success", State.OFFLINE: "neutral", State.ARCHIVED: "neutral",
}  # fmt: skip
