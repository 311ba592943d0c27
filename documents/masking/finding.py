"""Telephone numbers, ID-like numbers, e-mail addresses, home addresses and names of people in a text.

The finder proposes, the committee decides; numbers and e-mail addresses are masked whatever is decided. It looks
through what people write to slip past it: full-width and Chinese digits, spaces, hyphens and invisible characters.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.db import models


class What(models.TextChoices):
    PHONE = "phone", "电话号码"
    NUMBER = "number", "证件或账号号码"
    EMAIL = "email", "电子邮箱"
    ADDRESS = "address", "住址、门牌"
    NAME = "name", "姓名"
    CHOSEN = "chosen", "另外遮去的字样"


ALWAYS = (What.PHONE, What.NUMBER, What.EMAIL)

DIGITS = dict(
    zip(
        map(ord, "〇零○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖"), "00012345678911234567 89".replace(" ", ""), strict=True
    )
)
GAP = r"[\s\u200b\-_.·*/()—–、,:~〜|+]{0,3}"
NARROW = r"[\s\u200b\-_.·*/()—–]{0,3}"
MONEY = r"(?![0-9]{1,3}(?:,[0-9]{3})+元)"
THIN = r"[ \t\u200b]{0,3}"
HAN = r"[\u4e00-\u9fff]"
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖"
    "贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤关岳耿邢樊兰殷祁翟焦霍卜"
)  # fmt: skip
NOT_GIVEN = "的等在和与是说有称为反向都也将把被已及或家住从对"
GIVEN = rf"(?:[ \u200b]{{0,2}}(?![{NOT_GIVEN}])[0-9\u4e00-\u9fff]){{1,2}}"
BEFORE = "村民|居民|户主|群众|业主|家长|学生|联系人|经办人|负责人|法定代表人|当事人|患者|司机|承包人|举报人"
AFTER = (
    "同志|先生|女士|老人|老师|医生|主任|局长|科长|股长|书记|院长|校长|村长|镇长|乡长|所长|站长|队长|主席|委员|经理|师傅"
)
LABELS = "电话|手机号?|座机|传真|联系方式|微信号?|[Qq][Qq]号?|[Tt][Ee][Ll]|热线|致电|拨打|来电"

PATTERNS = (
    (What.NUMBER, r"(?<![0-9])[3-6][0-9]{3}(?:[ \-\u200b]{1,2}[0-9]{4}){2,4}(?:[ \-\u200b]{1,2}[0-9]{1,3})?(?![0-9])"),
    (What.PHONE, rf"(?<![0-9]){MONEY}(?:\+?(?:00)?86{GAP})?1{GAP}[3-9](?:{GAP}[0-9]){{9}}(?![0-9])"),
    (What.PHONE, rf"(?<![0-9])\(?0[1-9][0-9]{{1,2}}\)?{GAP}[2-9](?:{GAP}[0-9]){{6,7}}(?:{THIN}(?:转|-){THIN}[0-9]{{1,5}})?(?![0-9])"),
    (What.PHONE, rf"(?<![0-9])[48]00{NARROW}[0-9]{{3,4}}{NARROW}[0-9]{{3,4}}(?![0-9])"),
    (What.PHONE, rf"(?:{LABELS})[号码为是:\s\u200b]{{0,6}}(?P<found>[0-9A-Za-z][0-9A-Za-z_\-\s\u200b]{{4,24}}[0-9A-Za-z])"),
    (What.PHONE, rf"(?<=[0-9])[、,/;或]{THIN}(?P<found>[2-9][0-9]{{6,7}})(?![0-9])"),
    (What.NUMBER, rf"(?<![0-9])[1-9](?:{GAP}[0-9]){{5}}{GAP}(?:1{GAP}[89]|2{GAP}0)(?:{GAP}[0-9]){{2}}{GAP}(?:0{GAP}[1-9]|1{GAP}[0-2])"
                  rf"{GAP}[0-3]{GAP}[0-9](?:{GAP}[0-9]){{3}}{GAP}[0-9Xx](?![0-9])"),
    (What.NUMBER, r"(?<![0-9])(?:[0-9]\u200b{0,3}){15,}[0-9Xx]?"),
    (What.EMAIL, rf"[A-Za-z0-9][A-Za-z0-9._%+\-\u200b]{{0,63}}{THIN}(?:@|\(at?\)|\[at?\]|#|艾特){THIN}"
                 rf"[A-Za-z0-9][A-Za-z0-9\-\u200b]{{0,62}}(?:{THIN}(?:\.|点){THIN}[A-Za-z\u200b]{{2,24}}){{1,4}}"),
    (What.ADDRESS, r"(?:住址|地址|家住|现住|户籍地?|住所)[:是为在\s]{0,3}(?P<found>[^\n,。;]{4,60})"),
    (What.ADDRESS, rf"{HAN}{{2,14}}?(?:路|街|巷|大道|胡同|弄)[0-9]{{1,5}}号(?:院|楼)?(?:[0-9A-Za-z\-]{{1,6}}(?:号楼|栋|幢|楼|单元|室|层|户|号)){{0,4}}"),
    (What.ADDRESS, rf"(?:{HAN}{{2,5}}?(?:镇|乡|街道))?{HAN}{{1,4}}?(?:村|庄|寨|社区|小区){HAN}{{0,3}}?第?[0-9]{{1,3}}(?:村民)?(?:组|队)(?:[0-9]{{1,5}}号)?"),
    (What.ADDRESS, r"[0-9A-Za-z]{1,4}(?:号楼|栋|幢|单元)(?:[0-9A-Za-z]{1,4}(?:单元|层|室|户|号)){1,3}"),
    (What.NAME, rf"(?:{BEFORE})[:\s\u200b]{{0,3}}(?P<found>[{SURNAMES}]{GIVEN})"),
    (What.NAME, rf"(?P<found>[{SURNAMES}]{GIVEN}?)(?:{AFTER})"),
)  # fmt: skip
# Words that only look like a surname and a given name before a title.
NO_NAMES = {
    "高龄",
    "高中",
    "高校",
    "高级",
    "全体",
    "方面",
    "相关",
    "有关",
    "江南",
    "金融",
    "任课",
    "关工",
    "向各",
    "于各",
}
LEADING = re.compile(
    rf"^{HAN}*?[在住到位于的和与是为把将从向对](?={HAN}{{2,}}(?:镇|乡|街道|村|庄|寨|社区|小区|路|街|巷|大道))"
)


@dataclass(frozen=True)
class Find:
    """One place in a text: from, to, what it is, and how it is written there."""

    start: int
    end: int
    what: What
    text: str


def found(text: str, names: Iterable[str] = (), chosen: Iterable[str] = ()) -> list[Find]:
    """Everything found in the text, in its order, overlapping finds joined. `names`, `chosen`: strings to look for."""
    plain = "".join(_character(char) for char in text)
    spans = [(*span, what) for what, pattern in _patterns() for span in _spans(pattern, what, plain)]
    for what, words in ((What.NAME, tuple(names)), (What.CHOSEN, tuple(chosen))):
        pattern = _literal(
            tuple(sorted({word.strip() for word in words if len(word.strip()) > 1}, key=len, reverse=True))
        )
        spans += [(*match.span(), what) for match in pattern.finditer(plain)] if pattern else []
    return [Find(start, end, what, text[start:end]) for start, end, what in _joined(spans)]


def _character(char: str) -> str:
    """The plain form of one character, one character long, so that places stay the same."""
    if unicodedata.category(char) in ("Cf", "Mn", "Me"):
        return "\u200b"
    narrow = unicodedata.normalize("NFKC", char)
    return (narrow if len(narrow) == 1 else char).translate(DIGITS)


def stands_in(word: str, text: str) -> bool:
    """Whether the word is in the text, however it is spaced there."""
    pattern = _literal((word,))
    return bool(pattern and pattern.search("".join(_character(char) for char in text)))


def number_stands_in(number: str, text: str) -> bool:
    """Whether the digits of a number are in the text, whatever stands between them there."""
    digits = [char for char in map(_character, number) if char.isdigit()]
    plain = "".join(_character(char) for char in text)
    return bool(digits and re.search(GAP.join(digits), plain))


@lru_cache(maxsize=1)
def _patterns() -> list[tuple[What, re.Pattern]]:
    return [(what, re.compile(pattern)) for what, pattern in PATTERNS]


@lru_cache(maxsize=32)
def _literal(words: tuple[str, ...]) -> re.Pattern | None:
    """The words as they are, and with blanks or invisible characters between their characters."""
    between = r"[\s\u200b]{0,2}"
    forms = [between.join(re.escape(_character(char)) for char in word) for word in words]
    return re.compile("|".join(forms)) if forms else None


def _spans(pattern: re.Pattern, what: What, plain: str):
    for match in pattern.finditer(plain):
        start, end = match.span("found" if "found" in pattern.groupindex else 0)
        if what == What.ADDRESS and (lead := LEADING.match(plain[start:end])):
            start += lead.end()
        if what == What.NAME and plain[start:end] in NO_NAMES:
            continue
        yield start, end


def _joined(spans: list) -> list:
    """Overlapping spans as one, called after the most guarded of them (numbers before addresses before names)."""
    order = list(What)
    joined: list = []
    for start, end, what in sorted(spans, key=lambda span: (span[0], -span[1])):
        if joined and start < joined[-1][1]:
            before = joined[-1]
            joined[-1] = (before[0], max(before[1], end), min(before[2], what, key=order.index))
        else:
            joined.append((start, end, what))
    return joined
