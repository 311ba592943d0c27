"""How the days of reminders are written in a rule: whole numbers, comma separated, the earliest first."""

import re

from django.core.exceptions import ValidationError

MOST, LATEST = 8, 365
_COMMAS = re.compile("[,，、;；\\s]+")


def normal(text: str) -> str:
    """ "１，5、 0" → "5,1,0": each number once. Raises ValidationError that says what to write."""
    parts = [part for part in _COMMAS.split(text or "") if part]
    for part in parts:
        if not re.fullmatch(r"\d{1,3}", part) or int(part) > LATEST:
            raise ValidationError(f"“{part}”不能用。请写 0 到 {LATEST} 的整数，用逗号分开，如 5,1,0。")
    days = sorted({int(part) for part in parts}, reverse=True)
    if len(days) > MOST:
        raise ValidationError(f"最多写 {MOST} 个天数，现在有 {len(days)} 个，请删去几个。")
    return ",".join(map(str, days))
