"""Who is answered what: how the rows of the matrix are written."""

from .world import PEOPLE


def everybody(status: int, **others: int) -> dict[str, int]:
    return {**dict.fromkeys(PEOPLE, status), **others}


def only(status: int, *people: str, rest: int = 404) -> dict[str, int]:
    return everybody(rest, **dict.fromkeys(people, status))


def several(**groups) -> dict[str, int]:
    """several(s200="author staff", s403="operator"); everybody else 404."""
    found = everybody(404)
    for name, people in groups.items():
        found |= dict.fromkeys(people.split(), int(name[1:]))
    return found
