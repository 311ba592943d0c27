"""A template that staff changed: the one to start from with a line of their own below."""

import io

from docx import Document

from documents.papers.templates import filling, versions
from documents.papers.templates.kinds import register

OWN_LINE = "本单位的版式"


def change(key: str, by) -> None:
    paper, out = Document(io.BytesIO(filling.start_of(register()[key]))), io.BytesIO()
    paper.add_paragraph(OWN_LINE)
    paper.save(out)
    versions.use(register()[key], "本单位.docx", out.getvalue(), by)
