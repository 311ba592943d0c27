"""Word files leave trees behind that only the collector frees: 60 MB for each template that is checked."""

import gc

import psutil
import pytest


@pytest.fixture(scope="module")
def _size():
    """What was there before the module is left alone, so that little is looked through."""
    gc.freeze()
    return [psutil.Process().memory_info().rss]


@pytest.fixture(autouse=True)
def _trees_are_given_back(_size):
    yield
    if psutil.Process().memory_info().rss - _size[-1] > 2**29:
        gc.collect()
        _size.append(psutil.Process().memory_info().rss)
