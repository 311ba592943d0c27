"""One case on the desk of the review: its text, what was said of it, and the form of the act."""

from django import forms

from documents.difference import Change, difference
from members.posts import posts_of
from proposals import attachments, groups, wording
from proposals.acts import ProposalAct as Act
from proposals.kinds import Recommendation
from proposals.models import Proposal
from proposals.sections import texts
from proposals.sections.acts import worth_listing
from proposals.states import TONES, ProposalState
from workflow.engine import option
from workflow.errors import Refused
from workflow.models import Event
from workflow.querysets import read_case
from workflow.transition import process_named

from . import files
from .choosing import part_of

# The acts that the desk offers, in the order of its keys; the first four are the four outcomes.
OUTCOMES = (Act.FILE, Act.MERGE, Act.RETURN, Act.REJECT)
ACTS = (
    Act.PRE_REVIEW, *OUTCOMES, Act.REVIEW_AGAIN, Act.TAKE_BACK, Act.SPLIT, Act.UNDO_SPLIT, Act.UNDO_DECISION,
)  # fmt: skip
# After these the same case stays open: there is something left to look at.
STAYING = (Act.SPLIT, Act.UNDO_SPLIT, Act.TAKE_BACK)
RECOMMENDED = {
    Recommendation.FILE: Act.FILE, Recommendation.MERGE: Act.MERGE, Recommendation.RETURN: Act.RETURN,
    Recommendation.REJECT: Act.REJECT,
}  # fmt: skip
POLISHED = ("title", "situation")
BATCHED = {"submitted": (Act.PRE_REVIEW,), "reviewed": OUTCOMES}


def seen(user, pk: int) -> Proposal | None:
    return read_case(Proposal, pk, user, rows="for_desk")


def opened(
    proposal: Proposal, user, act: str, polish: bool = False, *, known=None, form=None, typed=None, into: str = ""
) -> dict:
    """Everything the page shows of the case. `form` is a refused one, `typed` what was filled in, not yet checked;
    `known` are the groups of its session, when they were read."""
    reviews = list(proposal.reviews.select_related("reviewer__person", "business_category").prefetch_related("units"))
    linked = _linked(proposal)
    offered = [o.act for o in worth_listing(proposal, user) if o.act in ACTS and _works(o.act, proposal, linked)]
    chosen = _chosen(offered, act, reviews)
    shown, blocked = _form(proposal, user, chosen, form, {**({"into": into} if into else {}), **(typed or {})})
    polish = polish and chosen == Act.PRE_REVIEW and shown is not None
    group = groups.group_for(known, proposal.business_category_id) if known else groups.group_of(proposal)
    return {
        "proposal": proposal, "tone": TONES[proposal.state], "reviews": reviews,
        "attachments": [files.entry(file) for file in attachments.of_proposal(proposal)],
        "act": chosen, "acts": _labels(proposal, offered), "form": shown, "blocked": blocked,
        "consequence": wording.consequence("proposal", chosen) if chosen else "",
        "parts": _parts(shown, chosen), "polish": polish,
        "polished": _polished(proposal, shown) if polish else [], "changes": [], "asked": False,
        "wordings": [w for w in texts.wordings(proposal) if w.changes] if reviews else [],
        "linked": linked, "group": group, "outside": group.is_outside(user),
    }  # fmt: skip


def _works(act: str, proposal: Proposal, linked: list[tuple[str, Proposal]]) -> bool:
    """撤销分案 is offered only where something was split off that is not decided."""
    if act != Act.UNDO_SPLIT:
        return True
    return any(row.split_from_id == proposal.pk and row.state in ProposalState.UNDER_REVIEW for _word, row in linked)


def _chosen(offered: list[str], asked: str, reviews: list) -> str:
    """The act asked for; else the one the last review recommends, else the first there is."""
    if asked in offered:
        return asked
    wanted = RECOMMENDED.get(reviews[0].recommendation) if reviews else None
    if wanted in offered:
        return str(wanted)
    return offered[0] if offered else ""


def _labels(proposal: Proposal, offered: list[str]) -> list[dict]:
    """The acts as links; the four outcomes carry the keys 1 to 4."""
    keys = {str(act): str(n) for n, act in enumerate(OUTCOMES, start=1)}
    in_order = [str(act) for act in ACTS if str(act) in offered]
    return [{"act": act, "label": process_named("proposal").acts[act], "key": keys.get(act, "")} for act in in_order]


def _form(proposal: Proposal, user, act: str, form, initial: dict):
    """The form of the act, and the refusal when it does not work yet."""
    if not act:
        return None, None
    try:
        found = option(act, proposal, user)
    except Refused as refused:
        return None, refused
    if found.blocked:
        return None, found.blocked
    row = found.transition
    form = form or (row.form(initial=initial or None, case=proposal, actor=user) if row.form else None)
    if act == Act.PRE_REVIEW and form is not None:
        _with_keys(form)
    return form, None


def _with_keys(form) -> None:
    """The recommendation as four buttons to choose from, numbered by their keys."""
    choices = [(value, f"{n} {label}") for n, (value, label) in enumerate(Recommendation.choices, start=1)]
    form.fields["recommendation"].widget = forms.RadioSelect(choices=choices)


def _parts(form, act: str) -> list[dict]:
    """The fields beside the text; those for polishing stand in the text itself."""
    bound = [field for field in form or () if act != Act.PRE_REVIEW or not _is_polish(field.name)]
    return [part_of(field) for field in bound]


def _is_polish(name: str) -> bool:
    return name in POLISHED or name.startswith("suggestion_")


def _polished(proposal: Proposal, form) -> list[dict]:
    """Each original beside the field in which it is polished; the field belongs to the form at the side."""
    originals = {"title": ("案由", proposal.title), "situation": ("情况分析", proposal.situation)}
    originals |= {f"suggestion_{s.position}": (f"第 {s.position} 条建议", s.text) for s in proposal.suggestions.all()}
    rows = []
    for name, (label, text) in originals.items():
        form.fields[name].help_text = ""
        widget = form.fields[name].widget
        widget.attrs |= {"form": "act-form", "data-polish": "", "rows": max(3, len(text) // 22)}
        rows.append({"label": label, "original": text, "field": form[name]})
    return rows


def changes(proposal: Proposal, typed) -> list[Change]:
    """What the typed wording changes, part by part."""
    originals = {"title": ("案由", proposal.title), "situation": ("情况分析", proposal.situation)}
    originals |= {f"suggestion_{s.position}": (f"第 {s.position} 条建议", s.text) for s in proposal.suggestions.all()}
    found = []
    for name, (label, old) in originals.items():
        new = "\n".join(typed.get(name, "").splitlines())[:5000]
        if new.strip() and new.strip() != old.strip():
            found.append(Change(label, difference(old, new)))
    return found


def _linked(proposal: Proposal) -> list[tuple[str, Proposal]]:
    """The cases tied to this one: merged in, split off, or the one it came from."""
    tied = Proposal.objects.filter(merged_into=proposal) | Proposal.objects.filter(split_from=proposal)
    rows = tied.select_related("session__term", "first_proposer", "organization").order_by("pk")
    found = [("并入本案" if row.merged_into_id == proposal.pk else "从本案分出", row) for row in rows]
    if proposal.merged_into:
        found.append(("本案并入", proposal.merged_into))
    if proposal.split_from:
        found.append(("本案分自", proposal.split_from))
    return found


def last_act(proposal: Proposal) -> Event | None:
    """What was done last: the decision that came before one's own."""
    return Event.objects.filter(process="proposal", object_id=proposal.pk).order_by("-sequence").first()


def batch_acts(queue: str, user) -> list[tuple[str, str]]:
    """The acts that the desk offers for the ticked rows of this queue."""
    if queue == "reviewed" and not posts_of(user).in_proposal_committee("head"):
        return []
    return [(str(act), process_named("proposal").acts[act]) for act in BATCHED.get(queue, ())]


def beside(user, asked: str) -> Proposal | None:
    """Another case laid beside the open one, as far as the reader sees it."""
    pk = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 10 else None
    rows = Proposal.objects.visible_to(user).for_acting().prefetch_related("suggestions")
    return rows.filter(pk=pk).first() if pk else None


def mergeable(proposal: Proposal, user, ids: list[int]) -> set[int]:
    """Which of these cases this one could be merged into now, by this reader."""
    if Act.MERGE not in [option.act for option in worth_listing(proposal, user)]:
        return set()
    open_ones = Proposal.objects.filter(pk__in=ids, session=proposal.session).filed()
    return set(open_ones.exclude(state=ProposalState.CLOSED).exclude(pk=proposal.pk).values_list("pk", flat=True))
