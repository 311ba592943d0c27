"""The register of lists that can be taken out as .xlsx. Each app declares its own in its exports.py, called from ready().

    lists.register("opinions", "社情民意", COLUMNS, rows, unit="条")

`rows(user, asked)` is the very function that the page of the list calls: who is asked, what is asked for (the query
of the address). It may refuse as the page does. So a file never holds another population than the page showed.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any

from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property

from members.posts import posts_of
from workflow.errors import NotAllowed, NotFound

from .audiences import WIDTH, Audience, open_to, widest


@dataclass(frozen=True)
class Column:
    """`value(row)` of a prepared row. `reach`: the widest circle that may read the column."""

    key: str
    label: str
    value: Callable[[Any], object]
    width: int = 16
    reach: str = Audience.INTERNAL
    is_usual: bool = True

    def may_reach(self, audience: str) -> bool:
        return WIDTH[Audience(audience)] <= WIDTH[Audience(self.reach)]


@dataclass(frozen=True)
class Found:
    """What the page lists: the rows in their order, the filter in words, and how the list is called here.

    `columns` and `prepared` stand in for the listing's own where they depend on what is asked.
    """

    rows: "QuerySet | Fixed | Unread"
    words: str = ""
    title: str = ""
    columns: Sequence[Column] = ()
    prepared: "Prepare | None" = None


@dataclass(frozen=True)
class Reader:
    user: Any
    audience: str


Prepare = Callable[[list, Reader], Iterable]


def _as_they_are(rows: list, reader: Reader) -> Iterable:
    return rows


def _all_of_it(row) -> str:
    return Audience.INTERNAL


@dataclass(frozen=True)
class Listing:
    """`prepared(rows, reader)`: one object for each row of a chunk, in a fixed number of queries for any chunk.

    `published(rows)`: the rows that everybody may read; without it there is no public file. `reach(row)`: how little
    of a prepared row this reader may read, as the audience that reads as much.
    """

    key: str
    label: str
    columns: tuple[Column, ...]
    rows: Callable[[Any, QueryDict], Found]
    unit: str = "件"
    prepared: Prepare = _as_they_are
    published: Callable[[QuerySet], QuerySet] | None = None
    reach: Callable[[Any], str] = _all_of_it
    for_units: bool = True

    def audiences(self, user) -> tuple[Audience, ...]:
        """Those for which this person may make a file of the list. One that goes to no unit is for one's own work."""
        given = open_to(posts_of(user)) if self.for_units else (Audience.INTERNAL, Audience.PUBLIC)
        return tuple(one for one in given if one != Audience.PUBLIC or self.published)

    def populations(self, user, asked: QueryDict) -> dict[Audience, Found]:
        """What each file would hold, asked once. Raises Refused as the page does."""
        found, audiences = self.rows(user, asked), self.audiences(user)
        return {one: self._for(found, one) for one in audiences}

    def of(self, user, asked: QueryDict, audience: str) -> Found:
        """The population for this audience. Raises Refused as the page does, NotAllowed for the audience."""
        if audience not in self.audiences(user):
            raise NotAllowed("您的职务不能导出这个使用范围的文件。", "请换一个使用范围。")
        return self._for(self.rows(user, asked), audience)

    def _for(self, found: Found, audience: str) -> Found:
        return found if audience != Audience.PUBLIC else replace(found, rows=self.published(found.rows))

    def columns_for(self, found: Found, audience: str) -> list[Column]:
        return [one for one in found.columns or self.columns if one.may_reach(audience)]

    def cells(self, row, columns: Iterable[Column], audience: str) -> list:
        """What the reader may not read of this row stays empty."""
        told = widest(audience, self.reach(row))
        return [one.value(row) if one.may_reach(told) else None for one in columns]


_listings: dict[str, Listing] = {}


def register(key: str, label: str, columns: Iterable[Column], rows: Callable, **more) -> None:
    _listings[key] = Listing(key, label, tuple(columns), rows, **more)


def named(key: str) -> Listing:
    """Raises NotFound."""
    if key not in _listings:
        raise NotFound
    return _listings[key]


def all_listings() -> list[Listing]:
    return list(_listings.values())


def day(moment):
    """The day of a moment in the county's time; None where there is none."""
    return timezone.localdate(moment) if moment else None


class Fixed(list):
    """Rows of a page that reads them all at once: asked like a queryset."""

    def count(self) -> int:
        return len(self)

    def iterator(self, chunk_size: int = 0):
        return iter(self)


class Unread:
    """Rows that cost as much to count as to read: read when a file is asked for, not where one only looks at the question."""

    def __init__(self, read: Callable[[], Iterable]):
        self._read = read

    @cached_property
    def _rows(self) -> list:
        return list(self._read())

    def count(self) -> int:
        return len(self._rows)

    def iterator(self, chunk_size: int = 0):
        return iter(self._rows)


def asking(user) -> SimpleNamespace:
    """What the filters of the lists want of a request: a job has none."""
    return SimpleNamespace(user=user)


def words_of(form: BaseForm, asked: QueryDict, leave: Iterable[str] = ("o",)) -> str:
    """The filters in use, for the title of a file and for the record: 状态：办理中，类别：教科文卫体."""
    told = []
    for bound in form:
        value = asked.get(bound.name, "")
        if value and bound.name not in leave and not bound.errors:
            choices = {str(key): words for key, words in getattr(bound.field, "choices", ())}
            told.append(f"{bound.label}：{choices.get(value, value)}")
    return "，".join(told)
