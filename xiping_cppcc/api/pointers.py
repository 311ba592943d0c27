"""Errors of a serializer or form as a flat list with JSON pointers (RFC 6901) into the body."""

from collections.abc import Iterator

GENERAL = ("non_field_errors", "__all__")


def pointed(detail, pointer: str = "") -> list[dict]:
    """[{"pointer": "/suggestions/1", "detail": "请填写内容。"}]; "" points at the whole body."""
    return list(_walk(detail, pointer))


def _walk(detail, pointer: str) -> Iterator[dict]:
    if isinstance(detail, dict):
        for name, inner in detail.items():
            yield from _walk(inner, pointer if name in GENERAL else f"{pointer}/{_escaped(name)}")
    elif isinstance(detail, (list, tuple)):
        nested = any(isinstance(inner, (dict, list)) for inner in detail)
        for index, inner in enumerate(detail):
            yield from _walk(inner, f"{pointer}/{index}" if nested else pointer)
    elif detail:
        yield {"pointer": pointer, "detail": str(detail)}


def _escaped(name) -> str:
    return str(name).replace("~", "~0").replace("/", "~1")
