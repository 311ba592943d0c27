"""The states of an announcement."""

from enum import nonmember

from django.db import models


class State(models.TextChoices):
    DRAFT = "draft", "草稿"
    PUBLISHED = "published", "已发布"
    WITHDRAWN = "withdrawn", "已撤回"
    DROPPED = "dropped", "已作废"

    SENT = nonmember(("published", "withdrawn"))
    FINISHED = nonmember(("withdrawn", "dropped"))


TONES = {
    State.DRAFT: "neutral", State.PUBLISHED: "success", State.WITHDRAWN: "warning", State.DROPPED: "neutral",
}  # fmt: skip
