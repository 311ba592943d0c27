"""The shared cache, which nothing depends on: a page must open while Redis is away."""

import logging

from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

# One try, and a short one: the library's own ten, with growing pauses, would hold the page for seconds.
AT_ONCE = {"socket_timeout": 1, "socket_connect_timeout": 1, "retry": Retry(NoBackoff(), 0)}

log = logging.getLogger(__name__)


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache that forgets instead of failing."""

    def __init__(self, server, params):
        super().__init__(server, {**params, "OPTIONS": {**AT_ONCE, **params.get("OPTIONS", {})}})

    def get(self, key, default=None, version=None):
        return self._or(default, super().get, key, default, version)

    def set(self, key, value, *args, **kwargs):
        self._or(None, super().set, key, value, *args, **kwargs)

    def add(self, key, value, *args, **kwargs):
        return self._or(False, super().add, key, value, *args, **kwargs)

    def delete(self, key, version=None):
        return self._or(False, super().delete, key, version)

    def get_many(self, keys, version=None):
        return self._or({}, super().get_many, keys, version)

    def set_many(self, data, *args, **kwargs):
        return self._or(list(data), super().set_many, data, *args, **kwargs)

    @staticmethod
    def _or(otherwise, call, *args, **kwargs):
        try:
            return call(*args, **kwargs)
        except (RedisError, OSError) as error:
            log.warning("cache unavailable: %s", type(error).__name__)
            return otherwise
