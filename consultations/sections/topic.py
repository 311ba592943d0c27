"""What the page of a topic shows to one reader, piece by piece; each piece one query or none."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Prefetch, Q, Value
from django.db.models.functions import Coalesce, NullIf

from consultations import attachments, dates, drafting
from consultations.attachments import READS_INSTRUCTIONS, TAKING_PART
from consultations.kinds import Mode
from consultations.models import Meeting, Opinion, Outcome, Recommendation, Speech, Survey, Topic
from consultations.roles import Role
from consultations.states import OpinionState, TopicState, tone_of
from deadlines.book import Book
from documents import form_files
from documents.models import Attachment
from workflow.querysets import roles_on

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
UNITS, INVITED, TEAM, PRESENT = "units", "invited", "team", "present"


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
        ]
    first, *others = (rows.order_by().values_list(Value(kind), *columns) for kind, rows, *columns in lists)
    found: dict[tuple[str, int], list[str]] = defaultdict(list)
    for kind, row, _order, shown, _pinyin in sorted(first.union(*others, all=True), key=lambda one: (one[2], one[4])):
        found[kind, row].append(shown)
    return found


def meetings(topic: Topic, book: Book, people: dict) -> list:
    if topic.held_on is None:
        return []
    said = Prefetch("speeches", queryset=Speech.objects.select_related("person", "unit").order_by("pk"))
    rows = list(topic.meetings.prefetch_related(said).order_by("on", "pk"))
    for one in rows:
        one.names, one.is_open = people.get((PRESENT, one.pk), []), one.minutes_on is None
        one.sign = dates.sign(dates.MINUTES, one.on, one.minutes_due_on, book) if one.minutes_on is None else ("", "")
    return rows


def surveys(topic: Topic, people: dict) -> list:
    if not getattr(topic, "has_surveys", True):
        return []
    rows = list(topic.surveys.order_by("first_day", "pk"))
    for one in rows:
        one.names = people.get((TEAM, one.pk), [])
    return rows


def with_files(topic: Topic, meetings: list, surveys: list) -> list[dict]:
    """The topic's own files; those of its meetings and surveys are put with them. One query."""
    places = {(attachments.TOPIC, topic.pk): []}
    places |= {(attachments.MEETING, one.pk): [] for one in meetings} | {
        (attachments.SURVEY, one.pk): [] for one in surveys
    }
    wanted = Q(pk__in=[])
    for subject in {subject for subject, _pk in places}:
        wanted |= Q(subject=subject, subject_id__in=[pk for name, pk in places if name == subject])
    for file in Attachment.objects.filter(wanted).order_by("created_at", "pk"):
        places[file.subject, file.subject_id].append(form_files.entry(file))
    for subject, rows in ((attachments.MEETING, meetings), (attachments.SURVEY, surveys)):
        for one in rows:
            one.files = places[subject, one.pk]
    return places[attachments.TOPIC, topic.pk]


def opinions(topic: Topic, reader: Reader) -> list[tuple[str, list[Opinion]]]:
    """The submitted opinions this reader may read, under their headings; without names for other members if promised."""
    if not (getattr(topic, "has_opinions", True) and may_read_opinions(topic, reader)):
        return []
    rows = Opinion.objects.for_acting().filter(topic=topic, state=OpinionState.SUBMITTED).order_by("submitted_at", "pk")
    groups: dict[str, list[Opinion]] = {}
    for one in rows:
        one.who = (
            str(one.person)
            if reader.works_on_it or not topic.is_anonymous or one.person_id == reader.person_id
            else "一位委员"
        )
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


def own_opinion(topic: Topic, user, reader: Reader) -> dict:
    """What the member wrote, and whether there is a way to write."""
    if not reader.roles & {Role.MEMBER, Role.PARTICIPANT}:
        return {}
    return {"mine": drafting.opinion_of(topic, user), "may_speak": drafting.may_speak(topic, user)}
