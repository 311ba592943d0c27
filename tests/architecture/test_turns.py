"""The order of the tests loses none of them, whatever the number of workers."""

from types import SimpleNamespace

import pytest

from tests import turns


def item(name: str, *fixtures: str):
    return SimpleNamespace(originalname=name, fixturenames=fixtures)


@pytest.mark.parametrize("workers", [1, 2, 3, 8])
@pytest.mark.parametrize("short", [0, 5, 200])
def test_each_once_and_the_looks_first(workers, short):
    looks = [item(f"look {number}", "kept_desk_of") for number in range(30)]
    long, rest = [item(name) for name in turns.LONG], [item(f"short {number}") for number in range(short)]
    found = turns.arranged([*rest, *long, *looks], workers)
    assert sorted(map(id, found)) == sorted(map(id, [*rest, *long, *looks]))
    assert found[0] is (looks[0] if workers > 1 else long[0])


def test_every_worker_begins_with_something_long():
    long, rest = [item(name) for name in turns.LONG], [item(f"short {number}") for number in range(99)]
    look = item("look", "kept_desk_of")
    found = turns.arranged([*rest, *long, look], 3)
    assert [found[0], found[34], found[69]] == [look, long[0], long[1]]
