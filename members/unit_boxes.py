"""Handling units as boxes of a long list, by line of command."""

from django.forms import BoundField

from .boxes import Choice, Groups


def unit_groups(bound: BoundField) -> Groups:
    """The units of a multiple choice by line of command, the chosen ones marked."""
    chosen = {str(value) for value in bound.value() or ()}
    groups = bound.field.queryset.by_system()
    return [(label, [_choice(unit, str(unit.pk) in chosen) for unit in units]) for label, units in groups]


def _choice(unit, is_chosen: bool) -> Choice:
    keys = " ".join([unit.name, unit.short_name, unit.pinyin.replace(" ", ""), unit.initials])
    return Choice(unit.pk, str(unit), keys.lower(), is_chosen)
