"""姓氏笔画: the official order, and a person's own correction of it."""

import pytest

from members.models import Person
from members.strokes import stroke_key
from tests.factories import people

# Number of strokes, then 横竖撇点折; as the lists of 全国政协 print them.
SURNAMES = "丁卜于马王朱刘孙李杨吴何张陈林欧罗周单赵胡徐高郭黄曾解"


def test_surnames_in_their_official_order():
    assert sorted(set(SURNAMES), key=stroke_key) == list(SURNAMES)


def test_one_surname_by_the_next_character_and_short_names_first():
    assert sorted(["王明", "王一丁", "王一", "丁明"], key=stroke_key) == ["丁明", "王一", "王一丁", "王明"]


def test_what_is_no_known_character_comes_last():
    assert sorted(["\U00030ede生", "解放"], key=stroke_key) == ["解放", "\U00030ede生"]


@pytest.mark.django_db
def test_a_person_is_sorted_by_the_characters_given_instead():
    rare = people.person("\U00030ede生", stroke_name="丁生")
    people.person("王明")
    assert Person.objects.order_by("stroke_key").first() == rare
    rare.stroke_name = ""
    rare.save()
    assert Person.objects.order_by("stroke_key").last() == rare
