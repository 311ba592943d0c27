"""Several people at once, each on a connection of their own; for tests with real transactions."""

from collections.abc import Callable
from contextlib import contextmanager
from threading import Barrier, Thread

from django.db import connection, connections, transaction

WAITING_FOR_ME = "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"


def together(count: int, work: Callable[[int], object]) -> list:
    """Run `work(n)` in that many threads let off at the same moment; returns what each gave or raised."""
    start, outcomes = Barrier(count), [[] for _ in range(count)]

    def run(n: int) -> None:
        start.wait(timeout=30)
        outcomes[n].append(_outcome(lambda: work(n)))

    threads = [Thread(target=run, args=(n,)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return [only for (only,) in outcomes]


@contextmanager
def while_waiting(root, work: Callable[[], object]):
    """Hold the lock of a root case until the end of the block, which begins once `work` waits for it in a thread.

    Yields the list that will hold what `work` gave or raised.
    """
    outcome: list = []
    thread = Thread(target=lambda: outcome.append(_outcome(work)))
    with transaction.atomic():
        type(root)._base_manager.select_for_update().get(pk=root.pk)
        thread.start()
        while thread.is_alive() and not _somebody_waits_for_me():
            thread.join(timeout=0.01)
        yield outcome
    thread.join(timeout=60)


def _outcome(work: Callable[[], object]) -> object:
    try:
        return work()
    except Exception as error:
        return error
    finally:
        connections.close_all()


def _somebody_waits_for_me() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(WAITING_FOR_ME)
        return cursor.fetchone()[0] > 0
