"""How marks of secrecy are written, and how ordinary words are told from them.

Forms: GB/T 9704-2012 7.2.2 (秘密★1年, top left, a line of its own), 国家秘密定密管理规定 (密级★期限).
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

MOST_FOUND = 20
INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
GAP = r"[ \t]{0,8}"
TERM = rf"(?:{GAP}(?:[0-9]{{1,3}}|[一二三四五六七八九十]{{1,3}}){GAP}(?:年|个月|月|天)|{GAP}长期)"
STAR = "[★☆⭐✩✭✰]"
OPENING, CLOSING = r"[\[(【〔]", r"[\])】〕]"
URGENT = r"(?:特急|加急|急件|平急|特提|[Nn][Oo]\.?[0-9]{1,8}|第?[0-9]{1,8}号)"
LABEL = r"(?:密级|涉密等级|保密等级|秘密等级)"
# What may stand between the characters of a phrase: 内部资料，注意保存; 内部文件★注意保存.
BETWEEN = r"[\s,、。;:·★*!()\[\]【】〔〕“”\"'—-]{0,6}"


def found(text: str, marks: Iterable[tuple[str, str]]) -> list[str]:
    """The marks as they are written in the text, each once, at most twenty. `marks`: (word, kind)."""
    plain = unicodedata.normalize("NFKC", text).translate(INVISIBLE).replace("\r\n", "\n").replace("\r", "\n")
    pattern = _pattern(tuple(marks))
    words: dict[str, None] = {}
    for match in pattern.finditer(plain) if pattern else ():
        words[" ".join(match[0].split()).strip("[]()【】〔〕 。.!")] = None
        if len(words) == MOST_FOUND:
            break
    return list(words)


@lru_cache(maxsize=8)
def _pattern(marks: tuple[tuple[str, str], ...]) -> re.Pattern | None:
    """One pattern for all; longer words go first, so that 工作秘密 is not found as 秘密."""
    longest = sorted(marks, key=lambda mark: -len(mark[0]))
    alternatives = [_phrase(word) if kind == "phrase" else _mark(word) for word, kind in longest if word.strip()]
    return re.compile("|".join(alternatives), re.MULTILINE) if alternatives else None


def _phrase(word: str) -> str:
    return BETWEEN.join(map(re.escape, _characters(word)))


def _mark(word: str) -> str:
    """With a star, after 密级：, in brackets of its own, or alone on its line."""
    spaced = GAP.join(map(re.escape, _characters(word)))
    return "|".join(
        (
            rf"(?<!商业){spaced}{GAP}{STAR}{TERM}?",
            rf"(?<!商业){spaced}{GAP}\*{TERM}",
            rf"{LABEL}{GAP}:{GAP}{spaced}",
            rf"{OPENING}{GAP}{spaced}级?{GAP}{CLOSING}",
            rf"^{GAP}(?:[0-9]{{3,8}}{GAP})?{OPENING}?{spaced}{CLOSING}?{TERM}?{GAP}{URGENT}?{GAP}[。.!]?{GAP}$",
        )
    )


def _characters(word: str) -> str:
    return "".join(unicodedata.normalize("NFKC", word).split())
