"""One row of the ledger: read, and checked as far as it can be checked by itself."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from documents.sheets import text
from documents.sheets.rows import RowReader
from proposals.kinds import Disposition, Kind
from proposals.states import ProposalState
from proposals.validators import TITLE_MAX

from . import names, words
from .columns import ONE_PER_ROW, TITLES
from .keys import LONGEST_NUMBER, CaseNumber, case_number
from .names import Name

BODY_SEPARATORS = re.compile(r"[、,，;；\n]+")
ITEM = re.compile(
    r"(?:^|(?<=[\n。；;]))\s*(?:[(（][一二三四五六七八九十0-9]{1,3}[)）]、?|[一二三四五六七八九十]{1,3}、"
    r"|\d{1,2}[.、．](?!\d)|[①-⑳]|第[一二三四五六七八九十]{1,2}[,，、])"
)
ORGANIZATION_NAME_MAX = 80
HANDLED_ONLY = ("units", "assistants", "assigned", "replied", "result", "attitude", "rating")
AFTER_REVIEW = ("replied", "result", "attitude", "rating")


@dataclass
class Entry:
    """What a row says. Later steps add the key, the resolved records and what it is merged into."""

    reader: RowReader
    number: CaseNumber | None = None
    title: str = ""
    kind: Kind | None = None
    people: list[Name] = field(default_factory=list)
    more_people: bool = False
    member_numbers: list[str] = field(default_factory=list)
    collective: str = ""
    category: str = ""
    submitted: date | None = None
    outcome: ProposalState | None = None
    into: CaseNumber | None = None
    disposition: str = ""
    disposition_unit: str = ""
    units: list[str] = field(default_factory=list)
    assistants: list[str] = field(default_factory=list)
    assigned: date | None = None
    replied: date | None = None
    result: str = ""
    attitude: str = ""
    rating: str = ""
    body: str = ""
    suggestions: list[str] = field(default_factory=list)
    key: str = ""
    former_key: str = ""
    known: Any = None  # the case already on record
    resolved: dict[str, Any] = field(default_factory=dict)
    main: Any = None  # the entry or the case that this one is merged into

    @property
    def proposer_text(self) -> str:
        return self.collective if self.kind == Kind.COLLECTIVE else "、".join(map(str, dict.fromkeys(self.people)))

    @property
    def written_proposer(self) -> str:
        """`proposer_text` without what was looked up: no name for a collective named only as 提案人."""
        return "" if "collective_in_proposers" in self.resolved else self.proposer_text

    @property
    def head_count(self) -> int:
        """How many people are named: the same name twice is one person, unless there are two numbers."""
        return max(len(set(self.people)), len(self.member_numbers) if self.people else 0)

    @property
    def is_replied(self) -> bool:
        return bool(self.replied or self.result or self.attitude or self.rating)

    @property
    def is_handled(self) -> bool:
        """The row says that somebody worked on it, even if not who."""
        return self.outcome == ProposalState.FILED and bool(self.units or self.is_replied)

    def values(self) -> dict[str, str]:
        """What the row says, by official column title; only the columns that the sheet has."""
        said = {
            "number": self.number.key if self.number else "", "title": self.title,
            "proposers": "、".join(map(str, self.people)), "kind": self.kind or "",
            "collective": self.collective, "category": self.category, "submitted": self.submitted,
            "outcome": self.outcome or "", "into": self.into.key if self.into else "",
            "disposition": self.disposition, "units": "、".join(self.units),
            "assistants": "、".join(self.assistants), "assigned": self.assigned, "replied": self.replied,
            "result": self.result, "attitude": self.attitude, "rating": self.rating, "body": self.body,
            "suggestions": "\n".join(self.suggestions),
        }  # fmt: skip
        return {TITLES[key]: str(value or "") for key, value in said.items() if self.reader.has(key)}


def read_entry(reader: RowReader) -> Entry:
    """Problems are noted in the reader; a field in trouble stays empty."""
    reader.check_merged(ONE_PER_ROW)
    reader.check_doubles()
    reader.check_width()
    entry = Entry(reader)
    _read_title(entry)
    _read_numbers(entry)
    _read_proposers(entry)
    _read_kind(entry)
    entry.category = reader.line("category")
    _check_length(entry, "category", entry.category, 40)
    entry.outcome = _required_choice(entry, "outcome", words.OUTCOMES, words.ACCEPTED_OUTCOMES)
    _read_disposition(entry)
    _read_handling(entry)
    entry.body = reader.prose("body")
    entry.suggestions = split_items(reader.prose("suggestions"))
    _check_outcome(entry)
    _check_dates(entry)
    return entry


def split_items(prose: str) -> list[str]:
    """具体建议 one by one: by their numbering where there is one, otherwise by line."""
    if ITEM.search(prose):
        pieces = ITEM.split(prose)
        pieces = pieces if pieces[0].strip() else pieces[1:]
    else:
        pieces = prose.split("\n")
    return [piece.strip() for piece in pieces if piece.strip()]


def listed(value) -> list[str]:
    """Names of organizations in one cell, each once."""
    pieces = [text.line(piece) for piece in BODY_SEPARATORS.split(text.prose(value))]
    return list(dict.fromkeys(piece for piece in pieces if not text.is_blank(piece)))


def _read_title(entry: Entry) -> None:
    entry.title = entry.reader.line("title")
    if not entry.title and "title" not in entry.reader.failed:
        entry.reader.problem("title", "案由是空的。请填写案由；如果这一行不是提案，请删去")
    _check_length(entry, "title", entry.title, TITLE_MAX)


def _read_numbers(entry: Entry) -> None:
    entry.number = _number(entry, "number")
    entry.into = _number(entry, "into")


def _number(entry: Entry, key: str) -> CaseNumber | None:
    raw = entry.reader.raw(key)
    if isinstance(raw, (date, datetime)):
        entry.reader.problem(key, "被 Excel 自动改成了日期。请把这一格设为“文本”格式后重新填写")
        return None
    number = case_number(text.code(raw))
    if number and len(number.text) > LONGEST_NUMBER:
        entry.reader.problem(key, f"超过 {LONGEST_NUMBER} 个字，不像案号")
        return None
    return number


def _read_proposers(entry: Entry) -> None:
    reader = entry.reader
    first, others = names.people(reader.raw("proposers"))
    joined, more = names.people(reader.raw("cosigners"))
    entry.member_numbers = list(dict.fromkeys(map(text.code, names.parts(reader.raw("member_numbers")))))
    # Once each, unless numbers tell bearers of one name apart.
    entry.people = [*first, *joined] if entry.member_numbers else list(dict.fromkeys([*first, *joined]))
    entry.more_people = others or more
    entry.collective = reader.line("collective")
    _check_length(entry, "collective", entry.collective, ORGANIZATION_NAME_MAX)


def _read_kind(entry: Entry) -> None:
    """Without 提案形式 the proposers tell: a collective, several people, one."""
    reader = entry.reader
    stated = reader.choice("kind", words.KINDS, "个人、联名、集体")
    if "kind" in reader.failed:
        return
    several = entry.head_count > 1 or entry.more_people
    guessed = Kind.JOINT if several else Kind.INDIVIDUAL
    entry.kind = stated or (Kind.COLLECTIVE if entry.collective else guessed)
    if entry.kind == Kind.COLLECTIVE:
        _check_collective(entry)
    else:
        _check_people(entry, several)


def _check_collective(entry: Entry) -> None:
    """The proposer is the 集体名称; who is named as 提案人 besides is kept in the record only."""
    if not entry.collective and not {"collective", "proposers"} & entry.reader.failed:
        entry.resolved["collective_in_proposers"] = text.line(entry.reader.raw("proposers"))


def _check_people(entry: Entry, several: bool) -> None:
    reader = entry.reader
    if entry.collective:
        reader.note("collective", f"提案形式不是集体，没有采用集体名称“{entry.collective}”")
    if "proposers" in reader.failed:
        return
    if not entry.people:
        reader.problem("proposers", "提案人是空的。请填写姓名；集体提案请把提案形式写成“集体”并填集体名称")
    for name in entry.people:
        reason = names.why_no_person(name)
        if reason:
            reader.problem("proposers", f"{reason}。几个人之间用“、”隔开；集体提案请填在“集体名称”列")
            return
    if entry.kind == Kind.INDIVIDUAL and several:
        reader.problem("kind", f"写的是个人，提案人却有 {entry.head_count} 人。请改为联名，或只留一人")


def _required_choice(entry: Entry, key: str, meaning: dict, accepted: str):
    found = entry.reader.choice(key, meaning, accepted)
    if found is None and key not in entry.reader.failed:
        entry.reader.problem(key, f"{TITLES[key]}是空的。请写：{accepted}")
    return found


def _read_disposition(entry: Entry) -> None:
    reader = entry.reader
    word = reader.code("disposition")
    if not word:
        return
    if entry.outcome not in (None, ProposalState.NOT_FILED):
        reader.note("disposition", "只有不予立案的才有转办去向，没有采用")
        return
    entry.disposition = words.DISPOSITIONS.get(word, "")
    if not entry.disposition and word.startswith("转") and len(word) > 2:
        entry.disposition = Disposition.SUGGESTION
        entry.disposition_unit = reader.line("disposition").removeprefix("转").strip()
    elif not entry.disposition:
        reader.problem("disposition", f"不认识“{word[:30]}”。请写：{words.ACCEPTED_DISPOSITIONS}")


def _read_handling(entry: Entry) -> None:
    reader = entry.reader
    entry.submitted, entry.assigned = reader.day("submitted"), reader.day("assigned")
    entry.replied = reader.day("replied")
    entry.units, entry.assistants = listed(reader.raw("units")), listed(reader.raw("assistants"))
    for key, units in (("units", entry.units), ("assistants", entry.assistants)):
        for unit in units:
            _check_length(entry, key, unit, ORGANIZATION_NAME_MAX)
    lettered = words.RESULT_LETTER.match(reader.code("result"))
    result = lettered[1].upper() if lettered else reader.choice("result", words.RESULTS, words.ACCEPTED_RESULTS) or ""
    entry.result = "" if result == words.NOT_YET else result
    if result == words.NOT_YET and entry.replied:
        reader.problem("result", "写的是还没有答复，却填了答复日期。请核对")
    entry.attitude = reader.choice("attitude", words.RATINGS, words.ACCEPTED_RATINGS) or ""
    entry.rating = reader.choice("rating", words.RATINGS, words.ACCEPTED_RATINGS) or ""
    _tidy_assistants(entry)


def _tidy_assistants(entry: Entry) -> None:
    reader = entry.reader
    doubled = [unit for unit in entry.assistants if unit in entry.units]
    if doubled:
        reader.note("assistants", f"“{'、'.join(doubled)}”已是主办单位，不再记为会办")
        entry.assistants = [unit for unit in entry.assistants if unit not in doubled]
    if entry.assistants and not entry.units and not {"units", "assistants"} & reader.failed:
        reader.problem("assistants", "有会办单位，却没有主办单位。请补填主办单位")
    if entry.assistants and len(entry.units) > 1:
        reader.note("assistants", "几个主办单位是分办，各自答复，不另设会办；会办单位只留在登记记录里")


def _check_outcome(entry: Entry) -> None:
    reader, outcome = entry.reader, entry.outcome
    if outcome == ProposalState.MERGED and entry.into is None and "into" not in reader.failed:
        reader.problem("into", "审查结果是并案，却没有填并入案号。请填主案的案号")
    if outcome not in (None, ProposalState.MERGED) and entry.into is not None:
        reader.problem("into", f"审查结果是{reader.code('outcome')}，却填了并入案号。请改审查结果，或清空这一格")
    if outcome in ProposalState.PENDING:
        for key in AFTER_REVIEW:
            if getattr(entry, key):
                reader.problem(key, "审查结果是待审，却已有答复或评价。请核对审查结果")
    if outcome not in (None, ProposalState.FILED):
        unused = [TITLES[key] for key in HANDLED_ONLY if getattr(entry, key) and key not in reader.failed]
        if unused:
            reader.note("outcome", f"不是立案的提案不登记办理情况，没有采用：{'、'.join(unused)}")


def _check_dates(entry: Entry) -> None:
    reader = entry.reader
    steps = (("submitted", entry.submitted), ("assigned", entry.assigned), ("replied", entry.replied))
    known = [(key, day) for key, day in steps if day]
    for (before, first), (key, day) in zip(known, known[1:], strict=False):
        if day < first:
            reader.problem(key, f"早于{TITLES[before]} {first:%Y-%m-%d}。请核对两个日期")
    for key, day in known:
        if day > timezone.localdate():
            reader.note(key, "在今天之后，请核对")


def _check_length(entry: Entry, key: str, value: str, limit: int) -> None:
    if len(value) > limit:
        entry.reader.problem(key, f"有 {len(value)} 个字，超过 {limit} 个字。请缩短")
