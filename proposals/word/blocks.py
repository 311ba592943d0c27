"""The text of a .docx in its order: paragraphs, and tables cell by cell; nothing that was typed is passed over."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

import docx
from docx.oxml.ns import qn
from lxml import etree

MOST_XML = 12 * 1024 * 1024
BROKEN = (
    zipfile.BadZipFile, KeyError, ValueError, AttributeError, TypeError, OSError, etree.XMLSyntaxError,
    docx.opc.exceptions.PackageNotFoundError,
)  # fmt: skip


class TooLong(Exception):
    """More text than any proposal has."""


class Broken(Exception):
    """No Word document, or a damaged one."""


@dataclass(frozen=True)
class Line:
    """A paragraph. `listed`: Word itself puts a number or a dot before it."""

    text: str
    listed: bool = False


@dataclass(frozen=True)
class Table:
    """rows → cells → lines."""

    rows: list[list[list[Line]]]


def blocks_of(stream) -> tuple[list[Line | Table], list[str]]:
    """The body in its order, and the texts of boxes that float beside it. Raises TooLong, Broken."""
    try:
        with zipfile.ZipFile(stream) as package:
            if package.getinfo("word/document.xml").file_size > MOST_XML:
                raise TooLong
        stream.seek(0)
        body = docx.Document(stream).element.body
    except BROKEN as error:
        raise Broken from error
    boxes = ["\n".join(_text(p) for p in box.iter(qn("w:p"))) for box in body.iter(qn("w:txbxContent"))]
    return list(_blocks(body)), list(dict.fromkeys(filter(str.strip, boxes)))


def _blocks(parent) -> Iterator[Line | Table]:
    """Content controls and tracked insertions are opened up."""
    for child in parent:
        if child.tag == qn("w:p"):
            yield from _lines(child)
        elif child.tag == qn("w:tbl"):
            yield Table([[_cell(cell) for cell in _inside(row, "w:tc")] for row in _inside(child, "w:tr")])
        elif child.tag in WRAPPERS:
            yield from _blocks(child)


WRAPPERS = {qn(name) for name in ("w:sdt", "w:sdtContent", "w:ins", "w:customXml", "w:smartTag", "w:moveTo")}


def _inside(parent, name: str) -> Iterator:
    for child in parent:
        if child.tag == qn(name):
            yield child
        elif child.tag in WRAPPERS:
            yield from _inside(child, name)


def _cell(cell) -> list[Line]:
    """The lines of a cell, those of a table within it too."""
    lines: list[Line] = []
    for block in _blocks(cell):
        rows = block.rows if isinstance(block, Table) else [[[block]]]
        lines += [line for row in rows for part in row for line in part]
    return lines


def _lines(paragraph) -> Iterator[Line]:
    listed = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}") is not None
    for number, text in enumerate(_text(paragraph).split("\n")):
        yield Line(text.strip(), listed and number == 0)


def _text(paragraph) -> str:
    """Everything typed in the paragraph, tracked insertions included; deleted words and boxes are not."""
    parts = []
    for element in paragraph.iter(qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:cr")):
        if _in_box(element, paragraph):
            continue
        if element.tag == qn("w:t"):
            parts.append(element.text or "")
        elif element.getparent().tag == qn("w:r"):  # a tab stop of the layout is no tab
            parts.append("\t" if element.tag == qn("w:tab") else "\n")
    return "".join(parts)


def _in_box(element, paragraph) -> bool:
    parent = element.getparent()
    while parent is not None and parent is not paragraph:
        if parent.tag == qn("w:txbxContent"):
            return True
        parent = parent.getparent()
    return False
