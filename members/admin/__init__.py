"""People, organizations, seats, posts and accounts, for the staff and the administrators.

forms: what may be registered by whom, refused with a sentence (rules in members.appointing).
"""

from django.contrib import admin
from django.contrib.auth.models import Group
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from .accounts import UserAdmin
from .batches import ImportBatchAdmin
from .corrections import ProfileChangeAdmin
from .logins import FailureAdmin, LoginAdmin
from .organizations import AppointmentAdmin, OrganizationAdmin
from .people import MemberAdmin, PersonAdmin
from .privacy import ConsentAdmin, ContactRevealAdmin, DataExportAdmin
from .terms import SessionAdmin, TermAdmin

admin.site.unregister(Group)  # the three duties are chosen in the account
admin.site.unregister([TOTPDevice, StaticDevice])  # secrets are nobody's to look at; the account resets them

__all__ = [
    "AppointmentAdmin", "ConsentAdmin", "ContactRevealAdmin", "DataExportAdmin", "FailureAdmin", "ImportBatchAdmin",
    "LoginAdmin", "MemberAdmin", "OrganizationAdmin", "PersonAdmin", "ProfileChangeAdmin",
    "SessionAdmin", "TermAdmin", "UserAdmin",
]  # fmt: skip
