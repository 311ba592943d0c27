"""具体建议 as separate items: split where their numbers stand."""

import re

from .blocks import Line

HAN = "[一二三四五六七八九十]{1,3}"
MARKERS = (
    re.compile(rf"{HAN}、\s*"),
    re.compile(rf"[(（]{HAN}[)）]\s*、?\s*"),
    re.compile(r"第?[一二三四五六七八九十]{1,2}[是要][，,、：:]\s*"),
    re.compile(r"\d{1,2}\s*[.．、](?!\d)\s*"),
    re.compile(r"[(（]\d{1,2}[)）]\s*、?\s*"),
    re.compile(r"[①-⑳]\s*"),
)  # fmt: skip
LEAD_IN = 60


def items(lines: list[Line]) -> tuple[list[str], str]:
    """The suggestions without their numbers, and the words that lead in to them ("为此建议：")."""
    lines = [line for line in lines if line.text]
    marker = next((one for one in MARKERS if lines and any(one.match(line.text) for line in lines)), None)
    if marker is not None:
        return _at_numbers(lines, marker)
    if any(line.listed for line in lines):
        return _grouped([(line.listed, line.text) for line in lines])
    return [line.text for line in lines], ""


def _at_numbers(lines: list[Line], marker: re.Pattern) -> tuple[list[str], str]:
    parts: list[tuple[bool, str]] = []
    for line in lines:
        found = marker.match(line.text)
        parts.append((bool(found), line.text[found.end() :] if found else line.text))
    starts = sum(begins for begins, _text in parts)
    return _grouped(parts if starts > 1 else _inline(parts, marker))


def _inline(parts: list[tuple[bool, str]], marker: re.Pattern) -> list[tuple[bool, str]]:
    """一、…；二、… written on one line."""
    found: list[tuple[bool, str]] = []
    for begins, text in parts:
        first, *rest = re.split(rf"(?<=[。；;])\s*{marker.pattern}", text)
        found += [(begins, first), *((True, one) for one in rest)]
    return found


def _grouped(parts: list[tuple[bool, str]]) -> tuple[list[str], str]:
    """Lines that begin no item belong to the one before."""
    grouped: list[list[str]] = []
    lead: list[str] = []
    for begins, text in parts:
        if begins:
            grouped.append([text])
        else:
            (grouped[-1] if grouped else lead).append(text)
    texts = ["\n".join(group).strip() for group in grouped]
    before = "\n".join(lead)
    if len(before) > LEAD_IN:  # too much to be a lead-in: a suggestion without a number
        texts, before = [before, *texts], ""
    return [text for text in texts if text], before
