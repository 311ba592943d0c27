"""并入案号: each merged case points to a filed one, in the ledger (also further down) or on record."""

from django.db.models import Q

from proposals.models import Proposal
from proposals.states import ProposalState

from .entries import Entry
from .sessions import Setting


def resolve(entries: list[Entry], setting: Setting) -> None:
    """Set `main` of each merged entry: an entry, or a case on record. Problems are noted in the row."""
    merged = [e for e in entries if e.outcome == ProposalState.MERGED and e.into and e.known is None]
    if not merged:
        return
    in_file = {entry.number.key: entry for entry in entries if entry.number}
    elsewhere = [entry.into for entry in merged if entry.into.key not in in_file]
    on_record = _on_record(setting, elsewhere)
    for entry in merged:
        target = in_file.get(entry.into.key) or on_record.get(entry.into.key)
        reason = _why_not(entry, target)
        if reason:
            entry.reader.problem("into", reason)
        else:
            entry.main = target.known if isinstance(target, Entry) and target.known else target


def _on_record(setting: Setting, numbers: list) -> dict[str, Proposal]:
    if setting.is_new or not numbers:
        return {}
    serials = [number.serial for number in numbers if number.serial is not None]
    texts = [number.text for number in numbers]
    found = Proposal.objects.of_session(setting.session)
    found = found.filter(Q(serial__in=serials) | Q(serial__isnull=True, ledger_number__in=texts))
    return {number_key(proposal): proposal for proposal in found}


def number_key(proposal: Proposal) -> str:
    """The same key as the ledger's case number."""
    return str(proposal.serial) if proposal.serial is not None else proposal.ledger_number.upper()


def _why_not(entry: Entry, target: Entry | Proposal | None) -> str:
    if target is None:
        return f"台账和系统里都没有案号 {entry.into.text}。请核对"
    if target is entry:
        return "并入了自己。请填主案的案号"
    if isinstance(target, Entry) and target.known is None:
        return _why_not_row(target)
    return _why_not_case(target.known if isinstance(target, Entry) else target)


def _why_not_row(target: Entry) -> str:
    if target.outcome == ProposalState.MERGED:
        return f"案号 {target.number.text}（第 {target.reader.number} 行）本身也是并案，不能再并入它。请填最终的主案"
    if target.outcome not in (None, ProposalState.FILED):
        return f"案号 {target.number.text}（第 {target.reader.number} 行）不是立案的提案。请核对"
    return ""


def _why_not_case(target: Proposal) -> str:
    if target.state == ProposalState.MERGED:
        return f"案号 {target.short_number} 在系统里已并入别的提案，不能再并入它。请填最终的主案"
    if target.state not in ProposalState.FILED_ON:
        return f"案号 {target.short_number} 在系统里是“{target.get_state_display()}”，不是立案的提案。请核对"
    return ""
