"""How often one address may be fetched: programs ask every few hours, a broken one asks without end."""

import time

from django.core.cache import cache

PER_HOUR = 60
HOUR = 3600


def seconds_to_wait(feed_id: int) -> int:
    """0 when it may be fetched now. Without a working cache nothing is counted."""
    now = int(time.time())
    key = f"calendar-feed:{feed_id}:{now // HOUR}"
    count = cache.get(key, 0) + 1
    cache.set(key, count, HOUR)
    return HOUR - now % HOUR if count > PER_HOUR else 0
