"""Changing one's own password: the same rules at every door."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone

from .models import User


def change(user: User, old: str, new: str) -> None:
    """Set the new password. Raises ValidationError with the fields old_password, new_password."""
    if not user.check_password(old):
        raise ValidationError({"old_password": "现在的密码不正确，请重新输入。"})
    if old == new:
        raise ValidationError({"new_password": "新密码不能与现在的密码相同，请换一个。"})
    try:
        validate_password(new, user)
    except ValidationError as error:
        raise ValidationError({"new_password": error.messages}) from None
    user.set_password(new)
    user.must_change_password, user.password_changed_at = False, timezone.now()
    user.save(update_fields=["password", "must_change_password", "password_changed_at"])
