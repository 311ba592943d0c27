"""What makes a row the same row when the ledger is imported again."""

import hashlib
import re
from collections import Counter
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


def give_keys(session: str, entries: list) -> None:
    """Set `key` of each entry: by 案号, otherwise by 案由, 提案人, 提交日期 and the ordinal among equal rows.

    `former_key` is what the key was while a collective named only as 提案人 was not looked up beforehand:
    rows recorded then are still known by it.
    """
    for name, proposer in (("key", "proposer_text"), ("former_key", "written_proposer")):
        seen = Counter()
        for entry in entries:
            parts = _parts(entry, getattr(entry, proposer), seen)
            setattr(entry, name, hashlib.sha256("\n".join((session, *parts)).encode()).hexdigest())


def _parts(entry, proposer: str, seen: Counter) -> tuple[str, ...]:
    if entry.number is not None:
        return ("案号", entry.number.key)
    what = (re.sub(r"\s", "", entry.title), proposer, str(entry.submitted or ""))
    seen[what] += 1
    return (*what, str(seen[what]))


def remembered(values: dict[str, str]) -> dict[str, str]:
    """The row as the event keeps it: long texts only as a fingerprint."""
    return {
        title: hashlib.sha256(value.encode()).hexdigest()[:16] if title in LONG_COLUMNS and value else value
        for title, value in values.items()
    }
