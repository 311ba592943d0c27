"""Many questions to the database of which most have no answer: one statement finds those that have any."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet, Value


@dataclass(frozen=True)
class Asked:
    """rows: what is asked, not sliced; made: what is made of them, called only when there are any."""

    rows: QuerySet
    made: Callable[[QuerySet], Iterable]


def answers(questions: Iterable) -> Iterator:
    """What each question gives, in turn; what is no question is an answer already.

    A single question is asked at once. Of several, one statement more spares the statements of all that have no row.
    """
    questions = list(questions)
    asked = [one for one in questions if isinstance(one, Asked)]
    answered = {id(asked[place]) for place in having_rows([one.rows for one in asked])}
    for one in questions:
        if not isinstance(one, Asked):
            yield one
        elif id(one) in answered:
            yield from one.made(one.rows)


def having_rows(questions: Sequence[QuerySet]) -> set[int]:
    """The places of those that have a row; a single one is taken to have."""
    if len(questions) < 2:
        return set(range(len(questions)))
    first, *others = (
        rows.order_by().prefetch_related(None).values_list(Value(place))[:1] for place, rows in enumerate(questions)
    )
    return {place for (place,) in first.union(*others, all=True)}
