"""提案 in the admin: everything to search and filter; every change of a case is an act."""

from .assignment import AssignmentAdmin
from .exports import PaperExportAdmin
from .proposal import ProposalAdmin
from .tables import CategoryAdmin, RejectionReasonAdmin

__all__ = ["AssignmentAdmin", "CategoryAdmin", "PaperExportAdmin", "ProposalAdmin", "RejectionReasonAdmin"]
