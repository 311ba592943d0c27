"""Order by strokes of the surname (姓氏笔画), kept in a plain column (no ICU in the database)."""

import json
from functools import cache
from importlib.metadata import distribution

UNKNOWN = 99_999


@cache
def _levels() -> dict[str, int]:
    """Character → its place in the order by number of strokes, then 横竖撇点折 (GB 13000.1 字序).

    Read as a file: importing the package would want numpy.
    """
    table = distribution("cn-sort").locate_file("cn_sort/res/all_word.json").read_text(encoding="utf-8")
    return {entry["chinese"]: entry["stroke_increment_level"] for entry in json.loads(table)["all_word"]}


def stroke_key(name: str) -> str:
    """The places of the name's characters, for ordering: 丁卜 → "00131 00138". Unknown ones come last."""
    return " ".join(f"{_levels().get(character, UNKNOWN):05d}" for character in name)[:240]
