"""File names as people gave them, made safe to keep and to show."""

import unicodedata

MAX_LENGTH = 255
ZERO_WIDTH_JOINER = "\u200d"  # holds composed emoji together
RESERVED = dict.fromkeys(map(ord, '<>:"|?*'), "_")  # a Windows desktop could not save these


def clean_name(given: str) -> str:
    """The name without folders, control and direction marks, in NFC, at most 255 characters.

    The extension survives the shortening. Returns "" when nothing is left.
    """
    name = unicodedata.normalize("NFC", given).replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(char for char in name if _is_plain(char)).translate(RESERVED).strip(" .\u3000")
    if len(name) <= MAX_LENGTH:
        return name
    ending = extension_of(name)[:20]
    return name[: MAX_LENGTH - len(ending)] + ending


def extension_of(name: str) -> str:
    """The part from the last dot on, in lower case (".pdf"), or ""."""
    stem, dot, ending = name.rpartition(".")
    return f".{ending.lower()}" if dot and stem else ""


def _is_plain(char: str) -> bool:
    """Right-to-left marks can make gpj.exe look like exe.jpg; lone surrogates cannot be stored."""
    return char == ZERO_WIDTH_JOINER or unicodedata.category(char) not in (
        "Cc", "Cf", "Cs", "Zl", "Zp",
    )  # fmt: skip
