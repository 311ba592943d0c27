import pytest

from tests.factories import county as make


@pytest.fixture
def c():
    """A small county with one person for every role."""
    return make.county()
