"""Every page that is read: WCAG 2.2 AA by axe as standard, 长辈版, dark and on a phone; targets; no page too wide."""

import pytest

from .places import READING, address
from .sight import faults
from .stages import deliver_everything, every_stage

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def stages(c):
    made = every_stage(c)
    deliver_everything()
    return made


@pytest.mark.parametrize("name", READING)
def test_nothing_is_wrong_with(c, stages, kept_desk_of, name):
    who, path = READING[name]
    desk = kept_desk_of(who and getattr(c, who))
    with desk.quiet(but_for="status of 40"):
        desk.go(address(path, stages))
        assert faults(desk.page) == {}
