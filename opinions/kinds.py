"""Who reports, how pressing it is, and what becomes of it (domain §6)."""

from enum import nonmember

from django.db import models


class Reporter(models.TextChoices):
    MEMBER = "member", "委员"
    ORGANIZATION = "organization", "单位"
    INFORMANT = "informant", "特邀信息员"


class Urgency(models.TextChoices):
    """The values are also the kinds of the due rules."""

    NORMAL = "opinion_normal", "普通"
    URGENT = "opinion_urgent", "急"
    PRESSING = "opinion_pressing", "特急"


URGENCY_TONES = {Urgency.NORMAL: "neutral", Urgency.URGENT: "warning", Urgency.PRESSING: "danger"}


class Origin(models.TextChoices):
    PORTAL = "portal", "直接反映"
    PROPOSAL = "proposal", "由提案转来"
    GRASSROOTS = "grassroots", "由基层协商转来"
    CONSULTATION = "consultation", "由协商议题转来"
    OTHER = "other", "其他来源"


class Level(models.TextChoices):
    COUNTY = "county", "县级"
    CITY = "city", "市级"
    PROVINCE = "province", "省级"
    NATIONAL = "national", "全国"

    ABOVE = nonmember(("city", "province", "national"))


class Mode(models.TextChoices):
    SINGLE = "single", "单篇采用"
    COMBINED = "combined", "综合采用"


class Verdict(models.TextChoices):
    """What a unit made of a report that was handed to it."""

    ADOPTED = "adopted", "采纳"
    PARTLY = "partly", "部分采纳"
    NOT_ADOPTED = "not_adopted", "未采纳"
