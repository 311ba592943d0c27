"""How pressing an announcement is, and the kinds of people it may be for."""

from django.db import models


class Priority(models.TextChoices):
    NORMAL = "normal", "普通"
    IMPORTANT = "important", "重要"
    URGENT = "urgent", "紧急"


PRIORITY_TONES = {Priority.NORMAL: "neutral", Priority.IMPORTANT: "warning", Priority.URGENT: "danger"}


class People(models.TextChoices):
    """Who somebody is by their seat or post of the day."""

    MEMBERS = "members", "全体委员"
    OPERATORS = "operators", "承办单位经办人"
    UNIT_LEADERS = "unit_leaders", "承办单位领导"
    DISPATCH = "dispatch", "交办机构"
    STAFF = "staff", "政协机关和专委会工作人员"
    LEADERS = "leaders", "县级领导、政协领导"


# Whom a dispatch office may address: the people of the units it answers for.
OF_UNITS = (People.OPERATORS, People.UNIT_LEADERS)
