"""What the parts of the form are called on the papers that are about (domain.md §1), by the name of our field."""

import re
import unicodedata

TITLE, SITUATION, SUGGESTIONS, CATEGORY, UNITS = "title", "situation", "suggestions", "category", "units"
PROPOSER, COSIGNERS, OTHER = "proposer", "cosigners", "other"

WORDS = {
    TITLE: ("案由", "提案案由", "提案题目", "提案名称", "提案标题", "题目", "标题"),
    PROPOSER: ("提案人", "第一提案人", "提案者", "提案人姓名", "提案委员", "提案单位", "集体提案单位"),
    COSIGNERS: ("联名人", "附议人", "联名提案人", "联名委员", "附议委员", "联名"),
    CATEGORY: ("类别", "提案类别", "分类", "提案分类"),
    SITUATION: ("情况分析", "案由分析", "问题分析", "情况与分析", "情况和分析", "背景情况", "问题及分析", "现状及问题", "理由", "提案理由"),
    SUGGESTIONS: (
        "具体建议", "建议", "建议办法和要求", "建议办法", "建议和办法", "意见建议", "意见和建议", "对策建议", "工作建议",
        "办法", "办法和要求", "解决办法", "建议措施", "建议及办法", "建议办法及要求",
    ),
    UNITS: ("建议承办单位", "建议办理单位", "建议主办单位", "承办单位建议", "承办单位"),
    OTHER: (
        "届次", "编号", "案号", "提案编号", "流水号", "日期", "提案日期", "提交日期", "联系电话", "电话", "手机", "通讯地址",
        "地址", "邮编", "邮政编码", "单位", "工作单位", "工作单位及职务", "单位及职务", "职务", "界别", "党派", "委员证号",
        "审查意见", "备注", "填写说明", "是否同意公开", "电子邮箱", "联系人", "提案形式",
    ),
}  # fmt: skip
BY_WORD = {word: name for name, words in WORDS.items() for word in words}
NUMBER = re.compile(r"^(?:[一二三四五六七八九十]{1,3}[、.．]|\([一二三四五六七八九十]{1,3}\)|\d{1,2}[、.．])\s*")
BRACKETED = re.compile(r"\([^()]{0,40}\)")


def bare(text: str) -> str:
    """A label without spaces, brackets and punctuation: 情　况 分析（800 字以内）： is 情况分析."""
    text = BRACKETED.sub("", unicodedata.normalize("NFKC", text))
    return re.sub(r"[\s:、,，和与及]", "", text) if len(text) <= 60 else ""


BARE = {bare(word): name for word, name in BY_WORD.items()}


def label_of(text: str) -> str | None:
    """The field that a cell or a heading names; None when it is no label."""
    plain = unicodedata.normalize("NFKC", text).strip()
    return BARE.get(bare(NUMBER.sub("", plain))) if plain else None


def labelled(line: str) -> tuple[str, str] | None:
    """(field, rest) of a line that begins with a label: 案由：关于…, or is a heading by itself."""
    heading = label_of(line)
    if heading:
        return heading, ""
    plain = unicodedata.normalize("NFKC", line[:60])
    at = plain.find(":")
    if at < 1:
        return None
    name = label_of(plain[:at])
    return (name, line[at + 1 :].strip()) if name else None
