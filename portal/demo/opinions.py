"""社情民意 in the demonstration county: who works on it, and sixty reports of four years at every stage."""

from collections import defaultdict
from datetime import datetime, timedelta
from random import Random

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from deadlines import book as books
from members.models import Appointment, Person, User
from notices.models import Outbox
from opinions import clocks
from opinions.acts import Act, TransferAct
from opinions.effects.issuing import BODY
from opinions.kinds import Level, Mode, Origin, Reporter, Urgency
from opinions.models import Adoption, Forwarding, Instruction, Issue, OpinionReport, Series, Transfer
from opinions.numbering import as_receipt, issue_series
from opinions.states import State, TransferState
from proposals import dispositions
from proposals.acts import ProposalAct
from proposals.models import Proposal
from workflow.histories import History
from workflow.models import Event

from .topics import TOPICS

HOUSE = "office:县政协办公室"
# log-in, name, post, title
PEOPLE = (
    ("xinxi", "宋文清", "staff", "信息编辑"), ("shenhe", "秦立新", "head", "办公室主任"),
    ("xinxiyuan", "常思远", "informant", "特邀信息员"), ("", "程晓雨", "informant", "特邀信息员"),
)  # fmt: skip
# The ways of sixty reports: those of earlier years are over, those of this year stand at every stage.
OVER = ("issued", "kept", "issued", "transferred", "issued", "pair", "kept", "issued", "transferred", "issued")
NOW = ("submitted", "pressing", "editing", "editing", "reviewing", "reviewed", "reviewed", "signed", "returned", "with_unit",
       "asked", "draft", "offline", "submitted", "late")  # fmt: skip
CAUSES = ("责任主体不够明确，部门之间衔接不紧。", "资金投入不足，后续管护跟不上。", "政策宣传不够，群众知晓度不高。")
HIGHER = {Level.CITY: "市政协", Level.PROVINCE: "省政协", Level.NATIONAL: "全国政协"}
LEADERS = ("县长", "县委副书记", "分管副县长")
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def people(county) -> None:
    """The office's people and two 特邀信息员, with accounts; kept as `county.information`."""
    starts, body = county.sessions[0].term.starts, county.organizations[HOUSE]
    county.information = []
    for n, (_login, name, post, title) in enumerate(PEOPLE):
        who = Person(
            name=name,
            gender="女",
            employer="县政协机关" if post != "informant" else "县融媒体中心",
            position=title,
            phone=f"199000096{n:02d}",
        )
        who.set_keys()
        who.save()
        Appointment.objects.create(person=who, organization=body, post=post, title=title, starts=starts)
        user = User(username=f"xx{n:04d}", person=who, phone=who.phone, password=make_password(None))
        user.save()
        county.users[who.pk] = user
        county.information.append(who)


def logins(county) -> dict[str, Person]:
    return {login: who for (login, *_rest), who in zip(PEOPLE, county.information, strict=True) if login}


def fill(county, moment: datetime) -> int:
    """The reports with their events; returns how many events."""
    told = _Telling(county, moment)
    for year in range(4):
        for n, fate in enumerate(OVER):
            told.tell(fate, moment - timedelta(days=330 * (4 - year) - 31 * n - 20, hours=-8 - n % 3))
    for n, fate in enumerate(NOW):
        told.tell(fate, moment - timedelta(days=30 if fate == "late" else 2 + n % 3, hours=-8 - n % 3))
    told.take_over()
    return told.write()


class _Telling:
    """Sixty stories; rows are kept until the reports have keys."""

    def __init__(self, county, moment: datetime):
        self.county, self.moment, self.random = county, moment, Random(60)
        self.history, self.book = History(), books.load()
        self.reports: list[OpinionReport] = []
        self.rows: list = []
        self.issues: list[Issue] = []
        self.taken: list[tuple[Proposal, OpinionReport]] = []
        self.shared: list[tuple[OpinionReport, OpinionReport]] = []
        editor, head, *_ = county.information
        self.editor, self.head, self.signer = (county.user(one) for one in (editor, head, county.members[1]))

    # --- one report ---
    def tell(self, fate: str, at: datetime) -> None:
        report = self._written(len(self.reports), fate, at)
        if fate == "draft":
            return
        self._submitted(report, at + HOUR, offline=fate == "offline")
        STAGES[fate](self, report, at + 2 * HOUR)

    def _written(self, n: int, fate: str, at: datetime, matter: int | None = None) -> OpinionReport:
        topic = TOPICS[((n if matter is None else matter) * 7) % len(TOPICS)]
        informant, body, who = self._author(n)
        report = OpinionReport(
            reporter=Reporter.INFORMANT if informant else Reporter.ORGANIZATION if body else Reporter.MEMBER,
            author=who, organization=body, title=f"{_matter(topic)}方面存在的问题应引起重视",
            situation=f"调研中了解到，{topic.situation}", causes=self.random.choice(CAUSES),
            suggestions="\n".join(f"{k}. {text}。" for k, text in enumerate(topic.suggestions, start=1)),
            urgency=Urgency.PRESSING if fate == "pressing" else (Urgency.NORMAL, Urgency.NORMAL, Urgency.URGENT)[n % 3],
            no_secrets=True, created_at=at, saved_at=at, changed_at=at, origin=Origin.PORTAL,
            on_behalf=n % 6 == 0, citizen_name="王某某" if n % 6 == 0 else "", citizen_contact="通过村委会联系" if n % 6 == 0 else "",
        )  # fmt: skip
        self.reports.append(report)
        self.history.note(report, Act.BEGIN, self.county.user(who), at, State.DRAFT)
        return report

    def _author(self, n: int):
        """(is an informant, the body, the person): the log-in's member often, bodies and informants now and then."""
        if n % 9 == 4:
            return True, None, self.county.information[2 + n % 2]
        if n % 7 == 3:
            body, who = self.county.collectives[n % len(self.county.collectives)]
            return False, body, who
        if n % 5 == 1:
            return False, None, self.county.featured[0]
        return False, None, self.county.members[(n * 13) % len(self.county.members)]

    def _submitted(self, report: OpinionReport, at: datetime, offline: bool) -> None:
        report.submitted_at, report.target_at = at, clocks.target(report.urgency, at, self.book)
        report.due_on = clocks.due_on(report.target_at)
        self.note(report, Act.SUBMIT, self.county.user(report.author), at, State.SUBMITTED)

    def note(self, case, act, user, at: datetime, to: str | None = None, **more) -> None:
        self.history.note(case, act, user, min(at, self.moment), to, **more)
        case.root.changed_at = min(at, self.moment)

    def take_over(self) -> None:
        """Proposals that were not filed and became reports; the newest are left to the worker."""
        waiting = dispositions.waiting().filter(receipt_number__isnull=False).prefetch_related("suggestions")
        decided = Event.objects.filter(process="proposal", act=ProposalAct.REJECT).order_by("sequence")
        when = dict(decided.values_list("object_id", "happened_at"))
        for n, proposal in enumerate(waiting.select_related("first_proposer", "organization", "session__term")):
            at = timezone.localtime(when[proposal.pk] + 3 * DAY).replace(hour=9, minute=10 + n % 40)
            if at < self.moment - 60 * DAY:
                self._taken(proposal, at, ("kept", "issued", "kept", "kept")[n % 4])

    def _taken(self, proposal, at: datetime, fate: str) -> None:
        report = OpinionReport(
            reporter=Reporter.ORGANIZATION if proposal.organization_id else Reporter.MEMBER, author=proposal.first_proposer,
            organization=proposal.organization, title=proposal.title, situation=proposal.situation, no_secrets=True,
            suggestions="\n".join(f"{k}. {row.text}" for k, row in enumerate(proposal.suggestions.all(), start=1)),
            created_at=at, saved_at=at, changed_at=at, origin=Origin.PROPOSAL, origin_note=proposal.number,
            source_proposal=proposal.pk,
        )  # fmt: skip
        self.reports.append(report)
        self.taken.append((proposal, report))
        self.history.note(report, Act.BEGIN, None, at, State.DRAFT)
        report.submitted_at, report.target_at = at, clocks.target(report.urgency, at, self.book)
        report.due_on = clocks.due_on(report.target_at)
        self.note(report, Act.SUBMIT, None, at, State.SUBMITTED)
        proposal.converted_at = at
        self.history.note(proposal, ProposalAct.CONVERT, None, at)
        STAGES[fate](self, report, at + DAY)

    # --- stages; each goes through those before it ---
    def editing(self, report, at) -> datetime:
        report.edited_by, report.edited_at = self.editor, at
        self.note(report, Act.TAKE_UP, self.editor, at, State.EDITING)
        matter = report.title.removeprefix("关于").removesuffix("的提案")
        report.edited_title = matter.replace("存在的问题应引起重视", "的问题亟待解决")
        report.edited_situation = report.situation.replace("调研中了解到，", "")
        report.edited_causes, report.edited_suggestions = report.causes, report.suggestions
        self.note(report, Act.EDIT, self.editor, at + 2 * HOUR)
        return at + 3 * HOUR

    def reviewing(self, report, at) -> datetime:
        at = self.editing(report, at)
        self.note(report, Act.SEND_FOR_REVIEW, self.editor, at, State.REVIEWING)
        return at - 2 * HOUR + DAY

    def reviewed(self, report, at) -> datetime:
        at = self.reviewing(report, at)
        report.reviewed_by = self.head
        self.note(report, Act.REVIEW, self.head, at, State.REVIEWED)
        return at + HOUR

    def signed(self, report, at) -> datetime:
        at = self.reviewed(report, at)
        report.signed_by, report.signed_at = self.signer, min(at, self.moment)
        self.note(report, Act.SIGN, self.signer, at, State.SIGNED)
        return at + HOUR

    def issued(self, report, at, others=()) -> None:
        at = self.signed(report, at)
        issue = Issue(
            year=timezone.localdate(at).year, number=0, main_to="县委、县政府主要领导", issued_on=timezone.localdate(at),
            copy_to="县委办公室，县政府办公室，县政协各位副主席", issued_by=self.editor, signer=str(self.signer),
        )  # fmt: skip
        self.issues.append(issue)
        for one in (report, *others):
            one.issue, one.target_at, one.due_on = issue, None, None
            self.rows.append(Adoption(
                report=one, level=Level.COUNTY, mode=Mode.COMBINED if others else Mode.SINGLE, body=BODY, on=issue.issued_on,
                by_issue=True, recorded_by=self.editor, recorded_at=at,
            ))  # fmt: skip
        self.note(report, Act.ISSUE, self.editor, at, State.ISSUED)
        for one in others:
            self.note(one, Act.ISSUE_WITH, None, at, State.ISSUED)
        self._heard_of(report, at)

    def _heard_of(self, report, at) -> None:
        """One in two is sent on, some are adopted above, some get a 批示 weeks later."""
        n = len(self.issues)
        if n % 2:
            level = (Level.CITY, Level.CITY, Level.PROVINCE, Level.CITY, Level.NATIONAL)[n % 5]
            later = at + 9 * DAY
            self._row(Forwarding, report, Act.FORWARD, later, level, body=HIGHER[level])
            if n % 4 == 1:
                self._row(
                    Adoption,
                    report,
                    Act.ADOPT,
                    later + 20 * DAY,
                    level,
                    body=HIGHER[level],
                    mode=(Mode.SINGLE, Mode.COMBINED)[n % 3 == 0],
                )
        if n % 3 == 0:
            self._row(
                Instruction,
                report,
                Act.INSTRUCT,
                at + 30 * DAY,
                Level.COUNTY,
                leader=LEADERS[n % 3],
                text="请有关部门认真研究，拿出办法，抓好落实。",
            )

    def _row(self, model, report, act, at, level, **values) -> None:
        if at < self.moment:
            self.rows.append(
                model(
                    report=report,
                    level=level,
                    on=timezone.localdate(at),
                    recorded_by=self.editor,
                    recorded_at=at,
                    **values,
                )
            )
            self.note(report, act, self.editor, at)

    def pair(self, report, at) -> None:
        """A second report on the same matter is united with it."""
        matter = len(self.reports) - 1
        other = self._written(matter + 1, "pair", at - DAY, matter)
        self._submitted(other, at - DAY + HOUR, offline=False)
        self.note(other, Act.JOIN, self.editor, at + HOUR, State.COMBINED)
        self.shared.append((other, report))
        self.issued(report, at, others=[other])

    def kept(self, report, at) -> None:
        report.target_at = report.due_on = None
        self.note(report, Act.KEEP, self.editor, at + DAY, State.KEPT, reason="情况已经解决，留存备用。")

    def returned(self, report, at) -> None:
        report.target_at = report.due_on = None
        self.note(
            report,
            Act.RETURN,
            self.editor,
            at + timedelta(hours=3),
            State.RETURNED,
            reason="请写明具体地点和涉及的范围。",
        )

    def offline(self, report, at) -> None:
        for name in ("title", "situation", "causes", "suggestions", "citizen_name", "citizen_contact"):
            setattr(report, name, "")
        report.target_at = report.due_on = None
        report.moved_offline_at, report.offline_by = min(at, self.moment), str(self.editor)
        self.note(report, Act.MOVE_OFFLINE, self.editor, at, State.OFFLINE, reason="含内部数据，转线下渠道。")

    def with_unit(self, report, at) -> Transfer:
        return self._transfer(report, at + 2 * HOUR, "县教育局")

    def asked(self, report, at) -> None:
        self._answer(self._transfer(report, at, "县财政局"), at + DAY, checked=False)

    def transferred(self, report, at) -> None:
        unit = ("县教育局", "县水利局", "县交通运输局")[len(self.reports) % 3]
        self._answer(self._transfer(report, at + DAY, unit), at + 12 * DAY, checked=True)

    def _transfer(self, report, at, name: str) -> Transfer:
        report.target_at = report.due_on = None
        unit = self.county.organizations[f"unit:{name}"]
        part = Transfer(
            report=report, unit=unit, note="请核实情况，研究办理。", assigned_at=at,
            state=TransferState.AWAITING_SIGN, **clocks.unit_dates(report.urgency, at, self.book),
        )  # fmt: skip
        self.rows.append(part)
        self.note(report, Act.HAND_OVER, self.editor, at, State.TRANSFERRED, shown=[("承办单位", unit.name)])
        return part

    def _answer(self, part: Transfer, at, checked: bool) -> None:
        operator = self.county.user(self.county.operators[part.unit_id])
        part.signed_at = part.assigned_at + 2 * HOUR
        self.note(part, TransferAct.SIGN_FOR, operator, part.signed_at, TransferState.HANDLING)
        part.reply, part.verdict, part.replied_at = (
            "已到现场核实，列入工作计划，年内分批解决。",
            "partly",
            min(at, self.moment),
        )
        self.note(part, TransferAct.REPLY, operator, at, TransferState.REPLIED, shown=[("采纳情况", "部分采纳")])
        if checked:
            part.checked_at = at + DAY
            self.note(part, TransferAct.CHECK, self.editor, part.checked_at, TransferState.FED_BACK)

    # --- writing it all down ---
    def write(self) -> int:
        self._number()
        Issue.objects.bulk_create(self.issues)
        OpinionReport.objects.bulk_create(self.reports)
        for other, main in self.shared:
            other.combined_into = main
        OpinionReport.objects.bulk_update([other for other, _main in self.shared], ["combined_into"])
        for proposal, report in self.taken:
            proposal.converted_as = f"社情民意 {report.receipt_number}"
        Proposal.objects.bulk_update([proposal for proposal, _report in self.taken], ["converted_at", "converted_as"])
        by_model = defaultdict(list)
        for row in self.rows:
            if isinstance(row, Adoption) and row.by_issue:
                row.document = str(row.report.issue)
            by_model[type(row)].append(row)
        for model, rows in by_model.items():
            model.objects.bulk_create(rows)
        count = self.history.write()
        self._tell()
        return count

    def _number(self) -> None:
        """Receipts in the order of submission, issues in the order of their days; each year from 1."""
        last: dict[str, int] = defaultdict(int)
        for report in sorted((r for r in self.reports if r.submitted_at), key=lambda r: r.submitted_at):
            year = timezone.localdate(report.submitted_at).year
            last[f"receipt:{year}"] += 1
            report.receipt_number = as_receipt(year, last[f"receipt:{year}"])
        self.issues.sort(key=lambda one: one.issued_on)
        for issue in self.issues:
            last[issue_series(issue.year)] += 1
            issue.number = last[issue_series(issue.year)]
        Series.objects.bulk_create(Series(name=name, last=number) for name, number in last.items())

    def _tell(self) -> None:
        """The notices of the last days, so that no inbox is empty."""
        recent = Event.objects.filter(case_process="opinion", happened_at__gte=self.moment - 6 * DAY)
        Outbox.objects.bulk_create(Outbox(event_id=pk) for pk in recent.values_list("pk", flat=True))


def _matter(topic) -> str:
    """加强{}高标准农田管护 is 我县部分地方高标准农田管护."""
    return f"我县部分地方{topic.title.partition('{}')[2]}"


STAGES = {
    "issued": _Telling.issued, "pair": _Telling.pair, "kept": _Telling.kept, "transferred": _Telling.transferred,
    "submitted": lambda told, report, at: None, "pressing": lambda told, report, at: None, "late": lambda told, report, at: None,
    "editing": _Telling.editing, "reviewing": _Telling.reviewing, "reviewed": _Telling.reviewed, "signed": _Telling.signed,
    "returned": _Telling.returned, "with_unit": _Telling.with_unit, "asked": _Telling.asked, "offline": _Telling.offline,
}  # fmt: skip
