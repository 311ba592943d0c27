import pytest

from . import scene


@pytest.fixture
def s():
    """A small county with everybody who may meet the admin."""
    return scene.make_scene()
