"""Reports that other matters become: a draft of the person, with where it came from on file."""

from django.db import transaction
from django.utils import timezone

from members.models import Person
from workflow.actors import SYSTEM
from workflow.engine import open_case

from .acts import Act
from .kinds import Origin, Reporter
from .models import OpinionReport
from .states import State
from .validators import TITLE_MAX


@transaction.atomic
def draft_from(
    person: Person, title: str, situation: str, suggestions: str, origin: str, kind: str = Origin.OTHER
) -> OpinionReport:
    """A draft of the person's, in the transaction of the caller. `origin`: the other matter in words.

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
    return Reporter.MEMBER if person.seats.exists() else Reporter.INFORMANT
