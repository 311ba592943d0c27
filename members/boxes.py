"""Boxes of a long list that is looked through by name or pinyin, and what is chosen among them."""

from collections.abc import Callable
from dataclasses import dataclass

from django.forms import BoundField


@dataclass(frozen=True)
class Choice:
    """`keys` is what the search in the page looks at: name, pinyin, initials; or number and title."""

    pk: int
    name: str
    keys: str
    is_chosen: bool


Groups = list[tuple[str, list[Choice]]]


def chosen_names(groups: Groups) -> list[str]:
    return [choice.name for _label, choices in groups for choice in choices if choice.is_chosen]


def grouped(bound: BoundField, label_of: Callable) -> Groups:
    """The people or bodies of a multiple choice under the label of each, in the order of the field."""
    chosen, groups = {str(value) for value in bound.value() or ()}, {}
    for row in bound.field.queryset:
        keys = f"{row} {row.name} {row.pinyin.replace(' ', '')} {row.initials}".lower()
        groups.setdefault(label_of(row), []).append(Choice(row.pk, str(row), keys, str(row.pk) in chosen))
    return list(groups.items())


def by_initial(person) -> str:
    """Under which label a person stands: the first letter of the name."""
    return (person.initials[:1] or "#").upper()
