"""Cell values as people meant them: full-width digits, padded names, numbers typed as numbers."""

import datetime
import re
import unicodedata

BLANK_MARKS = {"", "-", "--", "—", "——", "－", "/", "\\", "无", "空", "暂无", "N/A", "n/a"}
# Digits, Latin letters and the space in full width; Chinese punctuation in prose stays as it is.
HALF_WIDTH = {
    **{code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))},
    0x3000: " ", 0x00A0: " ",
}  # fmt: skip
LINE_ENDS = re.compile(r"\r\n?")
# Excel writes control characters as _x0007_, and an underscore that would look like one as _x005F_.
ESCAPED = re.compile(r"_x(00[01][0-9A-Fa-f]|007[fF]|005[fF])_")
LONE_SURROGATES = re.compile(r"[\ud800-\udfff]")
NONCHARACTERS = "\ufffe\uffff"
SPACES = re.compile(r"[ \t]+")
BETWEEN_CHINESE = re.compile(r"(?<=[^\x00-\x7f]) +(?=[^\x00-\x7f])")


def plain(value) -> str:
    """Any cell value as text, nothing changed but its form: 12.0 → "12", a date → "2025-04-21"."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return value.date().isoformat() if midnight else value.isoformat(" ", "seconds")
    return LINE_ENDS.sub("\n", ESCAPED.sub(lambda found: chr(int(found[1], 16)), str(value)))


def legible(value) -> str:
    """`plain` without characters that a database or a page cannot take."""
    return _clean(plain(value))


def prose(value) -> str:
    """Paragraphs: lines kept, control characters gone, full-width digits and letters made half-width."""
    lines = legible(value).translate(HALF_WIDTH).split("\n")
    lines = [SPACES.sub(" ", line).strip() for line in lines]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def line(value) -> str:
    """One line of prose, such as a title: no line breaks, no spaces between Chinese characters."""
    return BETWEEN_CHINESE.sub("", SPACES.sub(" ", prose(value).replace("\n", " ")))


def code(value) -> str:
    """Names, numbers and words to be compared: NFKC, without any space."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", legible(value)))


def is_blank(value) -> bool:
    """Nothing, or one of the marks that clerks put for nothing."""
    return value is None or (isinstance(value, str) and value.strip() in BLANK_MARKS)


def file_name(name) -> str:
    """The name or path of a file as it can be printed and stored: bytes that are no UTF-8 become �."""
    return LONE_SURROGATES.sub("�", str(name))


def _clean(text: str) -> str:
    """Drops control and format characters, lone surrogates, and the two that no XML can hold."""
    if text.isprintable():
        return text
    return "".join(
        c for c in text if c in "\n\t" or (unicodedata.category(c) not in ("Cc", "Cf", "Cs") and c not in NONCHARACTERS)
    )
