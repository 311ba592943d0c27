"""Boxes of a long list that is looked through by name or pinyin, and what is chosen among them."""

from dataclasses import dataclass


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
