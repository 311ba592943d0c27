"""Words of .docx, .xlsx, .pptx, .ofd: every part, with headers, footers, notes, text boxes and watermarks."""

import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from .budget import Text, Unreadable

TEXT_TAGS = {"t", "delText", "TextCode"}  # Word and Excel and slides; deleted but still in the file; OFD
LINE_TAGS = {"p", "si", "is", "TextObject", "tc", "comment"}
GAP_TAGS = {"tab", "br", "cr"}
PRINTED_TAGS = {"oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"}
# Where no person writes: what the text looks like, not what it says.
LEFT_OUT = ("styles.xml", "settings.xml", "fonttable.xml", "numbering.xml", "/theme/", "calcchain.xml")
# Headers and notes first: marks stand there, and a huge sheet must not use up the time before them.
FIRST = ("header", "footer", "word/document", "sharedstrings", "comment", "note", "drawing", "textbox")
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, KeyError, NotImplementedError)


def words_of(stream, text: Text) -> None:
    """Raises Unreadable for a package that cannot be opened or takes too long."""
    try:
        with zipfile.ZipFile(stream) as package:
            for entry in _in_order(package.infolist()):
                with package.open(entry) as part:
                    _read(part, text)
                if text.is_full:
                    return
    except (*BROKEN, etree.XMLSyntaxError) as error:
        raise Unreadable from error


def _in_order(entries: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    wanted = [entry for entry in entries if entry.filename.lower().endswith(".xml")]
    wanted = [entry for entry in wanted if not any(part in entry.filename.lower() for part in LEFT_OUT)]
    return sorted(wanted, key=lambda entry: not any(word in entry.filename.lower() for word in FIRST))


def _read(part, text: Text) -> None:
    options = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
    for event, element in etree.iterparse(part, events=("start", "end"), **options):
        text.check_time()
        if text.is_full:
            return
        for words in _said(event, element):
            text.add(words)
        if event == "end":
            element.clear()


def _said(event: str, element) -> Iterator[str]:
    name = etree.QName(element).localname if isinstance(element.tag, str) else ""
    if name in LINE_TAGS:  # a text box inside a paragraph begins a line of its own, and ends it
        yield "\n"
    elif event == "start":
        if name == "textpath":  # a watermark
            yield f"\n{element.get('string', '')}\n"
    elif name in TEXT_TAGS:
        yield element.text or ""
    elif name in GAP_TAGS:
        yield "\n" if name != "tab" else " "
    elif name in PRINTED_TAGS:
        yield _printed(element.text or "")


def _printed(words: str) -> str:
    """A sheet's header: &L, &C and &R begin its three places, &"宋体"&14 are about looks."""
    for place in ("&L", "&C", "&R"):
        words = words.replace(place, "\n")
    return f"\n{words}\n"
