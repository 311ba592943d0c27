"""People and organizations, in the vocabulary of the Popolo standard."""

from .appointment import Appointment, Post
from .device import DeviceToken
from .duty import Duty
from .import_batch import ImportBatch, ImportedChange
from .login import BrowserLogin
from .member import EndReason, Member, SeatKind
from .organization import Organization, OrganizationKind, System
from .person import Gender, Person
from .term import Session, Term
from .user import User

__all__ = [
    "Appointment",
    "BrowserLogin",
    "DeviceToken",
    "Duty",
    "EndReason",
    "Gender",
    "ImportBatch",
    "ImportedChange",
    "Member",
    "Organization",
    "OrganizationKind",
    "Person",
    "Post",
    "SeatKind",
    "Session",
    "System",
    "Term",
    "User",
]
