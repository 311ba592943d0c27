"""The parts of a .docx that a template fills, as text with one line a paragraph."""

import io
import re
from collections.abc import Iterator

from docx import Document
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docxtpl import DocxTemplate

TAG = re.compile(r"<[^>]+>")
NAMES = {"document": "正文", "header": "页眉", "footer": "页脚", "footnotes": "脚注"}
PARTS = re.compile(r"/word/(document|header|footer|footnotes)\d*\.xml$")
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
    for part in _written(content):
        kind = PARTS.search(str(part.partname))
        place = NAMES[kind[1]] if kind else "文件"
        for node in parse_xml(part.blob).iter(qn("w:p")):
            yield place, "".join(text.text or "" for text in node.iter(qn("w:t")))


def _written(content: bytes) -> Iterator[Part]:
    """The parts that are XML, whatever they are called: docxtpl and LibreOffice go by the relations, not by names."""
    for part in Document(io.BytesIO(content)).part.package.iter_parts():
        if part.content_type.endswith("xml") or part.blob.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
            yield part


def _lined(xml: str) -> str:
    return re.sub(r"<w:p([ >])", r"\n<w:p\1", xml)


def line_of(source: str, number: int) -> str:
    """The words of a paragraph, cut short, for a sentence that says where."""
    lines = source.splitlines()
    words = TAG.sub("", lines[number - 1]).strip() if 0 < number <= len(lines) else ""
    return f"{words[:SHOWN]}…" if len(words) > SHOWN else words


def sizes(content: bytes) -> list[int]:
    """Of each part that could be filled, unpacked."""
    return [len(part.blob) for part in _written(content)]


def outside(content: bytes) -> list[str]:
    """What the file would fetch or run when it is opened: addresses of linked parts, and fields that load."""
    paper = Document(io.BytesIO(content))
    found = []
    for part in paper.part.package.iter_parts():
        outer = {key: rel for key, rel in part.rels.items() if rel.is_external}
        found += [rel.target_ref for rel in outer.values() if not rel.reltype.endswith("/hyperlink")]
        found += [rel.reltype.rpartition("/")[2] for rel in part.rels.values() if rel.reltype.endswith(LOADED)]
        found += [outer[key].target_ref for key in _loaded(part, outer)] if outer else []
    for part in _written(content):
        xml = parse_xml(part.blob)
        found += FETCHING.findall(_instructions(xml))
        found += ["SVG 图片"] if xml.tag == SVG else []  # may name files and addresses of its own
    return found


def _loaded(part: Part, outer) -> Iterator[str]:
    """Addresses that are declared as hyperlinks and used for something else, a picture say: programs load them."""
    for node in parse_xml(part.blob).iter():
        if not isinstance(node.tag, str) or node.tag.rpartition("}")[2] in LINKING:
            continue
        yield from (value for name, value in node.attrib.items() if name.startswith(RELATED) and value in outer)


def _instructions(xml) -> str:
    """What the fields of a part do; Word may tear one into several pieces."""
    words = "".join(node.text or "" for node in xml.iter(qn("w:instrText")))
    return " ".join([words, *(node.get(qn("w:instr"), "") for node in xml.iter(qn("w:fldSimple")))]).upper()


RELATED = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}",
    "{urn:schemas-microsoft-com:office:office}relid",
)
SVG = "{http://www.w3.org/2000/svg}svg"
LINKING = ("hyperlink", "hlinkClick", "hlinkHover", "hlinkMouseOver")
LOADED = ("/oleObject", "/package", "/control", "/attachedTemplate", "/frame", "/aFChunk", "/subDocument")
FETCHING = re.compile(r"(?<![A-Z])(?:INCLUDETEXT|INCLUDEPICTURE|DDEAUTO|DDE|LINK|IMPORT|RD)(?![A-Z])")


def properties(content: bytes) -> list[str]:
    """The texts about the file, which docxtpl fills too."""
    about = Document(io.BytesIO(content)).core_properties
    return [getattr(about, name) or "" for name in ("author", "comments", "identifier", "language", "subject", "title")]
