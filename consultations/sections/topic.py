"""What the page of a topic shows to one reader, piece by piece; each piece one query or none."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q, Value
from django.db.models.functions import Coalesce, Concat, NullIf

from consultations import attachments, dates
from consultations.attachments import READS_INSTRUCTIONS, TAKING_PART
from consultations.kinds import Mode
from consultations.models import Meeting, Opinion, Outcome, Recommendation, Speech, Survey, Topic
from consultations.roles import Role
from consultations.states import OpinionState, TopicState, tone_of
from deadlines.book import Book
from documents import form_files
from documents.models import Attachment
from workflow.querysets import roles_on
from workflow.together import together

INSIDE = {Role.OFFICE, Role.LEAD, Role.LEAD_HEAD, Role.HOUSE, Role.LEADER, Role.OVERSEER}
NAMED = {Role.OFFICE, Role.LEAD}


@dataclass(frozen=True)
class Reader:
    """What this person may see of the topic, from the roles read with it."""

    roles: frozenset[str]
    person_id: int | None

    @classmethod
    def of(cls, user, topic: Topic) -> "Reader":
        return cls(roles_on(topic), getattr(user, "person_id", None))

    @property
    def is_inside(self) -> bool:
        return bool(self.roles & INSIDE)

    @property
    def takes_part(self) -> bool:
        return bool(self.roles & TAKING_PART)

    @property
    def reads_instructions(self) -> bool:
        return bool(self.roles & READS_INSTRUCTIONS)

    @property
    def may_write(self) -> bool:
        """Whether an opinion of their own can be there."""
        return self.person_id is not None and bool(self.roles & {Role.MEMBER, Role.PARTICIPANT})

    @property
    def works_on_it(self) -> bool:
        return bool(self.roles & NAMED)


def due_lines(topic: Topic, book: Book) -> list[dict]:
    """通知, 材料 and the report with their dates: done, or how long there is."""
    found = []
    for step, label, since, due_on, done_on, verb in (
        (dates.NOTICE, "协商通知", topic.dated_at, topic.notice_due_on, topic.notice_on, "发出"),
        (dates.MATERIALS, "会议材料", topic.dated_at, topic.materials_due_on, topic.materials_on, "发出"),
        (dates.REPORT, "协商成果", topic.held_on, topic.report_due_on, topic.reported_on, "报送"),
    ):
        if due_on:
            colour, word = dates.sign(step, since, due_on, book)
            late = (done_on - due_on).days if done_on and done_on > due_on else 0
            found.append(
                {"label": label, "due_on": due_on, "done_on": done_on, "colour": colour, "word": word, "late": late,
                 "verb": verb}
            )  # fmt: skip
    return found


SHORT = Coalesce(NullIf("organization__short_name", Value("")), "organization__name")
SPEAKING_UNIT = Coalesce(NullIf("unit__short_name", Value("")), "unit__name", Value(""))
SPEAKER = Concat(SPEAKING_UNIT, Coalesce("person__name", "name"))  # as Speech.who
UNITS, INVITED, TEAM, PRESENT, SAID = "units", "invited", "team", "present", "said"


def names(topic: Topic, reader: Reader) -> dict[tuple[str, int], list[str]]:
    """(which list, id of the row it belongs to) → the names on it: all lists of the page in one query."""
    name, pinyin = "person__name", "person__pinyin"
    lists = [
        (UNITS, Topic.units.through.objects.filter(topic=topic), "topic_id", "organization__order", SHORT,
         "organization__pinyin"),
    ]  # fmt: skip
    if reader.takes_part:
        lists += [
            (INVITED, topic.participants, "topic_id", Value(0), name, pinyin),
            (TEAM, Survey.team.through.objects.filter(survey__topic=topic), "survey_id", Value(0), name, pinyin),
            (
                PRESENT,
                Meeting.present.through.objects.filter(meeting__topic=topic),
                "meeting_id",
                Value(0),
                name,
                pinyin,
            ),
            (SAID, Speech.objects.filter(meeting__topic=topic), "pk", Value(0), SPEAKER, Value("")),
        ]
    first, *others = (rows.order_by().values_list(Value(kind), *columns) for kind, rows, *columns in lists)
    found: dict[tuple[str, int], list[str]] = defaultdict(list)
    for kind, row, _order, shown, _pinyin in sorted(first.union(*others, all=True), key=lambda one: (one[2], one[4])):
        found[kind, row].append(shown)
    return found


@dataclass(frozen=True)
class Work:
    """What was done for the topic, each meeting and survey with its files, and the topic's own files."""

    meetings: list[Meeting]
    surveys: list[Survey]
    files: list[dict]


def work(topic: Topic, book: Book, people: dict) -> Work:
    """All of it in one query; the names were asked before."""
    meetings, said, surveys, files = together(
        Meeting.objects.filter(topic=topic), Speech.objects.filter(meeting__topic=topic),
        Survey.objects.filter(topic=topic), _files(topic),
    )  # fmt: skip
    meetings.sort(key=lambda one: one.on)
    surveys.sort(key=lambda one: one.first_day)
    _with_speeches(meetings, said, people)
    for one in meetings:
        one.names, one.is_open = people.get((PRESENT, one.pk), []), one.minutes_on is None
        one.sign = dates.sign(dates.MINUTES, one.on, one.minutes_due_on, book) if one.is_open else ("", "")
    for one in surveys:
        one.names = people.get((TEAM, one.pk), [])
    return Work(meetings, surveys, _with_files(files, meetings, surveys))


def _files(topic: Topic):
    own = Q(subject=attachments.TOPIC, subject_id=topic.pk)
    met = Q(subject=attachments.MEETING, subject_id__in=topic.meetings.order_by().values("pk"))
    seen = Q(subject=attachments.SURVEY, subject_id__in=topic.surveys.order_by().values("pk"))
    return Attachment.objects.filter(own | met | seen)


def _with_speeches(meetings: list[Meeting], said: list[Speech], people: dict) -> None:
    of = defaultdict(list)
    for one in said:
        one.speaker = "".join(people.get((SAID, one.pk), []))
        of[one.meeting_id].append(one)
    for meeting in meetings:
        meeting.said = of[meeting.pk]


def _with_files(files: list[Attachment], meetings: list, surveys: list) -> list[dict]:
    """The topic's own; those of its meetings and surveys are put with them."""
    places: dict[tuple[str, int], list[dict]] = defaultdict(list)
    for file in sorted(files, key=lambda one: (one.created_at, one.pk)):
        subject = attachments.TOPIC if file.subject == attachments.TOPIC else (file.subject, file.subject_id)
        places[subject].append(form_files.entry(file))
    for subject, rows in ((attachments.MEETING, meetings), (attachments.SURVEY, surveys)):
        for one in rows:
            one.files = places[subject, one.pk]
    return places[attachments.TOPIC]


@dataclass(frozen=True)
class Said:
    """`groups`: the submitted opinions under their headings; `mine`: the reader's own, a draft too."""

    groups: list[tuple[str, list[Opinion]]]
    mine: Opinion | None


def said(topic: Topic, reader: Reader) -> Said:
    """What this reader may read; without names for other members if promised. One query."""
    readable, own = may_read_opinions(topic, reader), Q(person=reader.person_id)
    if not readable and not reader.may_write:
        return Said([], None)
    shown = Q(state=OpinionState.SUBMITTED) if readable else Q(pk__in=[])
    rows = Opinion.objects.filter(shown | own if reader.may_write else shown, topic=topic).select_related("person")
    rows = list(rows.order_by("submitted_at", "pk"))
    mine = next((one for one in rows if one.person_id == reader.person_id), None) if reader.may_write else None
    return Said(_grouped(topic, reader, rows) if readable else [], mine)


def _grouped(topic: Topic, reader: Reader, rows: list[Opinion]) -> list[tuple[str, list[Opinion]]]:
    groups: dict[str, list[Opinion]] = {}
    for one in rows:
        if one.state == OpinionState.SUBMITTED:
            named = reader.works_on_it or not topic.is_anonymous or one.person_id == reader.person_id
            one.who = str(one.person) if named else "一位委员"
            groups.setdefault(one.heading or "", []).append(one)
    return sorted(groups.items(), key=lambda pair: (pair[0] == "", pair[0]))


def may_read_opinions(topic: Topic, reader: Reader) -> bool:
    if reader.works_on_it or reader.roles & {Role.LEADER, Role.PARTICIPANT}:
        return True
    return Role.MEMBER in reader.roles and topic.mode != Mode.INVITED


def outcomes(topic: Topic, user) -> list[Outcome]:
    if topic.state == TopicState.WAITING:
        return []
    rows = list(Outcome.objects.visible_to(user).filter(topic=topic).order_by("pk"))
    for one in rows:
        one.tone = tone_of(one.state)
    return rows


def items(topic: Topic, user) -> list[Recommendation]:
    if topic.reported_on is None:
        return []
    rows = list(
        Recommendation.objects.visible_to(user).for_list().sent().filter(topic=topic).order_by("outcome", "position")
    )
    for one in rows:
        one.tone = tone_of(one.state)
    return rows
