"""How a text becomes weighted words and pairs of characters."""

import math
import re
from collections import Counter
from functools import cache

from search.tokens import HAN, tokens

from .kinds import Text

LONGEST = 60  # characters of a word; what is longer says nothing
READ = 20_000  # characters of a text that are compared
IN_TITLE = 2  # a word of the title counts this much more often

_WORD = re.compile(f"[{HAN}]{{2,}}|[a-z0-9]{{2,}}")

# What every such paper says, whatever it is about.
SAID_IN_ALL = frozenset(
    [
        "关于",
        "建议",
        "提案",
        "加强",
        "进一步",
        "问题",
        "工作",
        "我县",
        "全县",
        "西平县",
        "西平",
        "目前",
        "现状",
        "情况",
        "存在",
        "部分",
        "以及",
        "同时",
        "方面",
        "通过",
        "进行",
        "开展",
        "相关",
        "有关",
        "完善",
        "推进",
        "推动",
        "提高",
        "提升",
        "加大",
        "力度",
        "建立",
        "健全",
        "落实",
        "机制",
        "措施",
        "实施",
        "一是",
        "二是",
        "三是",
        "四是",
        "五是",
        "由于",
        "因此",
        "但是",
        "并且",
        "或者",
        "为了",
        "对于",
        "可以",
        "应当",
        "应该",
        "需要",
        "必须",
        "不够",
        "不足",
        "较为",
        "比较",
        "一些",
        "各级",
        "部门",
        "单位",
        "现将",
        "如下",
        "案由",
        "分析",
        "具体",
        "一定",
        "这些",
        "他们",
        "我们",
        "以及",
        "随着",
        "近年来",
        "不断",
        "还是",
        "没有",
        "已经",
        "目的",
        "希望",
        "采取",
        "积极",
        "切实",
        "有效",
        "做好",
        "促进",
        "优化",
        "规范",
    ]
)


def _cut(text: str) -> list[str]:
    return _cutter()(text)


@cache
def _cutter():
    """The dictionary is read (0.1 s) when the first text is cut, not when the portal starts."""
    import rjieba

    return rjieba.cut_for_search


def words(text: str) -> list[str]:
    """Words of two characters and more and the words within them, without those that stand in every paper."""
    found = (word for part in _cut(text[:READ].lower()) for word in _WORD.findall(part))
    return [word for word in found if word not in SAID_IN_ALL and len(word) <= LONGEST]


def weights(text: Text) -> dict[str, float]:
    """{word: how much it says here}: often counts more, but less and less; the title counts double."""
    counts = Counter(words(text.body))
    for word in words(text.title):
        counts[word] += IN_TITLE
    return {word: 1 + math.log(count) for word, count in counts.items()}


def pairs(text: str) -> frozenset[str]:
    """The pairs of characters of the text, as Chinese search cuts them."""
    return frozenset(token for token, _ in tokens(text[:READ]) if len(token) > 1)
