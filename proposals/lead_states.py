"""The states of a lead."""

from enum import nonmember

from django.db import models


class LeadState(models.TextChoices):
    WAITING = "waiting", "待筛选"
    OFFERED = "offered", "已推荐给委员"
    DECLINED = "declined", "不采用"
    REDIRECTED = "redirected", "转其他渠道"
    USED = "used", "已被采用"

    FOR_MEMBERS = nonmember(("offered", "used"))
    SCREENED = nonmember(("offered", "declined", "redirected"))
    FINISHED = nonmember(("used",))
