"""立: review, decision, number."""

from django.db import OperationalError, transaction

from proposals import dispositions, snapshots
from proposals.drafting import keep_text
from proposals.groups import group_of
from proposals.models import Proposal, Review, Suggestion
from proposals.numbering import case_series, next_number
from proposals.states import ProposalState
from workflow.errors import Refused
from workflow.transition import Step


def pre_review(step: Step) -> None:
    proposal, data = step.case, step.data
    group = group_of(proposal)
    review = Review.objects.create(
        proposal=proposal,
        reviewer=step.actor,
        recommendation=data["recommendation"],
        business_category=data["business_category"],
        note=data["reason"],
        outside_group=group.is_outside(step.actor),
        at=step.at,
    )
    review.units.add(*data["units"])
    step.write(
        business_category=data["business_category"],
        overall_category=data["overall_category"],
    )
    _polish(step)


def _polish(step: Step) -> None:
    """Take over polished wording; the text before it is kept on file."""
    proposal = step.case
    texts = {name: "\n".join(step.data[name].splitlines()) for name in ("title", "situation")}
    changed = {name: text for name, text in texts.items() if text and text != getattr(proposal, name).strip()}
    items = step.data["polished_suggestions"]
    if not changed and not items:
        return
    keep_text(proposal, snapshots.BEFORE_POLISH, step.actor, step.at)
    step.write(**changed)
    Suggestion.objects.bulk_update(items, ["text"])
    step.facts["polished"] = sorted([*changed, *(["suggestions"] if items else [])])


def file(step: Step) -> None:
    step.write(business_category=step.data["business_category"], filed_at=step.at)


def return_for_change(step: Step) -> None:
    """A polished text is put on file, so that the polish and what the member changes next stay apart."""
    kept = snapshots.latest(step.case)
    if kept and not snapshots.is_text_of(kept, step.case):
        keep_text(step.case, snapshots.ON_RETURN, step.actor, step.at)
    step.write(change_due_on=step.data["change_due_on"])


def reject(step: Step) -> None:
    """Where it goes on is recorded with the decision; whoever handles that way is called once it stands."""
    names = ("rejection_reason", "disposition", "disposition_unit")
    step.write(**{name: step.data[name] for name in names})
    step.facts["disposition"] = step.data["disposition"]
    dispositions.convert_later(step.case)


def merge(step: Step) -> None:
    """Join another filed case; every text, number and author stays."""
    main = _lock_main(step.data["into"])
    if main.state not in ProposalState.FILED_ON or main.merged_into_id:
        raise Refused("所选主提案已不是立案状态。", "请重新选择主提案。", code="main_not_filed")
    step.write(merged_into=main)
    step.facts["into"] = main.pk


def _lock_main(main: Proposal) -> Proposal:
    try:
        with transaction.atomic():
            return Proposal._base_manager.select_for_update(nowait=True, of=("self",)).get(pk=main.pk)
    except OperationalError:
        raise Refused("主提案正由他人处理。", "请稍后再试。", code="main_busy") from None


def undo_decision(step: Step) -> None:
    """Back to 待审定. A number already given stays with the case and is never used for another."""
    if step.case.converted_at:
        dispositions.give_back(step.case)
    step.write(
        merged_into=None, rejection_reason=None, disposition="", disposition_unit=None, filed_at=None,
        change_due_on=None, converted_at=None, converted_as="", merge_answer="", merge_words="",
    )  # fmt: skip


def number(step: Step) -> None:
    step.write(serial=next_number(case_series(step.case.session)))
    step.facts["serial"] = step.case.serial
