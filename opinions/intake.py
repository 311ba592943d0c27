"""Reports that other matters become: a draft of the person, with where it came from on file."""

from django.db import transaction
from django.utils import timezone

from members.models import Appointment, Member, Person, Post
from members.periods import today
from workflow.actors import SYSTEM
from workflow.engine import open_case

from .acts import Act
from .drafting import no_right
from .kinds import Origin, Reporter
from .models import OpinionReport
from .states import State
from .validators import TITLE_MAX


@transaction.atomic
def draft_from(
    person: Person, title: str, situation: str, suggestions: str, origin: str, kind: str = Origin.OTHER
) -> OpinionReport:
    """A draft of the person's, in the transaction of the caller. `origin`: the other matter in words.

    Raises NotAllowed for a person who may not report.
    The person completes, declares and submits it; nothing is submitted in anybody's name. A text that is too long comes
    whole: the writing page says what is to be cut.
    """
    report = OpinionReport(
        author=person, state=State.DRAFT, reporter=_reporter_of(person), origin=kind, origin_note=origin[:120],
        title=title.strip()[:TITLE_MAX], situation=situation.strip(), suggestions=suggestions.strip(),
        saved_at=timezone.now(),
    )  # fmt: skip
    open_case(Act.BEGIN, "起草", report, SYSTEM, on_behalf_of=person.name)
    return report


def _reporter_of(person: Person) -> str:
    """As what the person may report today. Raises NotAllowed for those who may not."""
    if Member.objects.in_office(today()).filter(person=person).exists():
        return Reporter.MEMBER
    if Appointment.objects.on(today()).filter(person=person, post=Post.INFORMANT).exists():
        return Reporter.INFORMANT
    raise no_right()
