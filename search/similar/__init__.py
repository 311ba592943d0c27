"""Similar cases: an index of words for every kind of text that registers, and the closest texts to a given one.

    register(Kind("proposal", rows=..., mark="changed_at", texts=...))   # the app, when it is ready
    refresh("proposal")                                                  # after a change, and every few minutes
    closest("proposal", title, body, read=...)                           # the nearest, best first

Everything happens on this machine and is deterministic: the same index and the same question give the same order.
"""

from .finding import Match, closest, compare
from .indexing import count_words, refresh
from .kinds import Kind, Text, kinds, register
from .many import Near, closest_of_many

__all__ = [
    "Kind",
    "Match",
    "Near",
    "Text",
    "closest",
    "closest_of_many",
    "compare",
    "count_words",
    "kinds",
    "refresh",
    "register",
]
