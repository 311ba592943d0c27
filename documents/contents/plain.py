"""Words of text files, and of the old office files (.doc, .xls, .ppt, .wps), whose text lies open as UTF-16."""

import codecs
import re
from collections.abc import Iterator

from .budget import Text, Unreadable

# A run of what people write; whatever stands between two runs ends a line.
RUN = re.compile(r"[\u4e00-\u9fff\u3000-\u303f\uff01-\uff5e\u2605\u2606★☆*·0-9A-Za-z ,.:;()\[\]-]{2,}")
HAN = re.compile(r"[\u4e00-\u9fff]")
SECTOR = 512
# The second byte of Chinese characters, their punctuation, stars, Latin letters and fillers.
HIGH_BYTES = bytes([*range(0x4E, 0xA0), 0x00, 0x20, 0x26, 0x30, 0xFF])
MOST = 32 * 1024 * 1024


def words_of_text(stream, text: Text) -> None:
    content = stream.read(MOST)
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return text.add(content.decode("utf-16", errors="replace"))
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return text.add(content.decode(encoding))
        except UnicodeDecodeError:
            continue
    raise Unreadable


def words_of_ole(stream, text: Text) -> None:
    """At both places a character may begin; bytes that are no text give few runs of usual characters."""
    content = stream.read(MOST)
    for stretch in (one for start in (0, 1) for one in _stretches(content[start:], text)):
        for found in RUN.finditer(stretch.decode("utf-16-le", errors="replace")):
            if text.is_full:
                return
            if HAN.search(found[0]) and _is_chinese(found[0]):
                text.add(found[0] + "\n")


def _stretches(content: bytes, text: Text) -> Iterator[bytes]:
    """Neighbouring sectors that may hold UTF-16 Chinese; those of pictures are passed over at once."""
    kept = bytearray()
    for at in range(0, len(content), SECTOR):
        sector = content[at : at + SECTOR]
        if 4 * len(sector[1::2].translate(None, HIGH_BYTES)) <= len(sector):
            kept += sector
        elif kept:
            text.check_time()
            yield bytes(kept)
            kept.clear()
    if kept:
        yield bytes(kept)


def _is_chinese(run: str) -> bool:
    """Bytes of pictures read as characters are mostly rare ones; a name with a rare character may stand in a text."""
    return 10 * len(run.encode("gb2312", "ignore").decode("gb2312")) >= 9 * len(run)
