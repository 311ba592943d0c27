"""The marks that are looked for. The app that keeps their list registers it when it is ready."""

from collections.abc import Callable, Iterable

# (word, kind): kind "phrase" is found anywhere, every other only where it stands as a mark (secrecy.matching).
Source = Callable[[], Iterable[tuple[str, str]]]

_sources: list[Source] = []


def register(source: Source) -> None:
    """`source()` gives the marks as they are now; one query."""
    if source not in _sources:
        _sources.append(source)


def current() -> list[tuple[str, str]]:
    """All marks; empty while nobody has registered any."""
    return [mark for source in _sources for mark in source()]
