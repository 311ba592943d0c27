"""The second factor: a six-figure code that changes every 30 seconds (TOTP), and codes on paper for a lost phone.

django-otp keeps the secrets, checks the codes and slows down guessing. Here: who needs it, how it is set up.
"""

import secrets

import pghistory
from django.conf import settings
from django.db import transaction
from django_otp import match_token
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from . import devices, logins
from .models import User
from .one_time import ALPHABET

PAPER_CODES = 10
ISSUER = "西平县智慧政协"


def device_of(user: User) -> TOTPDevice | None:
    """The confirmed device; None when the account has no second factor."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def is_required(user: User) -> bool:
    """等保三级: everybody who may enter the admin needs two factors."""
    return settings.DJBH_LEVEL == "3" and user.is_staff


def is_wanted(user: User) -> bool:
    """Whether a log-in of this user is complete only with the second factor."""
    return is_required(user) or device_of(user) is not None


def is_missing(user: User) -> bool:
    """Required and not set up. What is required is asked first: at level 2 that costs no query."""
    return is_required(user) and device_of(user) is None


def was_begun(user: User) -> bool:
    """Whether there is anything to reset, be it only a set-up that never got its first code."""
    return TOTPDevice.objects.filter(user=user).exists()


def is_right(user: User, code: str):
    """The device that accepts the code (from the phone or from paper), or None. A code works once."""
    return match_token(user, code.replace(" ", "").replace("-", "").lower()) if device_of(user) else None


@transaction.atomic
def begin(user: User) -> TOTPDevice:
    """The device that waits for its first code; the same one until it is confirmed, in two windows as well."""
    User.objects.select_for_update().filter(pk=user.pk).values("pk").first()
    waiting = TOTPDevice.objects.filter(user=user, confirmed=False).order_by("pk").first()
    return waiting or TOTPDevice.objects.create(user=user, confirmed=False, name="动态口令")


@transaction.atomic
def confirm(user: User, code: str, session_key: str = "") -> list[str] | None:
    """Switch it on with the first right code; returns the codes for paper, shown once. None: the code is wrong.

    Every log-in made without it is over, but for the browser with this session.
    """
    waiting = begin(user)
    if not waiting.verify_token(code.replace(" ", "")):
        return None
    TOTPDevice.objects.filter(user=user).exclude(pk=waiting.pk).delete()
    waiting.confirmed = True
    waiting.save(update_fields=["confirmed"])
    devices.keep_only(None, user)
    logins.end_others(user, session_key)
    pghistory.create_event(user, label="second_factor_on")
    return _paper_codes(user)


@transaction.atomic
def switch_off(user: User) -> None:
    """By the user with a right code, or by an administrator for somebody who lost the phone."""
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
    pghistory.create_event(user, label="second_factor_off")


def _paper_codes(user: User) -> list[str]:
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="备用码", confirmed=True)
    codes = ["".join(secrets.choice(ALPHABET) for _ in range(8)) for _ in range(PAPER_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return [f"{code[:4]}-{code[4:]}" for code in codes]
