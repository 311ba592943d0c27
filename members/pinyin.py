"""Sort and search keys for Chinese names, kept in plain columns (no ICU in the database)."""

# The readings these characters have as surnames, which general dictionaries give otherwise.
SURNAME_READINGS = {
    "曾": "zeng", "单": "shan", "解": "xie", "仇": "qiu", "朴": "piao", "查": "zha", "乐": "yue",
    "区": "ou", "任": "ren", "华": "hua", "覃": "qin", "翟": "zhai", "盖": "ge", "缪": "miao",
    "尹": "yin", "万": "wan", "员": "yun", "召": "shao", "种": "chong", "重": "chong", "折": "she",
    "黑": "he", "秘": "bi", "冼": "xian", "宓": "mi", "逄": "pang", "那": "na", "纪": "ji",
    "钻": "zuan", "晟": "cheng", "燕": "yan", "宁": "ning", "幺": "yao", "洗": "xian", "隗": "wei",
}  # fmt: skip


def pinyin_key(name: str, is_person: bool = True) -> str:
    """The name's syllables joined by spaces, for ordering and look-up: 曾小明 → "zeng xiao ming"."""
    from pypinyin import Style, lazy_pinyin  # its dictionaries take a third of a second, and few processes spell a name

    syllables = lazy_pinyin(name, style=Style.NORMAL, errors="default")
    compound = is_person and len(syllables) == len(name)
    if compound and name and name[0] in SURNAME_READINGS:
        syllables[0] = SURNAME_READINGS[name[0]]
    return " ".join(syllables).lower()[:200]


def initials(key: str) -> str:
    """The first letters of a pinyin key: "zeng xiao ming" → "zxm"."""
    return "".join(part[0] for part in key.split() if part)
