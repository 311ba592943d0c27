"""The states of a commitment."""

from enum import nonmember

from django.db import models


class CommitmentState(models.TextChoices):
    DRAFT = "draft", "答复稿中"
    OPEN = "open", "落实中"
    REPORTED = "reported_done", "已报办结，待确认"
    DONE = "done", "已办结"
    VOIDED = "voided", "已作废"

    # What was promised and is not fulfilled yet.
    LIVE = nonmember(("open", "reported_done"))
    FINISHED = nonmember(("done", "voided"))
