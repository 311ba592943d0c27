"""Who is told of an act on a report, and in which words: act and number, never the title or a text."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.urls import Resolver404, resolve

from members.models import Appointment, Post
from members.periods import today
from notices import kinds
from notices.recipients import Notice
from workflow.models import Event
from workflow.transition import process_named

from .acts import Act, TransferAct
from .kinds import Urgency
from .models import OpinionReport, Transfer
from .rights import SPEAKING, office_people, signing_people
from .states import State
from .telling_words import FACTS, WORDS
from .words import BETWEEN

UNIT_POSTS = (Post.OPERATOR, Post.UNIT_LEADER)


def _authors(report: OpinionReport, part, event: Event) -> Q:
    speaking = Appointment.objects.on(today()).in_place_of([report.organization_id]).filter(post__in=SPEAKING)
    own = Q(person__in=speaking.order_by().values("person")) if report.organization_id else Q(person=report.author_id)
    return own | Q(person__in=report.co_authors.order_by().values("pk"))


def _units(report: OpinionReport, part, event: Event) -> Q:
    return _at([part.unit_id] if part else event.data.get("units", []))


def _at(units: list[int]) -> Q:
    posts = Appointment.objects.on(today()).in_place_of(units).filter(post__in=UNIT_POSTS)
    return Q(person__in=posts.order_by().values("person"))


# The audiences named in the tables.
AUDIENCES = {
    "authors": _authors,
    "editors": lambda report, part, event: office_people(Post.STAFF),
    "reviewers": lambda report, part, event: office_people(Post.HEAD),
    "office": lambda report, part, event: office_people(Post.STAFF, Post.HEAD),
    "signers": lambda report, part, event: signing_people(),
    "units": _units,
    "unit": _units,
}
# What these audiences are asked to do by the act itself.
ASKED = {
    ("editors", Act.SUBMIT), ("reviewers", Act.SEND_FOR_REVIEW), ("signers", Act.REVIEW), ("office", Act.SIGN),
    ("office", Act.SIGN_BACK), ("editors", Act.REVIEW_BACK), ("authors", Act.RETURN), ("units", Act.HAND_OVER),
    ("office", TransferAct.REPLY), ("office", TransferAct.SEND_BACK), ("unit", TransferAct.CHECK_BACK),
    ("unit", TransferAct.URGE),
}  # fmt: skip
SHOWS_REASON = {
    Act.RETURN,
    Act.KEEP,
    Act.REVIEW_BACK,
    Act.SIGN_BACK,
    TransferAct.SEND_BACK,
    TransferAct.CHECK_BACK,
    TransferAct.RECALL,
    TransferAct.URGE,
    TransferAct.POSTPONE,
}
# What is heard of a text that unites several reports: the author of each is told, at their own report.
HEARD = (Act.FORWARD, Act.ADOPT, Act.INSTRUCT, Act.VOID)


def notices_for(event: Event) -> list[Notice]:
    """For each active account meant by the row's audiences, the actor left out; the first one for a person counts."""
    report, part = _case(event)
    names = dict.fromkeys(n for row in process_named(event.process).rows_of(event.act) for n in row.notify)
    if report is None:
        return []
    told = [notice for name in names for notice in _notices(name, report, part, event)]
    united = report.combined.filter(state=State.ISSUED).order_by("pk") if event.act in HEARD else ()
    return told + [notice for one in united for notice in _notices("authors", one, part, event)]


def _case(event: Event) -> tuple[OpinionReport | None, Transfer | None]:
    report = OpinionReport.objects.for_acting().filter(pk=event.case_id).first()
    if event.process == OpinionReport.process_name:
        return report, None
    return report, Transfer.objects.for_acting().filter(pk=event.object_id).first()


def _notices(name: str, report: OpinionReport, part: Transfer | None, event: Event) -> Iterable[Notice]:
    if name == "editors" and report.submitted_at is None:  # a draft is nobody's but its author's
        return
    users = get_user_model().objects.filter(AUDIENCES[name](report, part, event), is_active=True)
    subject = f"【社情民意】{event.label}：{report.number}"
    lines = [WORDS[event.process, event.act][name].format_map(_Facts(report, part, event))]
    told_why = event.act in SHOWS_REASON and (name != "authors" or event.act not in BETWEEN)
    if event.reason and told_why and not report.moved_offline_at:
        lines.append(f"说明：{event.reason}")
    asked = (name, event.act) in ASKED
    pressing = asked and report.urgency == Urgency.PRESSING
    url = (part or report).get_absolute_url()
    for pk in users.exclude(pk=event.actor_id).order_by("pk").values_list("pk", flat=True):
        yield Notice(
            pk, subject, "\n".join(lines), url, kinds.ACT if asked else kinds.INFO, pressing, event.label, report.number
        )


class _Facts(dict):
    """The words in braces, each looked up only when a sentence uses it."""

    def __init__(self, report, part, event):
        super().__init__()
        self.of = (report, part, event)

    def __missing__(self, name: str) -> str:
        return FACTS[name](*self.of)


def titles(user, urls: Iterable[str]) -> dict[str, str | None]:
    """Address → title of the report there, None where the user does not see it; other pages are left out."""
    keys = {url: pk for url in urls if (pk := _key(url))}
    if not keys:
        return {}
    named = ("title", "state", "edited_title", "on_behalf", "citizen_name")
    seen = OpinionReport.objects.visible_to(user).filter(pk__in=keys.values()).only(*named)
    found = {report.pk: report.shown_title for report in seen}
    return {url: found.get(pk) for url, pk in keys.items()}


def _key(url: str) -> int | None:
    try:
        match = resolve(urlsplit(url).path)
    except Resolver404:
        return None
    return match.kwargs["pk"] if match.view_name == "opinions:detail" else None
