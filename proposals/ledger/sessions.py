"""The session a ledger belongs to: found, or made from what the ledger's dates show."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from documents.sheets.refusal import Unreadable
from members.assumed_terms import day_by_count, in_year, term_from_year
from members.models import Session, Term
from proposals.kinds import Timing

CODE = re.compile(r"^(\d{1,3})-(\d{1,2})$")
WINDOW = timedelta(days=90)


@dataclass
class Setting:
    """The session, saved or not; `notes` say what was assumed about a new one."""

    session: Session
    notes: list[str]

    @property
    def is_new(self) -> bool:
        return self.session.pk is None

    def timing(self, submitted: date | None) -> Timing:
        """大会提案 up to the closing day; a day without an hour has the benefit of the doubt."""
        first = timezone.localdate(self.session.window_opens)
        last = timezone.localdate(self.session.window_closes)
        if submitted is None or self.is_new or first <= submitted <= last:
            return Timing.PLENARY
        return Timing.ADJOURNED


def find(code: str, days: list[date]) -> Setting:
    """The session "11-4"; `days` are the ledger's submission dates. Raises Unreadable for a bad code."""
    term_number, ordinal = parse_code(code)
    session = Session.objects.select_related("term").filter(term__number=term_number, ordinal=ordinal).first()
    if session is not None:
        return Setting(session, [])
    return _assumed(term_number, ordinal, days)


def parse_code(code: str) -> tuple[int, int]:
    matched = CODE.match(str(code).strip().replace("－", "-").replace("—", "-"))
    if not matched or not all(int(part) for part in matched.groups()):
        raise Unreadable(f"“{code}”不是届次。请写成 11-4 这样：第十一届第四次会议。")
    return int(matched[1]), int(matched[2])


def normal_code(code: str) -> str:
    return "-".join(str(part) for part in parse_code(code))


def _assumed(term_number: int, ordinal: int, days: list[date]) -> Setting:
    """The plenary is put on the day on which most proposals were submitted."""
    term = Term.objects.filter(number=term_number).first()
    if days:
        counts = Counter(days)
        opens = max(counts, key=lambda day: (counts[day], day))
    elif term:
        opens = in_year(term.starts, term.starts.year + ordinal - 1)
    else:
        opens = day_by_count(term_number, ordinal)
    term = term or term_from_year(term_number, opens.year - ordinal + 1)
    session = Session(
        term=term, ordinal=ordinal, opens=opens, closes=opens,
        window_opens=_moment(min([*days, opens - WINDOW])),
        window_closes=_moment(max([*days, opens]), time(23, 59, 59)),
    )  # fmt: skip
    note = (
        f"届次“{session}”原来没有，按台账日期暂定 {opens:%Y-%m-%d} 开会，"
        f"征集时间 {session.window_opens:%Y-%m-%d} 至 {session.window_closes:%Y-%m-%d}。请在后台“会议（次）”里核对改正。"
    )
    return Setting(session, [note])


def _moment(day: date, at: time = time(0)) -> datetime:
    return timezone.make_aware(datetime.combine(day, at))
