"""Tables kept as text (.csv, .tsv): decoded strictly, the separator told from the content, records as Excel shows them."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from .limits import HEADER_WITHIN, MAX_TEXT_BYTES, MEGABYTE
from .refusal import Unreadable

DELIMITERS = ",\t;"
SEPARATOR_LINE = re.compile(r"sep=([,;\t])\r?\n?", re.IGNORECASE)
SAVE_AS = "请用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”或“CSV UTF-8”后再导入。"
NUL_BYTES = "里面有空字符，不是普通的文本表格。"
UNKNOWN_ENCODING = "的文字编码认不出来（只认 UTF-8 和 GBK、GB18030）。"
BROKEN_UTF8 = "第 {line} 行有读不出来的乱码，可能没有存完整。请检查这一行，"
# A GBK text has no such run of valid UTF-8; a file with more of it is UTF-8 with a damaged place.
SURELY_UTF8 = 8


def records(stream, name: str) -> Iterator[list[str]]:
    """The cells of each record; a blank line is an empty list. Raises Unreadable with a sentence."""
    stream.seek(0)
    content = stream.read(MAX_TEXT_BYTES + 1)
    if len(content) > MAX_TEXT_BYTES:
        raise Unreadable(f"“{name}”超过 {MAX_TEXT_BYTES // MEGABYTE} MB。请分成几个文件导入。")
    text = _decoded(content, name)
    named = SEPARATOR_LINE.match(text)
    if named:  # Excel's own way to name the separator; the line counts as a row
        yield []
        text = text[named.end() :]
    yield from _parsed(text, named[1] if named else _delimiter(text), name, 1 if named else 0)


def _decoded(content: bytes, name: str) -> str:
    if b"\0" in content:
        raise Unreadable(f"“{name}”{NUL_BYTES}{SAVE_AS}")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        _refuse_damaged(content, error.start, name)
    try:
        return content.decode("gb18030").removeprefix("\ufeff")
    except UnicodeDecodeError:
        raise Unreadable(f"“{name}”{UNKNOWN_ENCODING}{SAVE_AS}") from None


def _refuse_damaged(content: bytes, place: int, name: str) -> None:
    """UTF-8 with one bad byte would pass for GB18030 and come out as nonsense."""
    good = content[:place].decode("utf-8", "ignore")
    if sum(char > "\x7f" for char in good) >= SURELY_UTF8:
        line = len(good.splitlines()) + (not good or good.endswith(("\n", "\r")))
        raise Unreadable(f"“{name}”{BROKEN_UTF8.format(line=line)}{SAVE_AS.removeprefix('请')}")


def _delimiter(text: str) -> str:
    """The one that cuts most of the first records into the same number of cells."""
    return max(DELIMITERS, key=lambda char: _evenness(text, char))


def _evenness(text: str, delimiter: str) -> tuple[int, int]:
    """How many of the first records have the most usual number of cells, and that number."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        widths = Counter(len(record) for record in islice(reader, HEADER_WITHIN) if len(record) > 1)
    except csv.Error:
        return 0, 0
    return max(((times, width) for width, times in widths.items()), default=(0, 0))


def _parsed(text: str, delimiter: str, name: str, before: int) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    done = before
    try:
        for record in reader:
            yield record
            done += 1
    except csv.Error:
        reason = f"从第 {done + 1} 行起引号没有配对，分不清格子。请检查这一行的双引号（格子里的双引号要写成两个），或"
        raise Unreadable(f"“{name}”{reason}{SAVE_AS.removeprefix('请')}") from None
