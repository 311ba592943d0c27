"""A letter as a .docx."""

from documents.papers.templates.filling import made

from .letter_papers import KINDS, values
from .outcome import Letter


def content(letter: Letter) -> bytes:
    return made(KINDS[letter.kind], values(letter))
