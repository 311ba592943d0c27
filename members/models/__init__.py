"""People and organizations, in the vocabulary of the Popolo standard."""

from .appointment import Appointment, Post
from .delegation import Delegation
from .device import DeviceToken
from .duty import Duty
from .import_batch import ImportBatch, ImportedChange
from .login import BrowserLogin
from .member import EndReason, Member, SeatKind
from .organization import Organization, OrganizationKind, System
from .person import Gender, Person
from .privacy import CitizenLook, Consent, ConsentKind, ContactReveal, DataExport
from .profile import Outcome, ProfileChange
from .term import Session, Term
from .user import User

__all__ = [
    "Appointment",
    "BrowserLogin",
    "CitizenLook",
    "Consent",
    "ConsentKind",
    "ContactReveal",
    "DataExport",
    "Delegation",
    "DeviceToken",
    "Duty",
    "EndReason",
    "Gender",
    "ImportBatch",
    "ImportedChange",
    "Member",
    "Organization",
    "OrganizationKind",
    "Outcome",
    "Person",
    "Post",
    "ProfileChange",
    "SeatKind",
    "Session",
    "System",
    "Term",
    "User",
]
