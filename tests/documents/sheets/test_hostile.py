"""Files that mean harm and files that were damaged: read, or refused with a sentence; nothing else."""

import os
from random import Random

import pytest

from documents.sheets.reading import read
from documents.sheets.refusal import Unreadable
from documents.sheets.tables import find_tables
from tests.documents.test_hostile_files import HOSTILE

from .books import COLUMNS, HEADER, File, book, file, rewritten

PARTS = ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", "[Content_Types].xml")


def outcome(source: File) -> str:
    try:
        find_tables(read(source), COLUMNS)
    except Unreadable as refused:
        return refused.sentence
    return ""


@pytest.mark.parametrize("case", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_files_are_refused(case):
    name, content, _code = case
    content = content() if callable(content) else content
    assert outcome(File(content, name or "无名.xlsx")).endswith("。")


def damaged(random: Random, content: bytes) -> bytes:
    """Some bytes changed, a piece cut out, or a piece doubled."""
    at = random.randrange(len(content))
    size = random.randrange(1, 1 + min(40, len(content) - at))
    middle = random.choice((bytes(random.randrange(256) for _ in range(size)), b"", content[at : at + size] * 2))
    return content[:at] + middle + content[at + size :]


def rounds(seed: int, count: int) -> dict[bool, int]:
    """How many were read (True) and refused (False)."""
    random, good = Random(seed), file(book(HEADER, ("张三", 13800000001, "2025-04-21"), ("李四", "=1+1", 45768)))
    results = {True: 0, False: 0}
    for n in range(count):
        if n % 3:
            source = rewritten(File(good.getvalue()), random.choice(PARTS), lambda xml: damaged(random, xml))
        else:
            source = File(damaged(random, good.getvalue()))
        sentence = outcome(source)
        assert not sentence or sentence.endswith("。")
        results[not sentence] += 1
    return results


def test_damaged_workbooks():
    assert min(rounds(seed=4, count=120).values()) > 0


@pytest.mark.campaign
@pytest.mark.timeout(3600)
def test_many_damaged_workbooks():
    print(rounds(seed=5, count=int(os.environ.get("DAMAGED_WORKBOOKS", "20000"))))
