"""A page must open while Redis is away, and without waiting for it."""

import time

import pytest

from xiping_cppcc.cache import ForgivingRedisCache


@pytest.fixture
def cache(tmp_path):
    return ForgivingRedisCache(f"unix://{tmp_path}/nobody.sock?db=0", {})


def test_reading_gives_the_default(cache):
    assert cache.get("key", "default") == "default"
    assert cache.get_many(["key"]) == {}


def test_writing_is_forgotten(cache):
    cache.set("key", 1)
    assert cache.add("key", 1) is False
    assert cache.delete("key") is False
    assert cache.set_many({"key": 1}) == ["key"]


def test_a_missing_server_is_not_waited_for(cache, monkeypatch):
    monkeypatch.setattr(time, "sleep", lambda seconds: pytest.fail(f"waited {seconds} s"))
    assert cache.get("key") is None
