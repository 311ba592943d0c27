"""From one kind of matter to another: apps of one layer do not know each other, so their handlers are wired here."""

from consultations import conversions as consulted
from consultations.models import Conversion
from grassroots import onward
from grassroots.kinds import Onward
from members.models import Organization, Person
from opinions import conversions, taking_over
from opinions import intake as reports
from opinions.kinds import Origin
from proposals import dispositions, intake
from proposals.dispositions import Handed
from proposals.kinds import Disposition


class ProposalToOpinion:
    """转社情民意: what 提案委 does not file goes on as a report that credits the same authors (proposals.dispositions)."""

    def convert(self, handed: Handed) -> str:
        report = taking_over.take(
            source=handed.proposal_id, number=handed.number, title=handed.title, situation=handed.situation,
            suggestions=handed.suggestions, person_ids=handed.person_ids, organization_id=handed.organization_id,
            file_ids=handed.file_ids,
        )  # fmt: skip
        return f"社情民意 {report.number}"

    def why_kept(self, proposal_id: int) -> str:
        return taking_over.why_kept(proposal_id)

    def give_back(self, proposal_id: int) -> None:
        taking_over.give_back(proposal_id)


def opinion_to_proposal(wanted: conversions.Wanted) -> str:
    """A report becomes a proposal draft of its author (opinions.conversions)."""
    body = Organization.objects.get(pk=wanted.organization_id) if wanted.organization_id else None
    person = Person.objects.get(pk=wanted.person_id)
    draft = intake.draft_from(person, wanted.title, wanted.situation, wanted.suggestions, wanted.origin, body)
    return f"提案草稿《{draft}》"


def consulted_to_proposal(handed: consulted.Handed) -> str:
    """What was said or recommended in a consultation becomes a proposal draft of who asked for it."""
    draft = intake.draft_from(handed.person, handed.title, handed.situation, handed.suggestions, handed.origin)
    return f"提案草稿《{draft}》"


def consulted_to_opinion(handed: consulted.Handed) -> str:
    """The same as a draft of a report."""
    suggestions = "\n".join(handed.suggestions)
    reports.draft_from(handed.person, handed.title, handed.situation, suggestions, handed.origin, Origin.CONSULTATION)
    return f"社情民意信息草稿《{handed.title}》"


class MatterToProposal:
    """A matter of 基层协商 goes on as a proposal draft of the member who was asked (grassroots.onward)."""

    def convert(self, handed: onward.Handed) -> str:
        person = Person.objects.get(pk=handed.person_id)
        draft = intake.draft_from(person, handed.title, handed.situation, handed.suggestions, handed.origin)
        return f"提案草稿《{draft}》"


class MatterToOpinion:
    """The same as a draft of a report."""

    def convert(self, handed: onward.Handed) -> str:
        person, suggestions = Person.objects.get(pk=handed.person_id), "\n".join(handed.suggestions)
        reports.draft_from(person, handed.title, handed.situation, suggestions, handed.origin, Origin.GRASSROOTS)
        return f"社情民意信息草稿《{handed.title}》"


def connect() -> None:
    """Called once when the portal is ready."""
    dispositions.register(Disposition.OPINION, ProposalToOpinion())
    conversions.register(opinion_to_proposal)
    consulted.register(Conversion.Target.PROPOSAL, consulted_to_proposal)
    consulted.register(Conversion.Target.OPINION, consulted_to_opinion)
    onward.register(Onward.PROPOSAL, MatterToProposal())
    onward.register(Onward.OPINION, MatterToOpinion())
