"""What the 等保 password policy adds: kinds of characters, and an age for the passwords of staff.

等保 2.0 身份鉴别 wants complexity and periodic change; ASVS 5.0 (V6.2.5, V6.2.10) forbids both. The settings choose.
"""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone


def _is_sign(character: str) -> bool:
    """Whatever is no letter of the alphabet and no digit; so also a Chinese character."""
    return not (character.isupper() or character.islower() or character.isdigit())


CLASSES = (str.isupper, str.islower, str.isdigit, _is_sign)
WANTED = 3


class CharacterClasses:
    """At least three of the four: capital letters, small letters, digits, signs. A Chinese character counts as a sign."""

    def validate(self, password: str, user=None) -> None:
        if sum(any(map(belongs, password)) for belongs in CLASSES) < WANTED:
            raise ValidationError(f"密码太简单，{self.get_help_text()}", code="password_too_plain")

    def get_help_text(self) -> str:
        return "大写字母、小写字母、数字、符号中至少要有三种，汉字算符号。"


def has_expired(user) -> bool:
    """Whether a staff password is older than the policy allows. Others keep theirs as long as they like."""
    if not settings.PASSWORD_DAYS:
        return False
    since = user.password_changed_at or user.date_joined
    return since < timezone.now() - timedelta(days=settings.PASSWORD_DAYS) and user.is_staff


def must_change(user) -> bool:
    return user.must_change_password or has_expired(user)
