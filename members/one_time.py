"""One-time passwords: given out once, changed at the first log-in."""

import secrets

import pghistory
from django.db import transaction

from .models import User

# Letters and digits that cannot be mistaken for each other on paper.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def new_password() -> str:
    """Twelve characters in groups of four, as it is read out over the telephone: abcd-efgh-jk23."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(3))


@transaction.atomic
def give(user: User) -> str:
    """Set a fresh one-time password and return it; it is shown once and kept nowhere."""
    password = new_password()
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    pghistory.create_event(user, label="one_time_password")
    return password
