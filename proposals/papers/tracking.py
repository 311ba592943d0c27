"""回头看: the B类答复件办理落实情况登记表 of a unit and year (domain §4.3), as .docx and .xlsx."""

from dataclasses import dataclass

from documents.papers import grid, page
from documents.papers import letter as layout
from documents.sheets.writing import listing
from members.models import Organization
from members.periods import today
from proposals.kinds import ResultClass
from proposals.models import Commitment, Reply

# name, width on paper (mm, 225 in all), width in a sheet
COLUMNS = (
    ("案号", 20, 10), ("案由", 52, 46), ("原办复类别", 17, 12), ("现办复类别", 17, 12), ("承诺内容", 44, 40),
    ("完成期限", 25, 13), ("落实情况", 50, 36),
)  # fmt: skip


@dataclass(frozen=True)
class Register:
    """The B replies of one unit sent in one year, each promise a row."""

    unit: Organization
    year: int
    rows: list[Commitment]

    @property
    def title(self) -> str:
        return "B类答复件办理落实情况登记表"

    @property
    def subtitle(self) -> str:
        return f"{self.unit.name}　{self.year}年度"


def register(user, unit: Organization, year: int) -> Register:
    """Of what this user sees; three queries."""
    rows = Commitment.objects.visible_to(user).made().for_list().filter(
        reply__assignment__unit=unit, reply__sent_at__year=year, reply__result_class=ResultClass.B
    )  # fmt: skip
    return Register(unit, year, _with_record(rows.order_by("proposal__serial", "due_on", "pk")))


def _with_record(rows) -> list[Commitment]:
    return list(rows.prefetch_related("notes"))


def cells(row: Commitment) -> list[str]:
    reply: Reply = row.reply
    return [
        f"第{row.proposal.short_number}号", str(row.proposal), reply.result_class, reply.class_now, row.measure,
        f"{row.due_on:%Y-%m-%d}" if row.due_on else "", how_it_stands(row),
    ]  # fmt: skip


def how_it_stands(row: Commitment) -> str:
    """已办结（2026-11-03）：…, or the last thing that was reported."""
    if row.done_on:
        return f"{row.get_state_display()}（{row.done_on:%Y-%m-%d}）：{row.result}"
    said = latest(row)
    return f"{row.get_state_display()}；{said}" if said else row.get_state_display()


def latest(row: Commitment) -> str:
    notes = [note for note in row.notes.all() if note.kind != "urged"]
    return f"{notes[-1].on:%Y-%m-%d} {notes[-1].get_kind_display()}：{notes[-1].text}" if notes else ""


def as_docx(found: Register) -> bytes:
    paper = page.turn(page.new_paper())
    page.title(paper, found.title)
    page.subtitle(paper, found.subtitle)
    page.line(paper)
    grid.table(paper, [(name, width) for name, width, _sheet in COLUMNS], map(cells, found.rows))
    layout.signature(paper, found.unit.name, today())
    return page.content(paper)


def as_xlsx(found: Register) -> bytes:
    columns = [(name, width) for name, _paper, width in COLUMNS]
    return listing("登记表", f"{found.title}　{found.subtitle}", columns, map(cells, found.rows))
