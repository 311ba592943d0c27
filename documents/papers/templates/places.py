"""The parts of a .docx that a template fills, as text with one line a paragraph."""

import io
import re
import zipfile
from collections.abc import Iterator

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docxtpl import DocxTemplate

TAG = re.compile(r"<[^>]+>")
NAMES = {"document": "正文", "header": "页眉", "footer": "页脚", "footnotes": "脚注"}
PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes)\.xml")
SHOWN = 40


def sources(content: bytes) -> Iterator[tuple[str, str]]:
    """(place, text to parse) of each part, put right as docxtpl does it before it fills."""
    paper = DocxTemplate(io.BytesIO(content))
    paper.init_docx()
    yield NAMES["document"], _lined(paper.patch_xml(paper.get_xml()))
    for uri, place in ((paper.HEADER_URI, NAMES["header"]), (paper.FOOTER_URI, NAMES["footer"])):
        for _key, part in paper.get_headers_footers(uri):
            yield place, _lined(paper.patch_xml(paper.get_part_xml(part)))
    for part in paper.docx.part.package.iter_parts():
        if part.content_type.endswith("wordprocessingml.footnotes+xml"):
            yield NAMES["footnotes"], _lined(paper.patch_xml(part.blob.decode("utf-8", "replace")))


def paragraphs(content: bytes) -> Iterator[tuple[str, str]]:
    """(place, words) of every paragraph, read without docxtpl: what its patterns would choke on is found here."""
    for part in Document(io.BytesIO(content)).part.package.iter_parts():
        kind = PARTS.fullmatch(str(part.partname).lstrip("/"))
        if kind:
            place = NAMES[kind[1].rstrip("0123456789")]
            for node in parse_xml(part.blob).iter(qn("w:p")):
                yield place, "".join(text.text or "" for text in node.iter(qn("w:t")))


def _lined(xml: str) -> str:
    return re.sub(r"<w:p([ >])", r"\n<w:p\1", xml)


def line_of(source: str, number: int) -> str:
    """The words of a paragraph, cut short, for a sentence that says where."""
    lines = source.splitlines()
    words = TAG.sub("", lines[number - 1]).strip() if 0 < number <= len(lines) else ""
    return f"{words[:SHOWN]}…" if len(words) > SHOWN else words


def sizes(content: bytes) -> list[int]:
    """Of each part that is filled, unpacked."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return [entry.file_size for entry in package.infolist() if PARTS.fullmatch(entry.filename)]


def outside(content: bytes) -> list[str]:
    """What the file would fetch or run when it is opened: addresses of linked parts, and fields that load."""
    paper = Document(io.BytesIO(content))
    found = []
    for part in paper.part.package.iter_parts():
        found += [
            rel.target_ref for rel in part.rels.values() if rel.is_external and not rel.reltype.endswith("/hyperlink")
        ]
        found += [rel.reltype.rpartition("/")[2] for rel in part.rels.values() if rel.reltype.endswith(LOADED)]
    for part in paper.part.package.iter_parts():
        if PARTS.fullmatch(str(part.partname).lstrip("/")):
            found += FETCHING.findall(_instructions(parse_xml(part.blob)))
    return found


def _instructions(xml) -> str:
    """What the fields of a part do; Word may tear one into several pieces."""
    words = "".join(node.text or "" for node in xml.iter(qn("w:instrText")))
    return " ".join([words, *(node.get(qn("w:instr"), "") for node in xml.iter(qn("w:fldSimple")))]).upper()


LOADED = ("/oleObject", "/package", "/control", "/attachedTemplate", "/frame", "/aFChunk", "/subDocument")
FETCHING = re.compile(r"(?<![A-Z])(?:INCLUDETEXT|INCLUDEPICTURE|DDEAUTO|DDE|LINK|IMPORT|RD)(?![A-Z])")


def properties(content: bytes) -> list[str]:
    """The texts about the file, which docxtpl fills too."""
    about = Document(io.BytesIO(content)).core_properties
    return [getattr(about, name) or "" for name in ("author", "comments", "identifier", "language", "subject", "title")]
