"""交办清单: what one unit was given in a session, as .docx and .xlsx."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from documents.papers import page, tables
from documents.papers.templates import marks
from documents.papers.templates.filling import made
from documents.papers.templates.kinds import Field, Kind, Rows, Values
from documents.sheets.writing import listing
from members.models import Organization
from proposals.models import Assignment

from .slip import due_words

COLUMNS = (
    ("序号", 6, 14),
    ("案号", 8, 14),
    ("案由", 60, 45),
    ("提案者", 16, 24),
    ("承办方式", 10, 21),
    ("期限", 24, 38),
)
WIDTHS = [millimetres for _name, _letters, millimetres in COLUMNS]
# A workbook sorts and counts by the day, so the day stands alone there and the words beside it.
SHEET = [(name, 14 if name == "期限" else letters) for name, letters, _mm in COLUMNS] + [("情况", 24)]


@dataclass(frozen=True)
class UnitList:
    unit: Organization
    session: str
    shares: list[Assignment]

    @property
    def title(self) -> str:
        return f"{self.unit.name}承办政协提案交办清单"

    @property
    def subtitle(self) -> str:
        return f"县政协{self.session}，共{len(self.shares)}件" if self.session else f"共{len(self.shares)}件"


def read(shares) -> list[UnitList]:
    """One list a unit, of a queryset of shares, the cases by their numbers; one query."""
    rows = shares.select_related(
        "unit", "proposal__session__term", "proposal__first_proposer", "proposal__organization"
    ).defer("proposal__situation", "proposal__search")
    rows = rows.order_by(
        "unit__order", "unit__pinyin", "unit_id", "proposal__session__term__number", "proposal__session__ordinal",
        "proposal__serial", "pk",
    )  # fmt: skip
    by_unit: dict[Organization, list[Assignment]] = defaultdict(list)
    for share in rows:
        by_unit[share.unit].append(share)
    return [UnitList(unit, _session(found), found) for unit, found in by_unit.items()]


def _session(shares: Iterable[Assignment]) -> str:
    """Named in the title where all are of one session."""
    named = {str(share.proposal.session) for share in shares}
    return named.pop() if len(named) == 1 else ""


def _facts(found: UnitList) -> list[tuple]:
    return [
        (
            number,
            share.proposal.short_number,
            str(share.proposal),
            share.proposal.proposer_name,
            share.get_kind_display(),
        )
        for number, share in enumerate(found.shares, start=1)
    ]


def docx(found: UnitList) -> bytes:
    names = [name for name, *_ in COLUMNS]
    told = [(*map(str, facts), due_words(share)) for facts, share in zip(_facts(found), found.shares, strict=True)]
    rows = [dict(zip(names, row, strict=True)) for row in told]
    return made(LIST, {"标题": found.title, "副标题": found.subtitle, "提案表": rows})


def _write(values: Values) -> bytes:
    paper = page.new_paper()
    page.title(paper, values["标题"])
    page.subtitle(paper, values["副标题"])
    table, names = tables.new(paper, WIDTHS), [name for name, *_ in COLUMNS]
    tables.head(table, names, WIDTHS)
    for cells in marks.cells(values["提案表"], names):
        tables.row(table, cells, WIDTHS)
    return page.content(paper)


def xlsx(found: UnitList) -> bytes:
    rows = [
        [*facts, share.due_on, state_words(share)] for facts, share in zip(_facts(found), found.shares, strict=True)
    ]
    return listing("交办清单", f"{found.title}（{found.subtitle}）", SHEET, rows)


def state_words(share: Assignment) -> str:
    """What stands beside the day in a workbook: 办理中，已延期."""
    return f"{share.get_state_display()}，已延期" if share.is_prolonged else share.get_state_display()


FORMS = {"docx": docx, "xlsx": xlsx}


LIST = Kind("unit_list", "单位交办清单", (
    Field("标题", "单位名称加“承办政协提案交办清单”", "县教育局承办政协提案交办清单", required=True),
    Field("副标题", "届次和件数", "县政协十一届四次会议，共2件"),
    Rows("提案表", "该单位承办的提案", "提案", (
        Field("序号", "从 1 起", "1"), Field("案号", "提案的案号", "001"), Field("案由", "提案的题目", "关于校车安全的提案"),
        Field("提案者", "第一提案人或集体", "周明远"), Field("承办方式", "独办、主办、会办或分办", "独办"),
        Field("期限", "答复或报会办意见的期限，或已办到哪一步", "2026年7月23日"),
    ), (
        ("1", "001", "关于加强校园周边交通管理的提案", "周明远", "独办", "2026年7月23日"),
        ("2", "014", "关于改善农村学校饮水条件的提案", "民盟西平支部", "会办", "2026年5月23日（会办意见）"),
    ), required=True),
), _write)  # fmt: skip
PAPERS = (LIST,)
