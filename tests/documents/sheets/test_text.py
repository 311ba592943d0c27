"""Cell values as people meant them."""

import datetime

import pytest

from documents.sheets import text


@pytest.mark.parametrize(("value", "expected"), [
    (12, "12"), (12.0, "12"), ("１２", "12"), ("第 001 号", "第001号"), (13800000001.0, "13800000001"), (1.5, "1.5"),
    ("Ａ类", "A类"), ("王　伟", "王伟"), (None, ""), (True, "是"), (datetime.datetime(2025, 4, 21), "2025-04-21"),
    ("张\u200b三", "张三"), ("张三\x00", "张三"), ("（甲）", "(甲)"),
])  # fmt: skip
def test_codes_lose_width_and_spaces(value, expected):
    assert text.code(value) == expected


def test_titles_keep_chinese_punctuation():
    assert text.line("关于“三农”　问题，\n以及 ＷＴＯ 的建议") == "关于“三农”问题，以及 WTO 的建议"


def test_prose_keeps_its_paragraphs():
    assert text.prose("一、情况\r\n二、分析_x000D_\n\n\n\n三、建议 \x07") == "一、情况\n二、分析\n\n三、建议"


@pytest.mark.parametrize(("value", "expected"), [
    ("甲_x0000_乙", "甲乙"), ("甲_x0007_乙", "甲乙"), ("甲_x000a_乙", "甲乙"), ("甲_x0009_乙", "甲乙"), ("甲_x007F_乙", "甲乙"),
    ("甲_x005F_x0007_乙", "甲_x0007_乙"), ("_x4E00_", "_x4E00_"), ("a_xb", "a_xb"),
])  # fmt: skip
def test_escaped_control_characters_are_undone(value, expected):
    assert text.line(value) == expected


def test_lone_surrogates_never_reach_the_database():
    assert text.prose("甲\ud800乙") == "甲乙"


@pytest.mark.parametrize("mark", [None, "", " ", "-", "——", "/", "无", "　"])
def test_marks_for_nothing(mark):
    assert text.is_blank(mark)


def test_a_zero_is_something():
    assert not text.is_blank(0)
