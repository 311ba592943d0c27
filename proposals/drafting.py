"""Writing: verbs that change a draft's text without changing its state (no event per keystroke)."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from members.delegating import held
from members.models import Organization, Person
from members.periods import today
from members.posts import posts_of
from workflow.engine import open_case
from workflow.errors import NotAllowed, NotFound, Refused, TooLate
from workflow.querysets import read_case, roles_on

from . import attachments
from .acts import ProposalAct
from .guards import why_agreed_text_stays
from .kinds import Kind
from .models import Proposal, Suggestion, TextSnapshot
from .roles import WRITERS, Role
from .secrecy import recording
from .states import ProposalState
from .windows import session_for_new

DRAFT_FIELDS = (
    "title", "situation", "business_category", "overall_category", "no_secrets", "own_work",
    "publish_consent", "publish_refusal", "accepts_support",
)  # fmt: skip
# The proposer's own to make, whoever writes the text.
DECLARATIONS = ("no_secrets", "own_work", "publish_consent", "publish_refusal", "accepts_support")


def may_create(user) -> bool:
    """Members in office and contacts of a party, organisation, sector, group or committee."""
    posts = posts_of(user)
    return posts.is_member or bool(posts.organizations("contact", "convener"))


def members_of(user):
    """The members in office who let this user prepare drafts for them today."""
    return Person.objects.filter(pk__in=held(user.person_id).values("grantor_id") if user.person_id else [])


def create(user, organization: Organization | None = None, member: Person | None = None) -> Proposal:
    """A new empty draft: the user's own, of the organization whose contact they are, or of a member who lets them."""
    posts = posts_of(user, fresh=True)
    if member is not None:
        return _create_for(user, member)
    if organization is None and not posts.is_member:
        raise NotAllowed("只有在任委员可以提出个人提案。", "集体提案请由单位联系人选择提案单位后起草。")
    if organization and organization.pk not in posts.organizations("contact", "convener"):
        raise NotAllowed("您不是这个单位的联系人，不能代它起草提案。", "请联系提案委核对联系人任职。")
    if organization and not organization.in_force(today()):
        raise NotAllowed(
            f"{organization}已经撤并，不再提出新的提案。", f"请以{organization.successor or '接续的单位'}的名义起草。"
        )
    proposal = Proposal(
        session=session_for_new(),
        state=ProposalState.DRAFT,
        kind=Kind.COLLECTIVE if organization else Kind.INDIVIDUAL,
        first_proposer=None if organization else user.person,
        organization=organization,
        drafter=user.person,
    )
    open_case(ProposalAct.CREATE, "起草", proposal, user)
    return proposal


def _create_for(user, member: Person) -> Proposal:
    if not members_of(user).filter(pk=member.pk).exists():
        raise NotAllowed(f"{member}没有授权您代为起草，或者授权已经到期、收回。", "请联系委员本人在“代为起草”里授权。")
    proposal = Proposal(
        session=session_for_new(),
        state=ProposalState.DRAFT,
        kind=Kind.INDIVIDUAL,
        first_proposer=member,
        drafter=user.person,
    )
    open_case(ProposalAct.CREATE, f"由{user}代{member}起草"[:40], proposal, user, on_behalf_of=member.name)
    return proposal


def may_write(proposal: Proposal) -> bool:
    """Whether the user for whom `with_roles_of` read the row may write its text now."""
    return proposal.state in ProposalState.EDITABLE and bool(roles_on(proposal) & set(WRITERS))


def is_secretary(proposal: Proposal) -> bool:
    """Whether the user for whom `with_roles_of` read the row writes it for its proposer."""
    return Role.SECRETARY in roles_on(proposal)


def why_not(proposal: Proposal) -> Refused:
    """The refusal to write, for a user for whom `may_write` is false."""
    if not roles_on(proposal) & set(WRITERS):
        return NotAllowed("只有提案人可以修改提案文字。", "如需修改，请与第一提案人联系。")
    is_cosigning = proposal.state == ProposalState.COSIGNING
    way_back = "如需修改，请先点“返回修改”。" if is_cosigning else "如需修改，请联系提案委退回修改。"
    agreed = why_agreed_text_stays(proposal) if is_cosigning else None
    if agreed is not None:
        return TooLate(agreed.sentence, agreed.next_step, code=agreed.code)
    return TooLate(f"提案目前是“{proposal.get_state_display()}”，文字已锁定。", way_back)


def just_opened(user, organization: Organization | None, data: dict, member: Person | None = None) -> Proposal | None:
    """The draft a first save opened a moment ago whose answer was lost on the way: same words, same writer."""
    moment_ago = timezone.now() - timedelta(minutes=2)
    mine = Proposal.objects.filter(drafter_id=user.person_id, organization=organization)
    mine = mine.filter(first_proposer=member or (None if organization else user.person))
    same = mine.filter(title=data.get("title", ""), situation=data.get("situation", ""))
    return same.filter(state=ProposalState.DRAFT, created_at__gte=moment_ago).first()


def editable(user):
    """The proposals whose text the user may write now."""
    rows = Proposal.objects.visible_to(user).with_roles_of(user)
    return rows.filter(state__in=ProposalState.EDITABLE)


@transaction.atomic
def save(proposal: Proposal, user, data: dict, suggestions=None, units=None, seen_version=None):
    """Store what was typed; nothing has to be complete. Returns the proposal with its new version.

    `data` holds any of DRAFT_FIELDS; `suggestions` is the list of texts in order, `units` the
    suggested units; None leaves them. Raises TooLate when someone saved in between.
    """
    fresh = _lock_for_writing(proposal, user)
    if seen_version is not None and seen_version != fresh.version:
        raise TooLate("这份草稿已在别处保存过更新的内容。", "请比较两份文字后选择保留哪一份。", code="stale_page")
    own = DECLARATIONS if is_secretary(fresh) else ()
    for name in DRAFT_FIELDS:
        if name in data and name not in own:
            setattr(fresh, name, data[name])
    if own:  # what the member declared was of another text
        fresh.no_secrets = fresh.own_work = False
    fresh.version += 1
    fresh.saved_at = fresh.changed_at = timezone.now()
    fresh.save(update_fields=[*DRAFT_FIELDS, "version", "saved_at", "changed_at"])
    if suggestions is not None:
        write_suggestions(fresh, suggestions)
    if units is not None:
        fresh.suggested_units.set(units)
    recording.record(fresh, attachments.of_proposal(fresh))
    return fresh


def _lock_for_writing(proposal: Proposal, user) -> Proposal:
    Proposal._base_manager.select_for_update().filter(pk=proposal.pk).values("pk").first()
    fresh = read_case(Proposal, proposal.pk, user)
    if fresh is None:
        raise NotFound
    if not may_write(fresh):
        raise why_not(fresh)
    return fresh


def write_suggestions(proposal: Proposal, texts: list[str]) -> None:
    """Make the items equal to `texts`, keeping the rows of unchanged positions."""
    texts = [text for text in (t.strip() for t in texts) if text]
    kept = {s.position: s for s in proposal.suggestions.all()}
    for position, text in enumerate(texts, start=1):
        row = kept.pop(position, None)
        if row is None:
            Suggestion.objects.create(proposal=proposal, position=position, text=text)
        elif row.text != text:
            row.text = text
            row.save(update_fields=["text"])
    Suggestion.objects.filter(pk__in=[row.pk for row in kept.values()]).delete()


def keep_text(proposal: Proposal, occasion: str, user, at) -> TextSnapshot:
    """Put the text as it stands on file."""
    return TextSnapshot.objects.create(
        proposal=proposal,
        occasion=occasion,
        title=proposal.title,
        situation=proposal.situation,
        suggestions=list(proposal.suggestions.values_list("text", flat=True)),
        by=user if getattr(user, "pk", None) else None,
        at=at,
    )
