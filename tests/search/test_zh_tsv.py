"""The function in the database cuts as `search.tokens` does, and refuses no text."""

import re

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search import zh_tsv
from search.tokens import tokens
from tests.search.texts import corpus

pytestmark = pytest.mark.django_db


def in_database(*texts) -> dict[str, list[str]]:
    """Token -> positions with weights, as the database has them."""
    marks = ", ".join(["%s"] * len(texts))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT lexeme, positions, weights FROM unnest(zh_tsv({marks}))", texts)
        return {
            lexeme: [f"{at}{weight}" for at, weight in zip(positions or [], weights or [], strict=True)]
            for lexeme, positions, weights in cursor.fetchall()
        }


def in_python(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for token, position in tokens(text):
        found.setdefault(token, []).append(f"{position}A")
    return found


def test_pairs_last_characters_words_and_gaps():
    assert in_database("停车难，5G网络", "水") == {
        "停车": ["1A"], "车难": ["2A"], "难": ["3A"],
        "5g": ["5A"], "网络": ["6A"], "络": ["7A"],
        "水": ["9D"],
    }  # fmt: skip


def test_nothing_in_nothing_out():
    assert in_database("") == in_database(None) == in_database(None, None, "") == in_database("，。 —") == {}


def test_title_alone_and_many_bodies():
    assert in_database("水") == {"水": ["1A"]}
    assert in_database("水", None, "电", "气") == {"水": ["1A"], "电": ["4D"], "气": ["6D"]}


def test_full_width_and_capitals_are_folded():
    assert in_database("ＡＰＰ２０２５Ｗi-Fi") == {"app2025wi": ["1A"], "fi": ["3A"]}


def test_rare_characters_are_characters():
    assert in_database("𬭎发〇々") == {"𬭎发": ["1A"], "发〇": ["2A"], "〇々": ["3A"], "々": ["4A"]}


def test_database_and_python_agree_on_the_corpus():
    for text in corpus(50):
        assert in_database(text.title + text.situation) == in_python(text.title + text.situation)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=60))
def test_database_and_python_agree_on_any_text(text):
    assert in_database(text) == in_python(text)


@pytest.mark.parametrize(
    "text",
    [
        "'; drop table x; --",
        "\\'\\\\:*&|!<->()",
        "$zh_tsv$",
        "a" * 5000,
        "：：'A':1",
        "\u202e\ufeff\U0001f600",
    ],
)
def test_hostile_text_is_stored(text):
    assert set(in_database(text)) == set(in_python(text))


def test_a_very_long_text_is_cut_and_marked():
    distinct = "".join(chr(0x4E00 + n % 20_000) + chr(0x4E00 + n * 7 % 20_000) for n in range(40_000))
    found = in_database("题", distinct, "尾巴")
    assert zh_tsv.LONG_MARK in found
    assert "尾巴" not in found
    assert distinct[:2] in found
    assert zh_tsv.LONG_MARK in in_database("题" * 300)
    assert zh_tsv.LONG_MARK not in in_database("题目" * 120)
    assert zh_tsv.LONG_MARK in in_database("x" * 60_000 * 17)  # 1 million characters


def test_the_mark_is_no_token_of_any_query():
    assert re.findall("[々〇㐀-龥a-z0-9]+", zh_tsv.LONG_MARK) == ["long"]
    assert list(tokens(zh_tsv.LONG_MARK)) == [("long", 2)]
