"""Choices of a filter that differ by reader: read once for the page and given in."""


def give(filterset, choices: dict[str, list]) -> None:
    """`choices`: filter → (value, label) pairs.

    Whoever described the class before, as the API's document does, left a field without these choices behind.
    """
    for name, found in choices.items():
        one = filterset.filters[name]
        one.extra["choices"] = found
        one.__dict__.pop("_field", None)
