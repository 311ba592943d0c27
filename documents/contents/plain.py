"""Words of text files, and of the old office files (.doc, .xls, .ppt, .wps), whose text lies open as UTF-16."""

import codecs
import re

from .budget import Text, Unreadable

# A run of what people write; whatever stands between two runs ends a line.
RUN = re.compile(r"[\u4e00-\u9fff\u3000-\u303f\uff01-\uff5e\u2605\u2606★☆*·0-9A-Za-z ,.:;()\[\]-]{2,}")
HAN = re.compile(r"[\u4e00-\u9fff]")
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
    """At both places a character may begin; bytes that are no text give short runs without Chinese."""
    content = stream.read(MOST)
    for start in (0, 1):
        for found in RUN.finditer(content[start:].decode("utf-16-le", errors="replace")):
            text.check_time()
            if text.is_full:
                return
            if HAN.search(found[0]):
                text.add(found[0] + "\n")
