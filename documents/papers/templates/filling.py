"""A paper from its fields: with the template that staff uploaded, else with the writer of the house."""

import io
import logging
from contextlib import contextmanager
from contextvars import ContextVar

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment
from lxml.etree import LxmlError

from documents.models import PaperTemplate
from documents.papers import page

from . import marks
from .kinds import Kind, Values

log = logging.getLogger(__name__)
FAILURES = (TemplateError, LxmlError, ValueError, KeyError, AttributeError, TypeError)
PARAGRAPH_END = "\a"  # docxtpl's sign for the next paragraph, with the properties of the one it stands in


class Chosen:
    """The templates in force, read by one query when the first paper is made."""

    def __init__(self):
        self._contents: dict[str, bytes] | None = None

    def of(self, key: str) -> bytes:
        if self._contents is None:
            self._contents = PaperTemplate.objects.contents()
        return self._contents.get(key, b"")


_chosen: ContextVar[Chosen | None] = ContextVar("chosen_templates", default=None)


def made(kind: Kind, values: Values) -> bytes:
    """The .docx. A template passed every check when it came in; if it fails all the same, the paper does not."""
    kind.check(values)
    template = holder.of(kind.key) if (holder := _chosen.get()) else b""
    if not template:
        return kind.write(values)
    try:
        return filled(template, values)
    except FAILURES:
        log.exception("The template of %s does not take its fields; the paper of the house is given.", kind.key)
        return kind.write(values)


@contextmanager
def chosen():
    """Papers made in here take the templates that staff chose: every request is such a place, and every job."""
    token = _chosen.set(_chosen.get() or Chosen())
    try:
        yield
    finally:
        _chosen.reset(token)


def start_of(kind: Kind) -> bytes:
    """The template to start from: the paper of the house with the fields' names in place of values."""
    return kind.write(marks.marked(kind))


def filled(template: bytes, values: Values) -> bytes:
    """Only plain texts reach the template, in a sandbox in which a name that is no field is an error."""
    paper = DocxTemplate(io.BytesIO(template))
    paper.render(_plain(values), environment())
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def environment() -> SandboxedEnvironment:
    sandbox = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    sandbox.globals.clear()
    return sandbox


def _plain(values: Values) -> Values:
    return {
        name: _text(value) if isinstance(value, str) else [{key: _text(text) for key, text in row.items()} for row in value]
        for name, value in values.items()
    }  # fmt: skip


def _text(words: str) -> str:
    return PARAGRAPH_END.join(page.plain(words).split("\n"))
