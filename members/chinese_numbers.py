"""Small numbers in Chinese characters, as sessions and terms are written: 11 → 十一."""

DIGITS = "〇一二三四五六七八九"


def chinese_number(number: int) -> str:
    """1 to 99 in characters; other numbers as they are."""
    if not 0 < number < 100:
        return str(number)
    tens, units = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else DIGITS[tens] + "十")
    return head + (DIGITS[units] if units else "")


def from_chinese(text: str) -> int | None:
    """The number that 一 to 九十九 or digits stand for; None when it is neither."""
    if text.isdigit():
        return int(text)
    return next((n for n in range(1, 100) if chinese_number(n) == text), None)
