"""An opinion or a recommendation goes on as a proposal draft or a 社情民意 report: a registry of handlers (design §3).

Another app, or the layer above on its behalf, registers a handler for a target; without one the act is not offered. What was
made is a draft of the person who asked for it, with the origin recorded there and a row recorded here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from workflow.errors import Refused

from .models import Conversion, Opinion, Recommendation

Target = Conversion.Target
TITLE_MAX = 60


@dataclass(frozen=True)
class Handed:
    """What a handler is given: plain values, and the person whose draft it becomes."""

    person: object
    title: str
    situation: str
    suggestions: tuple[str, ...]
    origin: str


Handler = Callable[[Handed], str]
_handlers: dict[str, Handler] = {}


def register(target: str, handler: Handler) -> None:
    """`handler(handed)` makes the draft in the transaction of the caller and returns how it is called there."""
    _handlers[str(target)] = handler


def offered() -> list[tuple[str, str]]:
    """The targets that somebody handles, as choices."""
    return [(target.value, target.label) for target in Target if target.value in _handlers]


def of_opinion(opinion: Opinion, target: str, person, at: datetime) -> str:
    topic = opinion.topic
    handed = Handed(person, topic.title[:TITLE_MAX], opinion.text, (), f"{topic.number}“{topic}”的委员意见")
    return _convert(handed, target, at, topic=topic, opinion=opinion)


def of_item(item: Recommendation, target: str, person, at: datetime) -> str:
    topic = item.topic
    situation = f"在“{topic}”的协商中，提出了这条建议。"
    handed = Handed(person, topic.title[:TITLE_MAX], situation, (item.text,), f"{item.number}（{topic}）")
    return _convert(handed, target, at, topic=topic, item=item)


def _convert(handed: Handed, target: str, at: datetime, **source) -> str:
    if Conversion.objects.filter(target=target, person=handed.person, **source).exists():
        raise Refused("您已经转过一次了。", "请到您的草稿里接着写。", code="converted")
    became = _handlers[target](handed)
    Conversion.objects.create(target=target, person=handed.person, at=at, became=became[:120], **source)
    return became
