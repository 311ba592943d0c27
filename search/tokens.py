"""How a text is cut into tokens: the one definition that the index and the query share.

A run of Chinese characters becomes its overlapping pairs, and its last character alone:
停车难 -> 停车, 车难, 难. A run of ASCII letters and digits is one token. Every token has a
position; whatever stands between runs counts as one position, so a phrase never crosses it.
"""

import re
from collections.abc import Iterator

# 々 〇, extension A, unified, compatibility, and the supplementary planes (rare names). Written as
# escapes: a compatibility character in a source file may be normalized into another range.
HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"

# A longer run of letters is cut: PostgreSQL refuses a word of 2,048 bytes.
LONGEST_WORD = 60

# Full-width letters and digits are what a Chinese input method leaves behind; capitals are
# folded here and not by lower(), which depends on the locale of the database.
_CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_WIDE = "".join(chr(code) for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B)))
_WIDE_SMALL = "".join(chr(code) for code in range(0xFF41, 0xFF5B))
FOLDED_FROM = _CAPITALS + _WIDE + _WIDE_SMALL
FOLDED_TO = _CAPITALS.lower() + "0123456789" + _CAPITALS.lower() + _CAPITALS.lower()

_FOLD = str.maketrans(FOLDED_FROM, FOLDED_TO)
RUNS = f"[{HAN}]+|[a-z0-9]{{1,{LONGEST_WORD}}}|[^{HAN}a-z0-9]+"
_RUNS = re.compile(RUNS)
_IS_HAN = re.compile(f"[{HAN}]")
_IS_ASCII = re.compile("[a-z0-9]")


def tokens(text: str) -> Iterator[tuple[str, int]]:
    """(token, position) as `zh_tsv` in the database gives them, positions counted from 1."""
    position = 1
    for run in _RUNS.findall(text.translate(_FOLD)):
        if _IS_HAN.match(run):
            for start in range(len(run)):
                yield run[start : start + 2], position
                position += 1
        else:
            if _IS_ASCII.match(run):
                yield run, position
            position += 1
