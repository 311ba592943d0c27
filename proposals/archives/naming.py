"""Names inside an archive: safe on every desktop, never a path, never twice."""

import unicodedata

from documents.names import clean_name, extension_of

LONGEST = 80  # a folder and a file, so that Windows' 260 characters are never reached
NAMELESS = "未命名"
# What Windows takes for a device, whatever the extension.
DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}


def safe(given: str, longest: int = LONGEST) -> str:
    """One name: no folder, no device, no mark that turns the order round; the ending survives the shortening."""
    whole = given.replace("/", "／").replace("\\", "＼")
    name = clean_name(whole) or NAMELESS
    if name.split(".")[0].strip().lower() in DEVICES:
        name = f"_{name}"
    if len(name) <= longest:
        return name
    ending = extension_of(name)[:10]
    return name[: longest - len(ending)].rstrip(" .") + ending


class Names:
    """The names given so far in one folder; two files of one name both stay."""

    def __init__(self):
        self._taken: set[str] = set()

    def unused(self, given: str) -> str:
        name = safe(given)
        ending = extension_of(name)
        stem, count, free = name[: len(name) - len(ending)], 2, name
        ending = name[len(stem) :]  # in the letters in which it came
        while _key(free) in self._taken:
            free, count = f"{stem}（{count}）{ending}", count + 1
        self._taken.add(_key(free))
        return free


def _key(name: str) -> str:
    """Windows and macOS do not tell capitals and composed letters apart."""
    return unicodedata.normalize("NFC", name).casefold()
