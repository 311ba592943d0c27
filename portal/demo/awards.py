"""评优 and 归档 of a session that is over: what was put away, what was nominated, what the 主席会议 chose."""

from datetime import timedelta

from django.utils import timezone

from members.models import Session
from proposals.acts import ProposalAct
from proposals.models import AwardNomination, AwardSelection, AwardStage
from proposals.states import ProposalState as P

from .county import County
from .story import Story

MOST, CHOSEN = 12, 8
WAIT, MEETING, KEPT_AFTER = 400, 415, 40  # days after the window closed, and after a case was closed
UNITS = ("县教育局", "县住房城乡建设局")


def choose(stories: list[Story], county: County, session: Session, now) -> None:
    """For sessions of which everything is done; the present one is left to whoever looks at the demonstration."""
    _archive(stories, county, now)
    at = session.window_closes + timedelta(days=WAIT)
    decided = session.window_closes + timedelta(days=MEETING)
    best = [story for story in stories if _is_good(story, at)][:MOST]
    if decided > now or not best:
        return
    selection = AwardSelection(
        session=session, stage=AwardStage.PUBLISHED, decided_on=timezone.localdate(decided), published_at=decided,
        document=f"西协发〔{timezone.localdate(decided).year}〕6号",
    )  # fmt: skip
    best[0].add(selection)
    for place, story in enumerate(best):
        _nominate(story, selection, county, at, decided if place < CHOSEN else None)
    for name in UNITS:
        unit = county.organizations.get(f"unit:{name}")
        if unit is not None:
            best[0].add(
                _nomination(selection, county, at, unit=unit, chosen=True, reason="办理及时，面商充分，件件有回音。")
            )


def _is_good(story: Story, at) -> bool:
    proposal = story.proposal
    done = proposal.state == P.CLOSED and not proposal.closed_unrated and proposal.closed_at < at
    return done and (proposal.published_at is None or proposal.published_at < at)


def _archive(stories: list[Story], county: County, now) -> None:
    """Everything closed long ago was put away by the staff."""
    for story in stories:
        proposal = story.proposal
        if proposal.state == P.CLOSED and (at := proposal.closed_at + timedelta(days=KEPT_AFTER)) < now:
            proposal.archived_at = at
            story.note(ProposalAct.ARCHIVE, county.staff[0], at)


def _nominate(story: Story, selection: AwardSelection, county: County, at, decided) -> None:
    reason = "选题准、调研实、建议具体，办理效果好。"
    nomination = _nomination(selection, county, at, proposal=story.proposal, chosen=decided is not None, reason=reason)
    story.add(nomination)
    story.note(ProposalAct.NOMINATE, county.staff[0], at, reason=reason)
    if decided:
        story.proposal.excellent_on = timezone.localdate(decided)
        story.note(ProposalAct.AWARD, county.heads[0], decided, award_document=selection.document)


def _nomination(selection: AwardSelection, county: County, at, **more) -> AwardNomination:
    return AwardNomination(selection=selection, by=county.user(county.staff[0]), at=at, **more)
