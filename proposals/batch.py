"""The acts that the list of proposals offers for many rows at once, and how it tells what became of them."""

from collections.abc import Iterable

from workflow import batch
from workflow.batch import Result
from workflow.engine import available
from workflow.errors import Invalid

from .acts import ProposalAct
from .models import Proposal
from .numbering import in_numbering_order

REPORT = "batch_report"
# Acts that make sense for many rows with one and the same form.
ACTS = (
    ProposalAct.PRE_REVIEW, ProposalAct.FILE, ProposalAct.RETURN, ProposalAct.REJECT,
    ProposalAct.MERGE, ProposalAct.NUMBER, ProposalAct.ASSIGN, ProposalAct.PUBLISH,
)  # fmt: skip


def offered(rows: Iterable[Proposal], user) -> list[tuple[str, str]]:
    """(act, label) of the batch acts that at least one row of the page allows; no query."""
    found: dict[str, str] = {}
    for row in rows:
        found |= {o.act: o.transition.label for o in available(row, user, guards=False)}
    return [(str(act), found[act]) for act in ACTS if act in found]


def markable(rows: Iterable[Proposal], user) -> set[int]:
    """The rows that a batch act could take now; no query."""
    return {row.pk for row in rows if {o.act for o in available(row, user, guards=False)} & set(ACTS)}


def selected(marks: Iterable[str], user) -> list[Proposal]:
    """The proposals among the marks ("id-version") that the user sees, in the order in which they are numbered."""
    return list(_rows(user).filter(pk__in=batch.chosen(marks)))


def carry_out(act: str, marks: Iterable[str], user, data) -> tuple[list[Result], Invalid | None]:
    """Perform the act on each row; see workflow.batch.carry_out."""
    return batch.carry_out(act, _rows(user), batch.chosen(marks), user, data)


def report(label: str, results: list[Result]) -> dict:
    """The results as the session keeps them for the next page."""
    done = [_line(r) for r in results if not r.why]
    failed = [_line(r) for r in results if r.why]
    told = f"{label}：成功 {len(done)} 件" + (f"，失败 {len(failed)} 件" if failed else "")
    return {"title": told, "done": done, "failed": failed}


def _rows(user):
    return in_numbering_order(Proposal.objects.for_acting().visible_to(user).with_roles_of(user))


def _line(result: Result) -> dict:
    case = result.case
    if case is None:
        return {"pk": result.pk, "number": "", "title": f"提案 {result.pk}", "why": result.why}
    why = result.why or case.get_state_display()
    return {"pk": result.pk, "number": case.short_number, "title": str(case), "why": why}
