"""Short, repeatable tasks: each makes the index say what the texts say now."""

from celery import shared_task

from .similar import count_words, kinds, refresh


@shared_task(name="search.refresh_similar")
def refresh_similar(kind: str = "", ids: list[int] | None = None) -> None:
    """After a change its own case; without arguments whatever no task announced."""
    for name in [kind] if kind else [each.name for each in kinds()]:
        refresh(name, ids)


@shared_task(name="search.count_similar_words")
def count_similar_words() -> None:
    for kind in kinds():
        count_words(kind.name)
