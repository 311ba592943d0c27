"""Rows that are on record already: nothing is added, and what differs is said and left alone."""

from documents.sheets.problems import shortened
from proposals.acts import ProposalAct
from proposals.kinds import Origin
from proposals.models import Proposal
from workflow.models import Event

from .columns import TITLES
from .entries import Entry
from .keys import remembered
from .merging import number_key
from .sessions import Setting
from .words import LABELS

KEY_OF = {title: key for key, title in TITLES.items()}
BATCH = 2000
READ = ("ledger_key", "serial", "ledger_number", "receipt_number", "title", "origin", "state", "session")


def mark(entries: list[Entry], setting: Setting) -> int:
    """Set `known` of the entries that are on record; a number taken by a case of the portal is a problem.

    Returns how many cases of the session were handled in the portal.
    """
    if setting.is_new:
        return 0
    by_key, by_number, in_portal = {}, {}, 0
    for case in Proposal.objects.of_session(setting.session).order_by().only(*READ):
        by_key[case.ledger_key] = case
        in_portal += case.origin == Origin.PORTAL
        if case.is_numbered:
            by_number[number_key(case)] = case
    for entry in entries:
        entry.known = by_key.get(entry.key) or by_key.get(entry.former_key)
        other = by_number.get(entry.number.key) if entry.number and entry.known is None else None
        if other is not None:
            _refuse_number(entry, other)
    _warn_of_doubles(entries, by_key.values())
    return in_portal


def _refuse_number(entry: Entry, other: Proposal) -> None:
    where = "系统里" if other.origin == Origin.PORTAL else "另一份台账里"
    entry.reader.problem("number", f"这个案号在{where}已是“{shortened(other.title)}”。请核对案号")


def _warn_of_doubles(entries: list[Entry], cases) -> None:
    """The same title with and without a number may be one proposal entered twice; people must decide."""
    by_title = {case.title: case for case in cases if case.ledger_key}
    for entry in entries:
        case = by_title.get(entry.title) if entry.known is None else None
        if case is not None and bool(entry.number) != case.is_numbered:
            entry.reader.note(
                "title", f"与已登记的 {case.short_number} 案由相同，请核对是否同一件（一份有案号、一份没有）"
            )


def compare(entries: list[Entry]) -> tuple[int, list]:
    """How many known rows are as recorded, and (entry, key, sentence) for those that are not."""
    recorded = _recorded([entry.known.pk for entry in entries])
    same, different = 0, []
    for entry in entries:
        before = recorded.get(entry.known.pk, {})
        now = remembered(entry.values())
        changed = [title for title, value in now.items() if before.get(title, "") != value]
        same += not changed
        different += [(entry, KEY_OF[title], _sentence(title, before.get(title, ""))) for title in changed]
    return same, different


def _recorded(pks: list[int]) -> dict[int, dict[str, str]]:
    """What the row said when it was recorded, by case."""
    found = {}
    for start in range(0, len(pks), BATCH):
        events = Event.objects.filter(
            case_process=Proposal.process_name, case_id__in=pks[start : start + BATCH],
            act=ProposalAct.RECORD_FROM_LEDGER,
        )  # fmt: skip
        found |= {pk: data.get("row", {}) for pk, data in events.values_list("case_id", "data")}
    return found


def _sentence(title: str, before: str) -> str:
    before = LABELS.get(KEY_OF[title], {}).get(before, before)
    was = "原登记是空的" if not before else f"原登记是“{shortened(before)}”"
    was = "与原登记不同" if title in ("正文", "建议") else was
    return f"这件提案已经登记过，{was}，没有改动。如需更改，请由提案委在提案页更正"
