"""Who changed which field of a tracked row, from what to what, and when (the triggers of `workflow.history`).

    of_object(person)          # its whole history, newest first
    everything(Wanted(...))    # all tracked tables together, for the audit

tables: which tables are tracked. values: fields as people read them. entries: rows of the history become
sentences. reading: the two questions above, each in a fixed number of queries.
"""

from .entries import Change, Entry
from .reading import Wanted, everything, of_object
from .tables import is_tracked, titles

__all__ = ["Change", "Entry", "Wanted", "everything", "is_tracked", "of_object", "titles"]
