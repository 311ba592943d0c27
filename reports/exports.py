"""The rows behind a number of the figures, as they leave the portal: those of its page, in its columns."""

import re
from datetime import date

from exports import lists
from exports.lists import Column, Found, Reader
from workflow.errors import Refused

from .figures import listing, table

DAY = re.compile(r"\d{4}-\d\d-\d\d")


class Unreadable(Refused):
    status = 400
    code = "invalid"

    def __init__(self):
        super().__init__("统计条件看不懂，没有导出。", "请返回统计页面，重新选择条件，再从明细里导出。")


def behind(user, asked) -> Found:
    from .views.figures import population

    place = asked.get("place", "")
    figure, form, question, rows = population(user, asked, asked.get("figure", ""), place)
    if question is None:
        raise Unreadable
    one = figure.counted[table.PLACES[place]]
    heads = listing.heads_of(one)
    columns = [Column(f"c{n}", head, lambda cells, n=n: cells[n], _width(n)) for n, head in enumerate(heads)]

    def prepared(chunk: list, reader: Reader) -> list[list]:
        return [[_real(cell) for cell in line.cells] for line in listing.lines(one, chunk, question)]

    words = "，".join([question.period.name, *(words for words, _href in form.applied(question))])
    return Found(rows, words, f"统计明细：{table.title(figure, place)}"[:100], columns, prepared)


def _width(place: int) -> int:
    """The second cell carries the words of a case."""
    return 46 if place == 1 else 18


def _real(cell):
    """The pages write a day as text; in a workbook it is a date."""
    return date.fromisoformat(cell) if isinstance(cell, str) and DAY.fullmatch(cell) else cell


def register_own() -> None:
    lists.register("figure-rows", "统计明细", (), behind, unit="行", for_units=False)
