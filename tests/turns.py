"""In which turn the tests run: what takes longest begins first, each kind on a worker of its own.

pytest-xdist's `worksteal` gives every worker an equal stretch of the list and lets those who are done take from the
end of another's. So the looks at pages open the first stretch, where one county serves a whole module of them, and the
single long tests open the others; what is taken from the end is short.
"""

from itertools import islice

LONG = [
    "test_from_nothing_to_silence", "test_from_the_first_word_to_the_last", "test_hundreds_of_acts",
    "test_restores_on_an_empty_machine",
]  # fmt: skip


def arranged(items: list, workers: int) -> list:
    """The same tests, so that each of that many equal stretches begins with a share of the long ones."""
    looks = [item for item in items if "kept_desk_of" in item.fixturenames]
    long = sorted((item for item in items if item.originalname in LONG), key=lambda item: LONG.index(item.originalname))
    first = {id(item) for item in (*looks, *long)}
    rest = iter([item for item in items if id(item) not in first])
    heads = [looks, *(long[turn :: workers - 1] for turn in range(workers - 1))] if workers > 1 else [long + looks]
    stretches = zip(heads, _sizes(len(items), workers), strict=True)
    return [item for head, size in stretches for item in _filled(head, rest, size)]


def _sizes(total: int, workers: int) -> list[int]:
    """How many tests each worker is given at first, as `worksteal` divides them."""
    sizes = []
    for turn in range(workers):
        sizes.append((total - sum(sizes)) // (workers - turn))
    return sizes


def _filled(head: list, rest, size: int) -> list:
    return [*head, *islice(rest, max(0, size - len(head)))]
