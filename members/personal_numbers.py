"""Numbers of people: what is a mobile number, and what looks like an ID number, which is never stored."""

import re

MOBILE = re.compile(r"^1[3-9]\d{9}$")
MOBILE_WITHIN = re.compile(r"(?<!\d)1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)")
ID_NUMBER = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")


def bare_phone(text: str) -> str:
    """A mobile number as people write it, without blanks, dashes and the code of the country."""
    phone = re.sub(r"[-\s()]", "", text).removeprefix("+86")
    return phone.removeprefix("86") if len(phone) == 13 else phone


def masked_phone(text: str) -> str:
    """138****5678; of anything else nothing but that it is there."""
    phone = bare_phone(text)
    return f"{phone[:3]}****{phone[-4:]}" if phone.isdecimal() and len(phone) >= 11 else "****" if phone else ""


def masked_name(name: str) -> str:
    return f"{name[:1]}××" if name else ""


def hide_numbers(text: str) -> str:
    """The text with ID numbers and mobile numbers taken out: what others will read holds no such number."""
    text = ID_NUMBER.sub("（身份证号已隐去）", text)
    return MOBILE_WITHIN.sub("（电话号码已隐去）", text)
