"""The numbers of a unit's letters as they are written (domain §3.4): 西教提〔2026〕3号, 会办意见 西教提函〔2026〕1号."""


def in_force(unit):
    """The unit itself; once it was merged, the one in its place, which alone still has a letterhead and a seal."""
    return unit.successor or unit


def word_of(unit) -> str:
    """The word before the year: the unit's own 发文代字, or its name with 提."""
    return unit.letter_code or f"{unit}提"


def opinion_word_of(unit) -> str:
    return f"{word_of(unit)}函"


def number(word: str, year: int | None, serial: int | None) -> str:
    """In the form of GB/T 9704; "" while there is none."""
    return f"{word}〔{year}〕{serial}号" if serial is not None else ""
