"""A filled form → what each part says, and what could not be placed, word for word."""

import re
from dataclasses import dataclass, field

from . import labels
from .blank import NOTES, TITLE
from .blocks import Line, Table, blocks_of
from .items import items

# Printed on the form itself.
PRINTED = {*NOTES, TITLE}
SESSION = re.compile("[一二三四五六七八九十]+届[一二三四五六七八九十]+次会议")
BOILERPLATE = ("提案", "委员提案", "政协提案", "集体提案", "提案表", "政协西平县委员会提案", "政协西平县委员会提案表")


@dataclass
class Filled:
    """lines by field, and (what it is, text) of everything without a place here."""

    parts: dict[str, list[Line]] = field(default_factory=dict)
    unplaced: list[tuple[str, str]] = field(default_factory=list)

    def add(self, name: str, lines: list[Line]) -> None:
        self.parts.setdefault(name, []).extend(line for line in lines if line.text)

    def text(self, name: str) -> str:
        return "\n".join(line.text for line in self.parts.get(name, []))

    def suggestions(self) -> list[str]:
        found, lead = items(self.parts.get(labels.SUGGESTIONS, []))
        if lead:
            self.unplaced.append(("具体建议前面的引语", lead))
        return found


def read(stream) -> Filled:
    """Raises blocks.TooLong, blocks.Broken."""
    blocks, boxes = blocks_of(stream)
    filled, walker = Filled(), _Walker()
    walker.filled = filled
    for block in blocks:
        walker.table(block) if isinstance(block, Table) else walker.line(block)
    filled.unplaced += [("文本框里的字", text) for text in boxes]
    return filled


class _Walker:
    """Goes through the paper and remembers under which label it stands."""

    filled: Filled
    label = ""
    said = ""

    def line(self, line: Line) -> None:
        if not line.text or line.text in PRINTED or SESSION.fullmatch(line.text):
            return
        found = labels.labelled(line.text)
        if found:
            self._enter(found[0], line.text)
            self._put([Line(found[1])] if found[1] else [])
        else:
            self._put([line])

    def table(self, table: Table) -> None:
        """A label's value stands beside it; where nothing does, in the rows below."""
        for row in table.rows:
            for cell in row:
                self._cell(cell)

    def _cell(self, cell: list[Line]) -> None:
        words = "".join(line.text for line in cell)
        if not words:
            return
        name = labels.label_of(words)
        if name:
            self._enter(name, words)
            return
        for line in cell:
            self.line(line)

    def _enter(self, name: str, said: str) -> None:
        self.label, self.said = name, labels.bare(said.split("：", maxsplit=1)[0].split(":", maxsplit=1)[0])

    def _put(self, lines: list[Line]) -> None:
        text = "\n".join(line.text for line in lines if line.text)
        if not text:
            return
        if self.label and self.label != labels.OTHER:
            self.filled.add(self.label, lines)
        elif self.label == labels.OTHER:
            self.filled.unplaced.append((self.said or "其他", text))
        elif labels.TITLE not in self.filled.parts and text.startswith("关于"):
            self.filled.add(labels.TITLE, lines)
        elif labels.bare(text) not in BOILERPLATE:
            self.filled.unplaced.append(("开头的文字", text))
