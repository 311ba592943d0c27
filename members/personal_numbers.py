"""Numbers of people: what is a mobile number, and what looks like an ID number, which is never stored."""

import re

MOBILE = re.compile(r"^1[3-9]\d{9}$")
ID_NUMBER = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")


def bare_phone(text: str) -> str:
    """A mobile number as people write it, without blanks, dashes and the code of the country."""
    phone = re.sub(r"[-\s()]", "", text).removeprefix("+86")
    return phone.removeprefix("86") if len(phone) == 13 else phone
