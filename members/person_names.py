"""What may be a person's name in a list that people typed."""

import re

# 欧阳海, 阿布都·热合曼, 委员002, Anna: letters, then letters and digits.
PERSON_NAME = re.compile(r"^[^\W\d_][^\W_]*(?:·[^\W\d_][^\W_]*)*$")
LONG_NUMBER = re.compile(r"\d{7}")  # a telephone or ID number beside the name, which must never be stored as one
SHORTEST, LONGEST = 2, 20


def is_person_name(text: str) -> bool:
    fits = SHORTEST <= len(text) <= LONGEST
    return fits and bool(PERSON_NAME.match(text)) and not LONG_NUMBER.search(text)
