"""What people did on the strength of a seat. The apps above register an answer each; a seat with such work stays."""

from collections import defaultdict
from collections.abc import Callable, Collection
from datetime import datetime

# (ids of people, since when) → person's id → words such as "提案 2 件".
Answer = Callable[[Collection[int], datetime], dict[int, str]]

_answers: list[Answer] = []


def register(answer: Answer) -> None:
    _answers.append(answer)


def since(people: Collection[int], moment: datetime) -> dict[int, str]:
    found: dict[int, list[str]] = defaultdict(list)
    for answer in _answers:
        for person, words in answer(people, moment).items():
            found[person].append(words)
    return {person: "、".join(words) for person, words in found.items()}
