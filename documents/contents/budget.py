"""How much text and how much time reading one file may take."""

import time
from dataclasses import dataclass, field

MAX_CHARACTERS = 1_000_000
MAX_SECONDS = 8.0


class Unreadable(Exception):
    """The file's words could not be read, or not in time."""


@dataclass
class Text:
    """Words as they are found; stops taking them in when there are enough. Raises Unreadable when time is up."""

    seconds: float = MAX_SECONDS
    parts: list[str] = field(default_factory=list)
    length: int = 0
    until: float = 0.0

    def __post_init__(self):
        self.until = time.monotonic() + self.seconds

    def add(self, words: str) -> None:
        self.parts.append(words)
        self.length += len(words)

    @property
    def is_full(self) -> bool:
        return self.length >= MAX_CHARACTERS

    def check_time(self) -> None:
        if time.monotonic() > self.until:
            raise Unreadable

    def __str__(self) -> str:
        return "".join(self.parts)[:MAX_CHARACTERS]
