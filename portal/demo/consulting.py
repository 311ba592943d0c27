"""基层协商: eight rooms, and what two years brought to them, in every stage."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from django.utils import timezone

from deadlines import calendar
from documents.masking.texts import Rules, masked
from grassroots import clocks
from grassroots.acts import Act
from grassroots.kinds import Came, Category, Level, Progress, RatedBy, Refusal, Source, VenueKind, Verdict
from grassroots.models import Consensus, Matter, Meeting, ProgressNote, Rating, Release, Series, Stay, Venue
from grassroots.releasing import ROOM
from grassroots.states import State as M
from members.models import Appointment, Organization, OrganizationKind, Post
from members.query_codes import code_hash
from workflow.histories import History

DEMO_CODE = "DEMQ234567"  # the same for every demonstration matter
# The second is that of the printed log-in.
# name, kind, level, township, upper (by place in this list), place
ROOMS = (
    ("县政协委员之家", VenueKind.HOME, Level.COUNTY, "", None, "县政协机关一楼"),
    ("盆尧镇协商议事室", VenueKind.ROOM, Level.TOWNSHIP, "盆尧镇", 0, "盆尧镇政府院内东楼"),
    ("权寨镇协商议事室", VenueKind.ROOM, Level.TOWNSHIP, "权寨镇", 0, "权寨镇便民服务中心二楼"),
    ("宋集镇协商议事室", VenueKind.ROOM, Level.TOWNSHIP, "宋集镇", 0, "宋集镇文化站"),
    ("柏城街道协商议事室", VenueKind.ROOM, Level.TOWNSHIP, "柏城街道", 0, "柏城街道办事处一楼大厅"),
    ("于营村协理室", VenueKind.VILLAGE, Level.VILLAGE, "盆尧镇", 1, "于营村党群服务中心"),
    ("郭庄村协理室", VenueKind.VILLAGE, Level.VILLAGE, "权寨镇", 2, "郭庄村党群服务中心"),
    ("芦庙乡田间院坝议事点", VenueKind.MOBILE, Level.TOWNSHIP, "芦庙乡", 0, "随协商议题定，一般在九品村文化广场"),
)  # fmt: skip
# title, what it is about, what was agreed, who answers for it
TOPICS = (
    ("疏通村口排水沟", "排水沟淤堵多年，雨天积水，出行不便。", "清淤并加盖排水沟", ""),
    ("路灯不亮影响夜间出行", "主路二十多盏路灯有一半不亮，老人孩子晚上不敢出门。", "维修路灯并明确管护人", ""),
    ("自来水管道老化漏水", "管道用了近二十年，经常停水漏水，水费也高。", "分段更换供水管道", "县水利局"),
    ("小区门口停车混乱", "上下班时段车辆占道，消防车进不来。", "划定停车位，错时停车", "县城市管理局"),
    ("村级文化广场健身器材损坏", "健身器材坏了没有人修，有安全隐患。", "更换损坏器材，定期检查", "县文化广电旅游局"),
    ("垃圾清运不及时", "垃圾池三四天才清一次，夏天气味大。", "每天清运一次，增设分类桶", "县城市管理局"),
    ("农忙时节粮食晾晒占路", "收获季节在公路上晒粮，容易出事故。", "利用闲置场院建晾晒场", "县农业农村局"),
    ("学校周边道路拥堵", "放学时家长车辆集中，孩子过马路危险。", "增设斑马线和护学岗", "县公安局"),
    ("老旧小区加装晾衣架", "居民在绿化带拉绳晾衣，既不美观又不安全。", "在空地集中安装晾衣架", ""),
    ("乡村公交站点太远", "离最近的站点有两公里，老人看病不方便。", "增设招呼站，调整班次", "县交通运输局"),
    ("红白事大操大办", "随礼名目多，群众负担重。", "修订村规民约，由红白理事会监督", ""),
    ("坑塘污水整治", "村中坑塘长期无人管，水质差。", "清理坑塘，接通污水管网", "市生态环境局西平分局"),
)  # fmt: skip
# How far each matter came: those of long ago, dealt out in turn, and those of late.
OLD = (M.CLOSED, M.CLOSED, M.ARCHIVED, M.CLOSED, M.DECLINED, M.CLOSED)
LATE = (
    M.HANDLING, M.CLOSED, M.ANSWERED, M.HANDLING, M.CONVENING, M.MINUTES, M.SURVEYING, M.CLOSED, M.HANDLING, M.ANSWERED,
    M.MINUTES, M.CONVENING, M.POSTED, M.WAITING, M.WAITING, M.POSTED,
)  # fmt: skip
COUNT = 40
STEPS = (
    (Act.SELECT, M.SELECTED, clocks.SELECT), (Act.POST, M.POSTED, clocks.POST), (Act.END_POSTING, M.SURVEYING, clocks.POSTING),
    (Act.RECORD_SURVEY, M.CONVENING, clocks.SURVEY), (Act.RECORD_MEETING, M.MINUTES, clocks.MEETING),
    (Act.SIGN_MINUTES, M.AGREED, clocks.MINUTES), (Act.ASSIGN, M.HANDLING, clocks.ASSIGN),
    (Act.REPORT, M.DONE, clocks.HANDLE), (Act.ANSWER, M.ANSWERED, clocks.ANSWER), (Act.RATE, M.CLOSED, clocks.RATE),
)  # fmt: skip
GAPS = {M.SELECTED: 3, M.POSTED: 2, M.SURVEYING: 7, M.CONVENING: 9, M.MINUTES: 9, M.AGREED: 3, M.HANDLING: 2, M.DONE: 20,
        M.ANSWERED: 2, M.CLOSED: 6}  # fmt: skip
NEXT = {
    M.WAITING: (clocks.SELECT, 5), M.POSTED: (clocks.POSTING, 5), M.SURVEYING: (clocks.SURVEY, 15),
    M.CONVENING: (clocks.MEETING, 15), M.MINUTES: (clocks.MINUTES, 5), M.ANSWERED: (clocks.RATE, 15),
}  # fmt: skip


@dataclass
class Made:
    """Everything that is written at the end, kind by kind."""

    matters: list[Matter] = field(default_factory=list)
    stays: list[Stay] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)
    items: list[Consensus] = field(default_factory=list)
    notes: list[ProgressNote] = field(default_factory=list)
    ratings: list[Rating] = field(default_factory=list)
    releases: list[Release] = field(default_factory=list)
    history: History = field(default_factory=History)

    def write(self) -> int:
        for rows in (self.matters, self.stays, self.meetings, self.items, self.notes, self.ratings, self.releases):
            type(rows[0])._base_manager.bulk_create(rows)
        return self.history.write()


def fill(county, moment: datetime) -> int:
    """The rooms and their matters with events; returns how many events."""
    rooms = _rooms(county)
    made, random, numbers = Made(), Random(7), {}
    for n in range(COUNT):
        at = _working(moment - timedelta(days=700 - n * 700 // COUNT + random.randint(0, 5), hours=3))
        year = timezone.localdate(at).year
        numbers[year] = numbers.get(year, 0) + 1
        _Story(county, rooms, made, random, n, f"YS{year}-{numbers[year]:04d}", moment).tell(at)
    Series.objects.bulk_create(Series(year=year, last=last) for year, last in numbers.items())
    return made.write()


def _rooms(county) -> list[Venue]:
    starts, found = county.sessions[0].term.starts, []
    bodies = [
        Organization(kind=OrganizationKind.STATION, name=name, starts=starts, order=n)
        for n, (name, *_r) in enumerate(ROOMS)
    ]
    for body in bodies:
        body.set_keys()
    Organization.objects.bulk_create(bodies)
    for body, (_name, kind, level, town, upper, place) in zip(bodies, ROOMS, strict=True):
        township = county.organizations[f"unit:{town}"] if town else None
        found.append(Venue.objects.create(
            organization=body, kind=kind, level=level, township=township, place=place, hours="工作日 8:30—17:30",
            upper=found[upper] if upper is not None else None, about="群众有事、委员牵头、部门到场，一起商量着办。",
        ))  # fmt: skip
    Appointment.objects.bulk_create(
        Appointment(person=who, organization=venue.organization, post=post, title=title, starts=starts)
        for n, venue in enumerate(found) for who, post, title in _people(county, n, venue)
    )  # fmt: skip
    return found


def _people(county, n: int, venue: Venue):
    """A leader of the township calls the meeting, a member keeps the records."""
    host = (
        county.leaders[venue.township_id]
        if venue.township_id and venue.level == Level.TOWNSHIP
        else county.members[40 + n]
    )
    yield host, Post.HEAD, "召集人"
    yield county.members[60 + n], Post.STAFF, "联络员"


class _Story:
    """One matter from its first day to where it stands now."""

    def __init__(self, county, rooms, made: Made, random: Random, n: int, receipt: str, moment: datetime):  # noqa: PLR0913
        self.county, self.made, self.random, self.n, self.moment = county, made, random, n, moment
        self.is_old = n < COUNT - len(LATE)
        at_the_host = not self.is_old and n % 2 == 0
        self.venue, self.receipt = rooms[1 if at_the_host else (n * 3 + 1) % len(rooms)], receipt
        self.title, self.text, self.agreed, self.unit = TOPICS[n % len(TOPICS)]
        self.end = OLD[n % len(OLD)] if self.is_old else LATE[n - (COUNT - len(LATE))]
        hosts = list(_people(county, rooms.index(self.venue), self.venue))
        self.host, self.secretary = (county.user(who) for who, _post, _title in hosts)

    def tell(self, at: datetime) -> None:
        if not self.is_old and self.end in NEXT:  # what is open began lately
            at = _working(self.moment - timedelta(days=self._days_ago(), hours=2))
        elif not self.is_old and self.end == M.HANDLING:
            at = _working(self.moment - timedelta(days=45, hours=2))
        self.one = self._matter(at)
        self.made.matters.append(self.one)
        self.made.stays.append(Stay(matter=self.one, venue=self.venue, how=Came.BROUGHT, since=at))
        self._note(Act.BRING, None if self.one.code_hash else self.one.brought_by, at, M.WAITING)
        if self.end == M.DECLINED:
            self._decline(at + timedelta(days=2))
        elif self.end != M.WAITING:
            at = self._steps(at)
        self._stand(at)

    def _days_ago(self) -> int:
        order = [
            M.WAITING,
            M.SELECTED,
            M.POSTED,
            M.SURVEYING,
            M.CONVENING,
            M.MINUTES,
            M.AGREED,
            M.HANDLING,
            M.DONE,
            M.ANSWERED,
        ]
        return 3 + sum(GAPS[state] for state in order[1 : order.index(self.end) + 1])

    def _matter(self, at: datetime) -> Matter:
        source = (Source.CITIZEN, Source.CITIZEN, Source.MEMBER)[self.n % 3]
        is_citizen = source == Source.CITIZEN
        return Matter(
            receipt=self.receipt, code_hash=code_hash(self.receipt, DEMO_CODE) if is_citizen else "",
            form_key=f"demo-{self.n}", source=source, venue=self.venue, title=self.title, text=self.text,
            brought_by=None if is_citizen else self.county.user(self.county.featured[0]), received_at=at, place=self.venue.place[:60],
            contact_name="张师傅" if is_citizen and self.n % 2 else "", contact_phone="19900009999" if is_citizen and self.n % 2 else "",
        )  # fmt: skip

    def _note(self, act: str, actor, at: datetime, to: str, **more) -> None:
        self.made.history.note(self.one, act, actor, at, to, **more)

    def _decline(self, at: datetime) -> None:
        self.one.refusal, self.one.answer = Refusal.PETITION, "属于个人纠纷，请到司法所申请调解。"
        self.one.closed_on = timezone.localdate(at)
        self._note(Act.DECLINE, self.host, at, M.DECLINED)

    def _steps(self, at: datetime) -> datetime:
        self.one.category = list(Category)[self.n % 3]
        self.one.public_title, self.one.public_text = self.title, self.text
        for act, state, _step in STEPS:
            at = min(_working(at + timedelta(days=GAPS[state])), self.moment - timedelta(minutes=5))
            getattr(self, f"_{act.value}", lambda at: None)(at)
            self._note(act, self._actor(act), at, state)
            if state == self.end or (state == M.CLOSED and self.end == M.ARCHIVED):
                break
        if self.end == M.ARCHIVED:
            at = at + timedelta(days=10)
            self._note(Act.ARCHIVE, self.secretary, at, M.ARCHIVED)
        return at

    def _actor(self, act: str):
        if act == Act.RATE:
            return self.one.brought_by
        if act == Act.REPORT and self.unit:
            return self.county.user(self.county.operators[self._unit().pk])
        return self.host if act in (Act.SELECT, Act.POST, Act.SIGN_MINUTES, Act.ASSIGN) else self.secretary

    def _unit(self) -> Organization | None:
        return self.county.organizations[f"unit:{self.unit}"] if self.unit else self.venue.township

    def _post(self, at: datetime) -> None:
        self._release(at)

    def _record_survey(self, at: datetime) -> None:
        self.one.surveyed_on, self.one.surveyed_by = timezone.localdate(at), "住村委员、村干部和群众代表"
        self.one.findings = "到现场看了情况，走访了附近群众，大家都希望尽快解决。"

    def _record_meeting(self, at: datetime) -> None:
        day, draw = timezone.localdate(at), self.random.randint
        self.meeting = Meeting(
            matter=self.one, venue=self.venue, held_on=day, place=self.venue.place, host_name=self.host.person.name,
            members=draw(1, 4), stakeholders=draw(0, 3), departments=draw(1, 3), citizens=draw(5, 20), experts=draw(0, 1),
            talks="群众代表说了情况，部门介绍了政策和打算，委员提出建议，大家充分商量后取得一致。",
            not_agreed="" if self.n % 4 else "资金分摊的比例还要再商量。", recorded_by=self.secretary, recorded_at=at,
        )  # fmt: skip
        self.made.meetings.append(self.meeting)
        unit = self._unit()
        self.item = Consensus(
            matter=self.one, meeting=self.meeting, position=1, text=self.agreed, unit=unit,
            responsible="" if unit else "县政协办公室", due_on=self._workdays(day, 25),
        )  # fmt: skip
        self.made.items.append(self.item)

    def _sign_minutes(self, at: datetime) -> None:
        self.meeting.signed_by, self.meeting.signed_at = self.host, at

    def _report(self, at: datetime) -> None:
        self.item.progress, self.item.ended_on = Progress.DONE, timezone.localdate(at)
        self.made.notes.append(ProgressNote(
            item=self.item, progress=Progress.DONE, text="已经按商定的办法办完，请群众看过。", by=self._actor(Act.REPORT), at=at
        ))  # fmt: skip

    def _answer(self, at: datetime) -> None:
        self.one.answer = f"您反映的“{self.title}”已经办好：{self.agreed}。"

    def _rate(self, at: datetime) -> None:
        verdict = (Verdict.SATISFIED, Verdict.SATISFIED, Verdict.FAIR)[self.n % 3]
        way = RatedBy.CODE if self.one.code_hash else RatedBy.ACCOUNT
        self.made.ratings.append(Rating(matter=self.one, round=1, verdict=verdict, way=way, at=at))
        self.one.closed_on = timezone.localdate(at)
        self._release(at)

    def _release(self, at: datetime) -> None:
        """As the act keeps it; a newer one takes the place of the last."""
        for row in self.made.releases:
            if row.matter is self.one and row.withdrawn_at is None:
                row.withdrawn_at, row.withdrawn_because = at, "公开新的内容"
        item = getattr(self, "item", None)
        agreed = [{
            "text": item.text, "unit": item.unit.name if item.unit else ROOM,
            "due_on": item.due_on.isoformat(), "progress": item.get_progress_display(), "report": "",
        }] if item else []  # fmt: skip
        self.made.releases.append(Release(
            matter=self.one, title=masked(self.title, Rules()).text, text=masked(self.text, Rules()).text,
            findings=self.one.findings, items=agreed, answer=self.one.answer, released_by=self.host, released_at=at,
        ))  # fmt: skip

    def _stand(self, at: datetime) -> None:
        """The step that is open now, with its date."""
        day = timezone.localdate(at)
        if self.one.state == M.HANDLING:
            self.item.due_on = timezone.localdate(self.moment) + timedelta(days=6 - 3 * (self.n % 4))
            self.one.step, self.one.step_from, self.one.due_on = clocks.HANDLE, day, self.item.due_on
        elif self.one.state in NEXT:
            step, days = NEXT[self.one.state]
            self.one.step, self.one.step_from, self.one.due_on = step, day, self._workdays(day, days)

    @staticmethod
    def _workdays(day: date, count: int) -> date:
        return calendar.add_workdays(day, count)


def _working(at: datetime) -> datetime:
    """The same day in working hours."""
    return timezone.localtime(at).replace(hour=9 + at.day % 8, minute=at.day)
