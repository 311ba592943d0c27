"""What is typed is found wherever it stands, and nothing else is."""

import re

import pytest

from search.query import LONGEST_QUERY, find, matching, parse
from search.tokens import FOLDED_FROM, FOLDED_TO

FOLD = str.maketrans(FOLDED_FROM, FOLDED_TO)

QUERIES = [
    "停车", "冷链", "丁字", "车难", "停车难", "老旧小区", "知识产权", "停车 老旧小区", "农村 污水 治理", "委员会", "专项资金",
    "工作", "水", "难", "𬭎", "𬭎发", "发科技园", "旧小", "嫘祖文化", "棠溪 宝剑 食用菌", "县城", "责任单位", "5G网络", "5g",
    "小区", "2025", "２０２５年", "完成率", "A3号楼", "APP", "Ａｐｐ", "课后服务", "到位；车辆", "wi-fi", "的建议，。、",
]  # fmt: skip


def squeezed(text: str) -> str:
    """Punctuation is one gap, as a reader would have it."""
    return re.sub(r"[^\w]+", " ", text.translate(FOLD)).strip()


def holds(text, query: str) -> bool:
    """Substring truth: every word stands in the title or in one of the texts."""
    parts = [squeezed(part or "") for part in (text.title, text.situation, text.demand)]
    return all(any(squeezed(word) in part for part in parts) for word in query.split())


def test_every_query_finds_exactly_what_holds_it(texts, text_table):
    found = {query: set(matching(text_table.objects.all(), query).values_list("pk", flat=True)) for query in QUERIES}
    truth = {query: {text.pk for text in texts if holds(text, query)} for query in QUERIES}
    assert {query: len(pks) for query, pks in truth.items() if not pks} == {}
    assert found == truth


def test_a_phrase_does_not_cross_punctuation_or_columns(text_table):
    text_table.objects.create(title="停", situation="车难", demand="路停，车坏")
    assert matching(text_table.objects.all(), "停车").count() == 0
    assert matching(text_table.objects.all(), "停，车").count() == 1


def test_words_may_stand_in_different_columns(text_table):
    text_table.objects.create(title="停车", situation="", demand="充电桩")
    assert matching(text_table.objects.all(), "充电 停车").count() == 1
    assert matching(text_table.objects.all(), "充电　停车").count() == 1
    assert matching(text_table.objects.all(), "充电 停车 水").count() == 0


def test_a_phrase_needs_its_characters_side_by_side(text_table):
    text_table.objects.create(title="停车和车难是两回事")
    assert matching(text_table.objects.all(), "停车难").count() == 0


def test_letters_match_from_the_beginning_of_a_word(text_table):
    text_table.objects.create(title="推广wifi6网络")
    hits = {query: matching(text_table.objects.all(), query).count() for query in ("wi", "WIFI6网", "fi6")}
    assert hits == {"wi": 1, "WIFI6网": 1, "fi6": 0}


@pytest.mark.parametrize("blank", ["", "   ", "\n\t", "　"])
def test_a_blank_query_asks_nothing(text_table, blank):
    text_table.objects.create(title="停车")
    assert matching(text_table.objects.all(), blank).count() == 1
    assert find(text_table.objects.all(), blank).count == 1


@pytest.mark.parametrize(
    "hostile",
    [
        "'", '"', "\\", "';--", "' | '", "& | ! <-> ()", ":*", "<2>", "%s %(x)s %", "\x00", "{}[]", "，。！",
        "\ud800", "\U0001f600", "\u202e", "~long", "$1", "!",
    ],
)  # fmt: skip
def test_hostile_input_finds_nothing_and_is_no_error(text_table, hostile):
    text_table.objects.create(title="停车")
    assert list(matching(text_table.objects.all(), hostile)) == []
    assert find(text_table.objects.all(), hostile).count == 0


@pytest.mark.parametrize(
    "wrapped",
    [
        "“停车难”",
        "'停车难'",
        "停车难\x00",
        "停车难!",
        "(停车难 OR",
        "停车难:*",
        "&停车难",
        "停车难\ud800",
    ],
)
def test_marks_around_a_word_are_ignored(text_table, wrapped):
    text_table.objects.create(title="停车难 or 不难")
    assert matching(text_table.objects.all(), wrapped).count() == 1


@pytest.mark.parametrize("long", ["停车难" * 4000, "停 " * 5000, "a" * 10_000, "'" * 10_000, "停'" * 5000])
def test_ten_thousand_characters_are_no_error(text_table, long):
    text_table.objects.create(title=long[:200], situation=long)
    assert len(list(matching(text_table.objects.all(), long))) == (0 if parse(long) is None else 1)


def test_only_the_beginning_of_a_long_query_is_looked_for(text_table):
    text_table.objects.create(title="停" * LONGEST_QUERY)
    assert matching(text_table.objects.all(), "停" * LONGEST_QUERY + "车").count() == 1


def test_a_phrase_far_inside_a_very_long_text_is_found(text_table):
    text_table.objects.create(title="长", situation="工作，" * 9000 + "工作餐标准")
    assert matching(text_table.objects.all(), "工作餐").count() == 1
    assert matching(text_table.objects.all(), "餐标准").count() == 1
    assert matching(text_table.objects.all(), "工作服").count() == 0


def test_hits_in_the_title_come_first_then_rank_then_newest(text_table):
    rows = [
        text_table(pk=1, title="停车难", situation=""),
        text_table(pk=2, title="路", situation="停车难。停车难。停车难。"),
        text_table(pk=3, title="路", situation="停车难"),
        text_table(pk=4, title="路", situation="停车难"),
        text_table(pk=5, title="路", situation="充电"),
    ]
    text_table.objects.bulk_create(rows)
    found = find(text_table.objects.all(), "停车难")
    assert [row.pk for row in found.rows] == [1, 2, 4, 3]
    assert (found.count, found.capped) == (4, False)
    assert [row.pk for row in find(text_table.objects.all(), "停车难", newest=("pk",)).rows] == [
        1,
        2,
        3,
        4,
    ]


def test_beyond_the_cap_the_newest_come_first(text_table, django_assert_num_queries):
    text_table.objects.bulk_create(
        text_table(pk=n, title="停车难" if n == 1 else "路", situation="停车") for n in range(1, 8)
    )
    with django_assert_num_queries(2):
        found = find(text_table.objects.all(), "停车", cap=5)
        assert [row.pk for row in found.rows] == [7, 6, 5, 4, 3, 2, 1]
    assert (found.count, found.capped) == (5, True)


def test_the_same_word_twice_is_asked_once():
    assert str(parse("停车 停车 停车")) == "'停车'"
