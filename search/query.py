"""What a person types, as a question to the search column.

Words are separated by spaces and all must be found. A word is found wherever it stands in the
text, also across word boundaries: two characters by their pair, longer ones as a phrase, one
character as the beginning of a pair. Letters and digits match whole words by their beginning.
Whatever else is typed is ignored; nothing a person can type is an error.
"""

from dataclasses import dataclass

from django.db import models
from django.db.models import F, Func, QuerySet, Value

from search.tokens import tokens
from search.zh_tsv import LONG_MARK

LONGEST_QUERY = 200  # characters; what is typed beyond is not looked for
CAP = 1000


@dataclass(frozen=True)
class Word:
    """One word of the query: its tokens and positions; `open_ended` if the last is a beginning."""

    tokens: tuple[tuple[str, int], ...]
    open_ended: bool

    def phrase(self, weight: str = "") -> str:
        """`'老旧' <-> '旧小' <-> '小区'`, with distances where something stood between."""
        text, before = "", 0
        for number, (token, position) in enumerate(self.tokens, 1):
            last = number == len(self.tokens)
            label = ("*" if last and self.open_ended else "") + weight
            text += f" <{position - before}> " if text else ""
            text += f"'{token}'" + (f":{label}" if label else "")
            before = position
        return text

    def in_long_text(self) -> str:
        """All tokens anywhere: where the text is too long for positions to be kept."""
        singles = [Word((token,), self.open_ended and token == self.tokens[-1]) for token in self.tokens]
        return " & ".join([f"'{LONG_MARK}'", *(single.phrase() for single in singles)])


@dataclass(frozen=True)
class Query:
    words: tuple[Word, ...]

    def __str__(self) -> str:
        """As a tsquery for the whole text."""
        return " & ".join(
            word.phrase() if len(word.tokens) == 1 else f"({word.phrase()} | {word.in_long_text()})"
            for word in self.words
        )

    def in_title(self) -> str:
        return " & ".join(f"({word.phrase('A')})" for word in self.words)


def parse(text: str) -> Query | None:
    """The question, or None when the text holds nothing that can be looked for."""
    words = [_word(part) for part in text[:LONGEST_QUERY].split()]
    unique = dict.fromkeys(word for word in words if word)
    return Query(tuple(unique)) if unique else None


def _word(text: str) -> Word | None:
    found = list(tokens(text))
    if not found:
        return None
    last = found[-1][0]
    if len(last) == 1 and len(found) > 1 and _ends_pair(found):
        # The lone last character is already the second of the pair before it.
        return Word(tuple(found[:-1]), open_ended=False)
    return Word(tuple(found), open_ended=len(last) == 1 or last.isascii())


def _ends_pair(found: list[tuple[str, int]]) -> bool:
    (before, before_at), (last, last_at) = found[-2:]
    return before_at == last_at - 1 and len(before) == 2 and before[1] == last and not last.isascii()


def matching(queryset: QuerySet, text: str, field: str = "search") -> QuerySet:
    """The rows in which every word of the text is found; all rows for a blank text."""
    if not text.strip():
        return queryset
    query = parse(text)
    if query is None:
        return queryset.none()
    return queryset.filter(**{f"{field}__matches": str(query)})


@dataclass(frozen=True)
class Found:
    """`count` is exact up to the cap; `capped` means there are more ("1000 条以上")."""

    rows: QuerySet
    count: int
    capped: bool


def find(
    queryset: QuerySet,
    text: str,
    field: str = "search",
    newest: tuple[str, ...] = ("-pk",),
    cap: int = CAP,
) -> Found:
    """The matching rows, hits in the title first, then by rank, then newest.

    Beyond the cap a rank says nothing and costs much: then newest first. One query for the count.
    """
    rows = matching(queryset, text, field)
    count = rows.order_by().values("pk")[: cap + 1].count()
    query = parse(text)
    if query is None or count > cap:
        return Found(rows.order_by(*newest), min(count, cap), count > cap)
    return Found(rows.order_by(*_best_first(query, field), *newest), count, False)


def _best_first(query: Query, field: str):
    in_title = Func(
        F(field),
        _tsquery(query.in_title()),
        template="(%(expressions)s)",
        arg_joiner=" @@ ",
        output_field=models.BooleanField(),
    )
    rank = Func(F(field), _tsquery(str(query)), function="ts_rank", output_field=models.FloatField())
    return in_title.desc(), rank.desc()


def _tsquery(query: str) -> Func:
    return Func(Value(query), template="%(expressions)s::tsquery", output_field=models.TextField())
