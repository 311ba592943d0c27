"""Proposals that other matters become: a draft of the person, whose first event says where it came from."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from members.models import Member, Organization, Person
from members.periods import today
from workflow.actors import SYSTEM
from workflow.engine import open_case
from workflow.errors import NotAllowed

from . import attachments
from .acts import ProposalAct
from .kinds import Kind
from .models import Proposal, Suggestion
from .secrecy import recording
from .states import ProposalState
from .validators import SUGGESTIONS_MAX, TITLE_MAX
from .windows import session_for_new

LABEL_MAX = 40


@transaction.atomic
def draft_from(
    person: Person, title: str, situation: str, suggestions: Sequence[str], origin: str,
    organization: Organization | None = None,
) -> Proposal:  # fmt: skip
    """A draft of the person's, or of the body they speak for, in the transaction of the caller. `origin`: in words.

    The person completes, declares and submits it. Raises Refused while no session has been set up, NotAllowed for a
    person who holds no seat: whoever took part in a consultation may be of a unit.
    """
    if organization is None and not Member.objects.in_office(today()).filter(person=person).exists():
        raise NotAllowed("只有在任委员可以提出个人提案。", "请与身边的委员联系，由委员提出。", code="not_a_member")
    proposal = Proposal(
        session=session_for_new(), state=ProposalState.DRAFT, kind=Kind.COLLECTIVE if organization else Kind.INDIVIDUAL,
        first_proposer=None if organization else person, organization=organization, drafter=person,
        title=title.strip()[:TITLE_MAX], situation=situation.strip(), saved_at=timezone.now(),
    )  # fmt: skip
    open_case(ProposalAct.CREATE, f"据{origin}起草"[:LABEL_MAX], proposal, SYSTEM, on_behalf_of=person.name)
    texts = _no_more_than_fit([text for text in (given.strip() for given in suggestions) if text])
    Suggestion.objects.bulk_create(
        Suggestion(proposal=proposal, position=n, text=text) for n, text in enumerate(texts, start=1)
    )
    recording.record(proposal, attachments.of_proposal(proposal))
    return proposal


def _no_more_than_fit(texts: list[str]) -> list[str]:
    """The writing page takes so many; what is over stands together in the last one, and nothing is lost."""
    last = SUGGESTIONS_MAX - 1
    return texts if len(texts) <= SUGGESTIONS_MAX else [*texts[:last], "\n".join(texts[last:])]
