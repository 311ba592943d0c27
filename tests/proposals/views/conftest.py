"""The small county, and a browser without JavaScript for each of its people."""

import pytest

from tests.factories import county as make


@pytest.fixture
def c(db):
    return make.county()
