"""Cases that go on in another app: each is handed over by an act of its own."""

import logging
from collections.abc import Iterable

from .actors import SYSTEM
from .engine import perform
from .errors import Refused
from .models import Case

log = logging.getLogger(__name__)


def hand_on(cases: Iterable[Case], act: str) -> int:
    """One at a time: one that fails is logged, stays where it is, and stops none of the others. Returns how many went."""
    return sum(_went(case, act) for case in cases)


def _went(case: Case, act: str) -> bool:
    try:
        perform(act, case, SYSTEM)
    except Refused:
        return False
    except Exception:
        log.exception("%s %s could not be handed on", case.process_name, case.pk)
        return False
    return True
