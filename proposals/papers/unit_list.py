"""交办清单: what one unit was given in a session, as .docx and .xlsx."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from documents.papers import page, tables
from documents.sheets.writing import listing
from members.models import Organization
from proposals.models import Assignment

from .slip import due_words

COLUMNS = (
    ("序号", 6, 12),
    ("案号", 8, 14),
    ("案由", 60, 52),
    ("提案者", 16, 24),
    ("承办方式", 10, 21),
    ("期限", 24, 33),
)
WIDTHS = [millimetres for _name, _letters, millimetres in COLUMNS]


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


def _rows(found: UnitList) -> list[list]:
    return [
        [
            number, share.proposal.short_number, str(share.proposal), share.proposal.proposer_name,
            share.get_kind_display(), due_words(share),
        ]
        for number, share in enumerate(found.shares, start=1)
    ]  # fmt: skip


def docx(found: UnitList) -> bytes:
    paper = page.new_paper()
    page.title(paper, found.title)
    page.subtitle(paper, found.subtitle)
    table = tables.new(paper, WIDTHS)
    tables.head(table, [name for name, *_ in COLUMNS], WIDTHS)
    for row in _rows(found):
        tables.row(table, map(str, row), WIDTHS)
    return page.content(paper)


def xlsx(found: UnitList) -> bytes:
    columns = [(name, letters) for name, letters, _ in COLUMNS]
    return listing("交办清单", f"{found.title}（{found.subtitle}）", columns, _rows(found))


FORMS = {"docx": docx, "xlsx": xlsx}
