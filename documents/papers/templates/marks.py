"""Marks in place of values: a writer that is given them writes the template to start from.

{{ 案号 }} prints a field. {%p for 项 in 清单 %} … {%p endfor %} repeats paragraphs, {%tr … %} rows of a table, and
{%p if 抄送 %} … {%p endif %} leaves out what is empty; the line or row of such a mark is no part of the paper.
"""

from collections.abc import Callable, Iterator, Sequence

from .kinds import Kind, Rows, Values

PARAGRAPH, ROW = "p", "tr"


class Mark(str):
    """{{ 名称 }}"""

    __slots__ = ("name",)

    def __new__(cls, name: str):
        mark = super().__new__(cls, f"{{{{ {name} }}}}")
        mark.name = name
        return mark


class MarkedRows(list):
    """One row of marks, and what opens and closes the loop."""

    def __init__(self, rows: Rows):
        super().__init__([{field.name: Mark(f"{rows.row}.{field.name}") for field in rows.fields}])
        self.head = f"for {rows.row} in {rows.name}"


def marked(kind: Kind) -> Values:
    return {name: Mark(name) for name in kind.texts} | {name: MarkedRows(rows) for name, rows in kind.lists.items()}


def each(rows: list[dict[str, str]], put: Callable[[str], object], what: str = PARAGRAPH) -> Iterator[dict[str, str]]:
    """The rows, one by one; of marks, the one row between the two lines (or table rows) that `put` adds."""
    if not isinstance(rows, MarkedRows):
        yield from rows
        return
    put(f"{{%{what} {rows.head} %}}")
    yield from rows
    put(f"{{%{what} endfor %}}")


def cells(rows: list[dict[str, str]], names: Sequence[str]) -> list[list[str]]:
    """The rows as a table writes them, those of the marks among them."""
    found: list[list[str]] = []
    for row in each(rows, lambda tag: found.append([tag, *[""] * (len(names) - 1)]), ROW):
        found.append([row[name] for name in names])
    return found


def given(text: str, put: Callable[[str], object], what: str = PARAGRAPH) -> Iterator[str]:
    """The text where there is one: for what a paper has only sometimes."""
    if isinstance(text, Mark):
        put(f"{{%{what} if {text.name} %}}")
        yield text
        put(f"{{%{what} endif %}}")
    elif text:
        yield text


def lines(text: str) -> list[str]:
    """The paragraphs of a text."""
    return [text] if isinstance(text, Mark) else [words.strip() for words in text.split("\n") if words.strip()]
