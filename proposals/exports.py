"""The lists of proposals as they leave the portal. Their rows are those of their pages; no telephone number is in any.

提案 for the public holds what was published, word for word as it was published: nothing here reads a case's own title
for it.
"""

from dataclasses import dataclass, field

from deadlines import book as books
from exports import lists
from exports.audiences import Audience
from exports.lists import Column, Found, Reader, words_of
from members.periods import today
from workflow.querysets import roles_on

from . import unit_desk
from .commitment_states import CommitmentState
from .kinds import Kind
from .lateness import missed_by, sign_of
from .lists import Line, lines
from .models import Assignment, Commitment, Publication, Reply
from .papers.tracking import latest
from .roles import Role

UNIT, PUBLIC = Audience.UNIT, Audience.PUBLIC


# --- 提案 ---------------------------------------------------------------------------


@dataclass
class Row:
    """A line of the list; `publication` where the file is for the public, `results` of the replies that were sent."""

    line: Line
    is_public: bool = False
    publication: Publication | None = None
    results: list[str] = field(default_factory=list)

    @property
    def case(self):
        return self.line.proposal

    @property
    def person(self):
        return self.case.first_proposer

    @property
    def reach(self) -> str:
        """Who reads a case only because it is published reads no more of it than everybody."""
        return PUBLIC if roles_on(self.case) == {Role.PUBLIC} else Audience.INTERNAL


def _rows(rows: list, reader: Reader) -> list[Row]:
    found = [Row(line) for line in lines(rows, books.load())]
    by_key = {row.case.pk: row for row in found}
    for row in found:
        row.is_public = PUBLIC in (reader.audience, row.reach)
    public = [key for key, row in by_key.items() if row.is_public]
    for one in Publication.objects.current().filter(proposal__in=public).defer(*TEXTS) if public else ():
        by_key[one.proposal_id].publication = one
    for key, unit, result in _sent([key for key in by_key if key not in public]):
        by_key[key].results.append(f"{unit}{result}")
    return found


TEXTS = ("situation", "suggestions", "replies", "text", "redactions")


def _sent(keys: list[int]):
    """The result of the last reply of each share that was answered: (proposal, unit, A/B/C/D)."""
    rows = Reply.objects.filter(assignment__proposal__in=keys, sent_at__isnull=False).exclude(result_class="")
    rows = rows.order_by("assignment__position", "assignment_id", "-round").distinct(
        "assignment__position", "assignment_id"
    )
    return [
        (one.assignment.proposal_id, one.assignment.unit, one.class_now)
        for one in rows.select_related("assignment__unit")
    ]


def _title(row: Row) -> str:
    if row.is_public:
        return row.publication.title if row.publication else ""
    return str(row.case)


def _proposer(row: Row) -> str:
    if row.is_public:
        return row.publication.proposer if row.publication else ""
    return row.case.proposer_name


def _work(row: Row) -> str:
    return f"{row.person.employer} {row.person.position}".strip() if row.person else ""


def _published(rows):
    return rows.filter(published_at__isnull=False, pk__in=Publication.objects.current().order_by().values("proposal"))


PROPOSALS = (
    Column("number", "案号", lambda r: r.case.short_number, 10, PUBLIC),
    Column("session", "届次", lambda r: str(r.case.session), 20, PUBLIC),
    Column("title", "案由", _title, 50, PUBLIC),
    Column("kind", "提案形式", lambda r: Kind(r.case.kind).label, 10, PUBLIC),
    Column("proposer", "提案人", _proposer, 16, PUBLIC),
    Column("cosigners", "联名人数", lambda r: r.case.cosigner_count or 0, 10, UNIT),
    Column("work", "提案人工作单位和职务", _work, 30, UNIT, is_usual=False),
    Column("category", "类别", lambda r: str(r.case.business_category or ""), 16, PUBLIC),
    Column("units", "承办单位", lambda r: r.line.units, 26, PUBLIC),
    Column("state", "状态", lambda r: r.case.get_state_display(), 14, UNIT),
    Column("standing", "现在由谁办", lambda r: r.line.standing.sentence, 40, UNIT),
    Column("due", "办理期限", lambda r: r.line.standing.until, 12, UNIT),
    Column("results", "办理结果", lambda r: "、".join(r.results), 20, UNIT),
    Column("key", "重点提案", lambda r: "是" if r.case.key_status == "decided" else "", 10, UNIT, is_usual=False),
    Column("submitted", "提交日期", lambda r: _day(r.case.submitted_at), 12, UNIT),
    Column("filed", "立案日期", lambda r: _day(r.case.filed_at), 12, UNIT, is_usual=False),
    Column("assigned", "交办日期", lambda r: _day(r.case.assigned_at), 12, UNIT, is_usual=False),
    Column("replied", "答复日期", lambda r: _day(r.case.replied_at), 12, UNIT, is_usual=False),
    Column("closed", "办结日期", lambda r: _day(r.case.closed_at), 12, UNIT, is_usual=False),
    Column("published", "公开日期", lambda r: _day(r.case.published_at), 12, PUBLIC, is_usual=False),
    Column("receipt", "流水号", lambda r: r.case.receipt_number or "", 16, is_usual=False),
    Column("entry", "录入方式", lambda r: r.case.get_entry_display(), 12, is_usual=False),
)


def _day(moment):
    return lists.day(moment)


def proposals(user, asked) -> Found:
    from .views.listing import population, question

    question = question(user, asked)
    chosen, rows = population(user, question)
    return Found(
        rows, words_of(chosen.form, question, leave=("o", *(("scope",) if question.get("scope") == "all" else ())))
    )


# --- shares -------------------------------------------------------------------------

SHARE = (
    Column("number", "案号", lambda r: r.proposal.short_number, 10, UNIT),
    Column("session", "届次", lambda r: str(r.proposal.session), 20, UNIT),
    Column("title", "案由", lambda r: str(r.proposal), 50, UNIT),
    Column("proposer", "提案人", lambda r: r.proposal.proposer_name, 16, UNIT),
    Column("unit", "承办单位", lambda r: str(r.unit), 20, UNIT),
    Column("kind", "承办方式", lambda r: r.get_kind_display(), 10, UNIT),
    Column("state", "状态", lambda r: r.get_state_display(), 12, UNIT),
    Column("assigned", "首次交办", lambda r: _day(r.first_assigned_at), 12, UNIT),
    Column("due", "办理期限", lambda r: r.due_on, 12, UNIT),
)
URGED = (
    Column("urged", "已催办（次）", lambda r: r.urges_count or 0, 12, UNIT),
    Column("last_urged", "最近催办", lambda r: r.last_urged_on, 12, UNIT),
)
LATE = (
    *SHARE,
    Column(
        "missed", "逾期环节", lambda r: "、".join(f"{m.label}（{m.due_on:%Y-%m-%d}）" for m in missed_by(r)), 30, UNIT
    ),
    Column("days", "逾期（天）", lambda r: (today() - r.late_since).days if r.late_since else 0, 12, UNIT),
    Column("black", "超过六个月", lambda r: "是" if r.is_black else "", 12, UNIT),
    *URGED,
)
BLACK = (*SHARE, Column("days", "已满六个月（天）", lambda r: -sign_of(r, today()).days, 16, UNIT), *URGED)


def late(user, asked) -> Found:
    from .views.late import population

    found, rows = population(user, asked)
    return Found(rows, words_of(found.form, asked))


def black(user, asked) -> Found:
    from .views.late import black_rows

    return Found(black_rows(user))


def units(user, asked) -> Found:
    """One row for each unit that has something in hand."""
    from .views.late import GROUPS, name_of, unit_rows

    rows, system, known = unit_rows(user, asked)
    columns = [Column("unit", "承办单位", name_of, 24, UNIT)]
    columns += [Column(name, label, lambda r, name=name: r[name], 14, UNIT) for name, label in GROUPS]
    return Found(lists.Fixed(rows), known.get(system, ""), columns=columns)


def _desk_rows(rows: list[Assignment], reader: Reader) -> list[unit_desk.Line]:
    return unit_desk.lines(rows, books.load())


def _share(column: Column) -> Column:
    """The same column of a line of the unit's desk."""
    return Column(column.key, column.label, lambda line: column.value(line.share), column.width, column.reach)


DESK = (
    *map(_share, SHARE),
    Column("next", "下一步", lambda line: line.todo.what if line.todo else line.waiting, 24, UNIT),
    Column("contact", "首次联系期限", lambda line: line.share.contact_due_on, 14, UNIT),
    Column("sign_due", "签收期限", lambda line: line.share.sign_due_on, 12, UNIT),
    Column("replied", "答复日期", lambda line: _day(line.share.replied_at or line.share.opinion_at), 12, UNIT),
)


def desk(user, asked) -> Found:
    from .views.unit_desk import population, words_of

    rows, tab, _counts = population(user, asked)
    return Found(rows, "，".join(filter(None, [unit_desk.LABELS[tab], words_of(asked)])))


DISPATCHED = (
    *map(_share, SHARE),
    Column("note", "情况", lambda line: line.note, 24, UNIT),
    Column("sign", "临近的期限", lambda line: line.sign.on, 13, UNIT),
    Column("light", "灯色", lambda line: line.sign.word, 16, UNIT),
    Column("age", "首次交办至今（天）", lambda line: line.age, 16, UNIT),
)


def dispatched(user, asked) -> Found:
    """逾期和临近到期 of the desk."""
    from .views.dispatching import population

    _whole, shown, unit, light, late = population(user, asked)
    name = dict(shown.units()).get(unit, "") if unit else ""
    return Found(lists.Fixed(late), "，".join(filter(None, [name, light.label if light else ""])))


# --- 督办要求, 承诺事项, 督办通知书, 重点提案, 线索 -----------------------------------------------


DEMANDS = (
    Column("number", "案号", lambda r: r.assignment.proposal.short_number, 10, UNIT),
    Column("title", "案由", lambda r: str(r.assignment.proposal), 46, UNIT),
    Column("text", "要求", lambda r: r.text, 46, UNIT),
    Column("unit", "承办单位", lambda r: str(r.assignment.unit), 18, UNIT),
    Column("form", "来自", lambda r: r.record.get_form_display(), 14, UNIT),
    Column("on", "提出日期", lambda r: r.record.on, 12, UNIT),
    Column("due", "反馈期限", lambda r: r.due_on, 12, UNIT),
    Column("answered", "反馈日期", lambda r: _day(r.answered_at), 12, UNIT),
    Column("answer", "落实情况", lambda r: r.answer, 50, UNIT),
)


def demands(user, asked) -> Found:
    from .views.demands import SHOWN, population

    rows, chosen = population(user, asked)
    return Found(rows, SHOWN[chosen])


def _overdue(row: Commitment) -> int:
    if row.state not in CommitmentState.LIVE or not row.due_on:
        return 0
    return max(((row.done_on or today()) - row.due_on).days, 0)


COMMITMENTS = (
    Column("number", "案号", lambda r: r.proposal.short_number, 10, UNIT),
    Column("session", "届次", lambda r: str(r.proposal.session), 20, UNIT),
    Column("title", "案由", lambda r: str(r.proposal), 46, UNIT),
    Column("unit", "答复单位", lambda r: str(r.reply.assignment.unit), 18, UNIT),
    Column("owner", "责任单位", lambda r: str(r.owner or ""), 18, UNIT),
    Column("measure", "承诺内容", lambda r: r.measure, 46, UNIT),
    Column("promised", "原定期限", lambda r: r.promised_on, 13, UNIT),
    Column("due", "完成期限", lambda r: r.due_on, 13, UNIT),
    Column("state", "状态", lambda r: r.get_state_display(), 16, UNIT),
    Column("done", "完成日期", lambda r: r.done_on, 13, UNIT),
    Column("late", "逾期（天）", _overdue, 12, UNIT),
    Column("latest", "最近进展", latest, 50, UNIT),
)


def commitments(user, asked) -> Found:
    from .views.commitments import population

    found, rows = population(user, asked)
    return Found(rows.prefetch_related("notes"), words_of(found.form, asked))


NOTICES = (
    Column("number", "文号", lambda r: r.number, 24, UNIT),
    Column("issuer", "发文单位", lambda r: str(r.issuer), 24, UNIT),
    Column("unit", "收文单位", lambda r: str(r.unit), 24, UNIT),
    Column("count", "件数", lambda r: len(r.urges.all()), 8, UNIT),
    Column("issued", "出具日期", lambda r: _day(r.issued_at), 13, UNIT),
    Column("required", "要求办结", lambda r: r.required_on, 13, UNIT),
)


def notices(user, asked) -> Found:
    from .views.notices import population

    rows, ids = population(user, asked)
    return Found(rows, f"选定的 {len(ids)} 份" if ids else "")


KEY = (
    Column("number", "案号", lambda r: r.proposal.short_number, 10, UNIT),
    Column("title", "案由", lambda r: r.line.proposal.title, 50, UNIT),
    Column("proposer", "提案人", lambda r: r.line.who, 18, UNIT),
    Column("units", "承办单位", lambda r: r.line.units, 26, UNIT),
    Column("status", "重点提案", lambda r: r.entry.get_status_display(), 14, UNIT),
    Column("leader", "领办领导", lambda r: str(r.entry.leader or ""), 14, UNIT),
    Column("supervisor", "督办领导", lambda r: str(r.entry.supervisor or ""), 14, UNIT),
    Column("state", "状态", lambda r: r.proposal.get_state_display(), 14, UNIT),
    Column("due", "办理期限", lambda r: r.line.standing.until, 13, UNIT),
)


def key(user, asked) -> Found:
    from .views.key import population, year_of

    year = year_of(asked)
    return Found(lists.Fixed(population(user, year)), title=f"{year}年重点提案")


LEADS = (
    Column("receipt", "编号", lambda r: r.receipt, 18),
    Column("title", "标题", str, 46),
    Column("category", "类别", lambda r: str(r.category or ""), 16),
    Column("place", "地点", lambda r: r.place, 20),
    Column("text", "内容", lambda r: r.shown_description, 70),
    Column("used", "采用情况", lambda r: "已有委员采用" if r.state == "used" else "", 14),
)


def leads(user, asked) -> Found:
    from .views.leads import population, question

    text, category = question(asked)
    _seen, rows = population(user, asked)
    return Found(rows, f"查找：{text}" if text else ("按类别筛选" if category else ""))


# --- 归档 ---------------------------------------------------------------------------
SESSIONS = (
    Column("session", "届次", str, 30), Column("received", "收到", lambda r: r.received, 10),
    Column("closed", "已办结", lambda r: r.closed, 10), Column("archived", "已归档", lambda r: r.archived, 10),
    Column("unarchived", "未归档", lambda r: r.unarchived, 10),
)  # fmt: skip


def archives(user, asked) -> Found:
    from .views.archives import CLOSED, may_archive, sessions_with_counts

    if not may_archive(user):
        raise CLOSED.with_traceback(None)
    return Found(sessions_with_counts())


def register_own() -> None:
    more = {"prepared": _rows, "published": _published, "reach": lambda row: row.reach}
    lists.register("proposals", "提案", PROPOSALS, proposals, **more)
    lists.register("late", "未按期的提案", LATE, late)
    lists.register("black", "超过六个月未答复的提案", BLACK, black)
    lists.register("unit_overview", "各单位办理进度", (), units, unit="个单位")
    lists.register("unit_desk", "本单位承办件", DESK, desk, prepared=_desk_rows)
    lists.register("dispatching", "逾期和临近到期的交办件", DISPATCHED, dispatched)
    lists.register("demands", "督办要求", DEMANDS, demands, unit="项")
    lists.register("commitments", "承诺事项", COMMITMENTS, commitments, unit="项")
    lists.register("notices", "督办通知书", NOTICES, notices, unit="份")
    lists.register("key", "重点提案", KEY, key)
    lists.register("archives", "各届次归档情况", SESSIONS, archives, unit="次会议", for_units=False)
    lists.register("leads", "提案线索", LEADS, leads, unit="条", for_units=False)
