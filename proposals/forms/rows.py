"""The buttons of a formset's rows without JavaScript: add, remove, move up, move down."""

import re

from django.http import QueryDict

BUTTONS = ("add", "remove", "up", "down")
MOST = 100


def pressed(data: QueryDict, prefix: str) -> str | None:
    """Which of the formset's row buttons sent the form."""
    return next((word for word in BUTTONS if f"{word}_{prefix}" in data), None)


def edited(data: QueryDict, prefix: str) -> QueryDict:
    """The same form with its row button carried out and the rows numbered anew."""
    word = pressed(data, prefix)
    rows = _rows(data, prefix)
    place = _place(data.get(f"{word}_{prefix}", ""), len(rows))
    if word == "add":
        rows.append({})
    elif word == "remove" and place is not None:
        rows.pop(place)
    elif place is not None:
        _move(rows, place, -1 if word == "up" else 1)
    return _written(data, prefix, rows)


def _rows(data: QueryDict, prefix: str) -> list[dict[str, list[str]]]:
    """The fields of each row by their name within the row, in the order of the page."""
    pattern = re.compile(rf"{re.escape(prefix)}-(\d{{1,3}})-(.+)")
    total = data.get(f"{prefix}-TOTAL_FORMS", "")
    count = min(int(total), MOST) if total.isdecimal() and len(total) < 5 else 0
    rows: list[dict[str, list[str]]] = [{} for _ in range(count)]
    for key in data:
        found = pattern.fullmatch(key)
        if found and int(found[1]) < count:
            rows[int(found[1])][found[2]] = data.getlist(key)
    return rows


def _place(value: str, count: int) -> int | None:
    return int(value) if value.isdecimal() and len(value) < 4 and int(value) < count else None


def _move(rows: list, place: int, by: int) -> None:
    other = place + by
    if 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]


def _written(data: QueryDict, prefix: str, rows: list[dict[str, list[str]]]) -> QueryDict:
    new = data.copy()
    for key in list(new):
        if key.startswith(f"{prefix}-") or key.endswith(f"_{prefix}"):
            del new[key]
    new[f"{prefix}-TOTAL_FORMS"], new[f"{prefix}-INITIAL_FORMS"] = str(len(rows)), "0"
    for number, row in enumerate(rows):
        for name, values in row.items():
            new.setlist(f"{prefix}-{number}-{name}", values)
    return new
