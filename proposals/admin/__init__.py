"""提案 in the admin: everything to search and filter; every change of a case is an act."""

from .assignment import AssignmentAdmin
from .change_request import ChangeRequestAdmin
from .exports import PaperExportAdmin
from .extension import ExtensionRequestAdmin
from .groups import ReviewGroupAdmin
from .lead import LeadAdmin, LeadCollectionAdmin
from .proposal import ProposalAdmin
from .publication import PublicationAdmin
from .rating import QualityRatingAdmin, RatingAdmin
from .records import (
    ArchiveJobAdmin,
    AwardNominationAdmin,
    ContactAdmin,
    CosignatureAdmin,
    ReplyAdmin,
    ReviewAdmin,
    TripartiteMeetingAdmin,
)
from .supervision import DemandAdmin, KeyConsultationAdmin, KeyProposalAdmin, SupervisionAdmin
from .supplement import SupplementaryReplyAdmin
from .tables import CategoryAdmin, RejectionReasonAdmin
from .upgrade import UpgradeAdmin
from .urging import CommitmentAdmin, NoticeCodeAdmin, UrgeAdmin, UrgeNoticeAdmin

__all__ = [
    "ArchiveJobAdmin",
    "AwardNominationAdmin",
    "ContactAdmin",
    "CosignatureAdmin",
    "ReplyAdmin",
    "ReviewAdmin",
    "TripartiteMeetingAdmin",
    "AssignmentAdmin",
    "CategoryAdmin",
    "ChangeRequestAdmin",
    "ExtensionRequestAdmin",
    "CommitmentAdmin",
    "DemandAdmin",
    "KeyConsultationAdmin",
    "KeyProposalAdmin",
    "LeadAdmin",
    "LeadCollectionAdmin",
    "NoticeCodeAdmin",
    "PaperExportAdmin",
    "ProposalAdmin",
    "PublicationAdmin",
    "QualityRatingAdmin",
    "RatingAdmin",
    "RejectionReasonAdmin",
    "ReviewGroupAdmin",
    "UpgradeAdmin",
    "UrgeAdmin",
    "UrgeNoticeAdmin",
    "SupplementaryReplyAdmin",
    "SupervisionAdmin",
]
