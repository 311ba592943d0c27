"""What polishing changed, character by character."""

import time

import pytest

from documents.difference import ADDED, REMOVED, SAME, Piece, difference


def show(pieces: list[Piece]) -> str:
    marks = {SAME: "{}", ADDED: "[+{}]", REMOVED: "[-{}]"}
    return "".join(marks[piece.kind].format(piece.text) for piece in pieces)


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("一样。", "一样。", "一样。"),
        ("", "新的", "[+新的]"),
        ("旧的", "", "[-旧的]"),
        ("加强管理。", "加强安全管理。", "加强[+安全]管理。"),
        ("甲，乙，丙。", "甲，丙。", "甲，[-乙，]丙。"),
        ("第一段\n第二段", "第一段\n第三段", "第一段\n第[-二][+三]段"),
        ("𠮷😀", "𠮷😁", "𠮷[-😀][+😁]"),
    ],
)
def test_difference(old, new, shown):
    assert show(difference(old, new)) == shown


@pytest.mark.parametrize(
    "old, new", [("ab" * 2500, "ba" * 2500), ("，" * 5000, "。" * 5000), ("长" * 5000, "短" * 5000)]
)
def test_the_texts_can_be_put_together_again_from_any_long_difference(old, new):
    started = time.monotonic()
    pieces = difference(old, new)
    assert "".join(p.text for p in pieces if p.kind != ADDED) == old
    assert "".join(p.text for p in pieces if p.kind != REMOVED) == new
    assert time.monotonic() - started < 20
