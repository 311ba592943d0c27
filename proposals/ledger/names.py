"""People as a cell names them: 张三、王伟[教育]、李　四 等5人."""

import re
import unicodedata
from dataclasses import dataclass

from documents.sheets import text
from members.person_names import is_person_name

SEPARATORS = re.compile(r"[、,，;；/\n]+")
HINTED = re.compile(r"^(?P<name>[^\[\](){}]+)[\[({](?P<hint>[^\[\](){}]+)[\])}]$")
AND_OTHERS = re.compile(r"等(?:[0-9一二三四五六七八九十]+)?(?:人|名委员|位委员|名|位|委员)?$")
NO_PERSON = (
    "委员会",
    "支部",
    "总工会",
    "工商联",
    "界别",
    "联合会",
    "协会",
    "公司",
    "小组",
    "委员组",
    "联络组",
    "办公室",
    "党派",
)
BRACKETS = str.maketrans("［］【】〔〕〖〗（）｛｝", "[][][][](){}")
DOTS = str.maketrans("•‧∙・．●", "······")
LONGEST_HINT = 40


@dataclass(frozen=True)
class Name:
    """hint: what stands in brackets to tell namesakes apart, mostly the sector."""

    name: str
    hint: str = ""

    def __str__(self) -> str:
        return f"{self.name}[{self.hint}]" if self.hint else self.name


def parts(value) -> list[str]:
    """The pieces of a list in one cell, in order, blank ones left out."""
    raw = unicodedata.normalize("NFKC", text.legible(value).translate(BRACKETS).translate(DOTS))
    return [piece.strip() for piece in SEPARATORS.split(raw) if not text.is_blank(piece.strip())]


def people(value) -> tuple[list[Name], bool]:
    """The people named, as often as they are, and whether there were others not named (等5人)."""
    found, others = [], False
    for piece in parts(value):
        for word in _words(piece):
            stripped = AND_OTHERS.sub("", word)
            others = others or stripped != word
            if stripped:
                found.append(_name(stripped))
    return found, others


def _words(piece: str) -> list[str]:
    """Two names with a space between them; 李　四 is one padded name."""
    words = re.split(r"\s+(?![\[(])", piece)
    if len(words) > 1 and all(len(re.sub(r"[\[(].*", "", word)) >= 2 for word in words):
        return words
    return ["".join(piece.split())]


def _name(word: str) -> Name:
    word = re.sub(r"\s+", "", word)
    hinted = HINTED.match(word)
    return Name(hinted["name"], hinted["hint"]) if hinted else Name(word)


def why_no_person(name: Name) -> str:
    """Why this cannot be a person's name, or ""."""
    bare = name.name
    if not is_person_name(bare):
        return f"“{bare}”不像姓名"
    if len(bare) > 3 and bare.endswith(NO_PERSON):
        return f"“{bare}”不像姓名，像单位名称"
    if len(name.hint) > LONGEST_HINT:
        return f"“{bare}”方括号里超过 {LONGEST_HINT} 个字，不像界别"
    return ""
