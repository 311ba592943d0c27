"""What makes a row the same row when the ledger is imported again."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

LONGEST_SERIAL = 9
LONGEST_NUMBER = 30
WRAPPED = re.compile(r"^(?:并入|并到|合并到)?第?(.+?)(?:\.0)?(?:号)?(?:提案|案)?$")
LONG_COLUMNS = ("正文", "建议")


@dataclass(frozen=True)
class CaseNumber:
    """text: as the ledger has it, without 第 and 号. serial: its number, if it is one."""

    text: str
    serial: int | None

    @property
    def key(self) -> str:
        """001, 1 and 第1号 are the same number."""
        return self.text.upper() if self.serial is None else str(self.serial)


def case_number(code: str) -> CaseNumber | None:
    """From a cell's code; None when blank."""
    wrapped = WRAPPED.match(code)
    if not wrapped:
        return None
    bare = wrapped[1]
    is_number = bare.isascii() and bare.isdigit() and len(bare) <= LONGEST_SERIAL
    return CaseNumber(bare, int(bare) if is_number else None)


def give_keys(session: str, entries: Iterable) -> None:
    """Set `key` of each entry: by 案号, otherwise by 案由, 提案人, 提交日期 and the ordinal among equal rows."""
    seen = Counter()
    for entry in entries:
        if entry.number is not None:
            parts = ("案号", entry.number.key)
        else:
            what = (re.sub(r"\s", "", entry.title), entry.proposer_text, str(entry.submitted or ""))
            seen[what] += 1
            parts = (*what, str(seen[what]))
        entry.key = hashlib.sha256("\n".join((session, *parts)).encode()).hexdigest()


def remembered(values: dict[str, str]) -> dict[str, str]:
    """The row as the event keeps it: long texts only as a fingerprint."""
    return {
        title: hashlib.sha256(value.encode()).hexdigest()[:16] if title in LONG_COLUMNS and value else value
        for title, value in values.items()
    }
