"""The words of one file, by its kind."""

from collections.abc import Callable

from documents.inspection import SIGNATURES
from documents.kinds import JPEG, PDF, PNG

from . import packages, pdf, plain
from .budget import Text, Unreadable

PICTURES = (SIGNATURES[JPEG], SIGNATURES[PNG])


class Picture(Exception):
    """The file shows its words as a picture; nothing can be read."""


def text_of(file, path: str | None) -> str:
    """The words that `file` (open, seekable) holds; `path` is where it lies, if it does.

    Raises Picture when there is only a picture, Unreadable when it is broken or takes too long.
    """
    file.seek(0)
    head = file.read(16)
    file.seek(0)
    if head.startswith(PICTURES):
        raise Picture
    text = Text()
    _reader(head)(file, text, path)
    return str(text)


def _reader(head: bytes) -> Callable:
    readers = {"zip": _package, "ole": _ole, PDF: _pdf}
    return next((readers[key] for key in readers if head.startswith(SIGNATURES[key])), _text)


def _package(file, text: Text, path: str | None) -> None:
    packages.words_of(file, text)


def _ole(file, text: Text, path: str | None) -> None:
    plain.words_of_ole(file, text)


def _text(file, text: Text, path: str | None) -> None:
    plain.words_of_text(file, text)


def _pdf(file, text: Text, path: str | None) -> None:
    if not pdf.has_text_layer(file):
        raise Picture
    if path is None:
        raise Unreadable
    pdf.words_of(path, text)
    if not str(text).strip():
        raise Picture
