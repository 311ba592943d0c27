"""Lists of check boxes that can be looked through by name or pinyin, without a library."""

from dataclasses import dataclass

from django.forms import BoundField

from members.models import System


@dataclass(frozen=True)
class Choice:
    """`keys` is what the search in the page looks at: name, pinyin, initials."""

    pk: int
    name: str
    keys: str
    is_chosen: bool


def unit_groups(bound: BoundField) -> list[tuple[str, list[Choice]]]:
    """The units of a multiple choice by line of command, the chosen ones marked."""
    chosen = {str(value) for value in bound.value() or ()}
    groups: dict[str, list[Choice]] = {}
    for unit in bound.field.queryset:
        label = System(unit.system or System.OTHER).label
        groups.setdefault(label, []).append(_choice(unit, str(unit.pk) in chosen))
    return list(groups.items())


def _choice(unit, is_chosen: bool) -> Choice:
    keys = " ".join([unit.name, unit.short_name, unit.pinyin.replace(" ", ""), unit.initials])
    return Choice(unit.pk, str(unit), keys.lower(), is_chosen)


def chosen_names(groups: list[tuple[str, list[Choice]]]) -> list[str]:
    return [choice.name for _label, choices in groups for choice in choices if choice.is_chosen]
