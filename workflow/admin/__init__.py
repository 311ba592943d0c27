"""Cases and histories in the admin. Rows of a case are read here and changed by acts through the engine only.

reading: pages that only show. case: the list and the page of a case. acting: the page of one act.
bulk: one act on many rows. exporting: the chosen rows as a sheet. tracked: the 历史 page of what triggers keep, put in place by portal.backoffice. log: the audit's two lists.
"""

from .case import CaseAdmin
from .exporting import Exported
from .filters import ChoiceFilter
from .log import EventAdmin
from .reading import ReadOnlyAdmin
from .tracked import TrackedAdmin

__all__ = ["CaseAdmin", "ChoiceFilter", "EventAdmin", "Exported", "ReadOnlyAdmin", "TrackedAdmin"]
