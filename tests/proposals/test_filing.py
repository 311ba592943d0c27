"""立: pre-review, every decision, undoing it, merging."""

from datetime import timedelta

import pytest
from django.utils import timezone

from members.models import Session
from proposals import dispositions, drafting
from proposals.acts import AssignmentAct, ProposalAct
from proposals.kinds import Disposition
from proposals.models import Category, Proposal, RejectionReason, Review, TextSnapshot
from proposals.states import ProposalState
from tests.factories import county as make
from workflow.engine import perform
from workflow.errors import Invalid, NotFound, Refused

pytestmark = pytest.mark.django_db


def fresh(proposal) -> Proposal:
    return Proposal.objects.get(pk=proposal.pk)


def code(act, case, actor, data=None) -> str:
    with pytest.raises(Refused) as refused:
        perform(act, case, actor, data or {})
    return refused.value.code


def wrong_fields(act, case, actor, data) -> list[str]:
    with pytest.raises(Invalid) as refused:
        perform(act, case, actor, data)
    return sorted(refused.value.errors)


def rejection(**changes) -> dict:
    reason = RejectionReason.objects.get(code="beyond")
    return {"rejection_reason": reason.pk, "disposition": "opinion", "reason": "超越本级事权", **changes}


def test_pre_review_keeps_the_recommendation_inside(c):
    proposal, overall = make.submitted(c), Category.objects.filter(system="overall").first()
    units = [c.unit.pk, c.other_unit.pk]
    data = {
        "recommendation": "file", "business_category": c.business.pk, "overall_category": overall.pk,
        "units": units, "reason": "选题较好",
    }  # fmt: skip
    perform(ProposalAct.PRE_REVIEW, proposal, c.reviewer, data)
    review = Review.objects.get()
    assert (review.reviewer, review.recommendation, review.note) == (c.reviewer, "file", "选题较好")
    assert sorted(review.units.values_list("pk", flat=True)) == sorted(units)
    assert (fresh(proposal).state, fresh(proposal).overall_category) == (ProposalState.REVIEWED, overall)


def test_polishing_keeps_the_original_on_file(c):
    proposal = make.submitted(c)
    data = {"recommendation": "file", "business_category": c.business.pk, "title": "关于整治校园周边交通的提案"}
    event = perform(ProposalAct.PRE_REVIEW, proposal, c.reviewer, data)
    kept = TextSnapshot.objects.get(occasion="初审润色前")
    assert (kept.title, fresh(proposal).title) == ("关于加强校园周边交通管理的提案", "关于整治校园周边交通的提案")
    assert event.data["polished"] == ["title"]


def test_the_same_wording_is_no_polish(c):
    proposal = make.submitted(c)
    data = {"recommendation": "file", "business_category": c.business.pk, "title": proposal.title}
    perform(ProposalAct.PRE_REVIEW, proposal, c.reviewer, data)
    assert TextSnapshot.objects.filter(occasion="初审润色前").count() == 0


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"recommendation": "maybe"}, "recommendation"), ({"recommendation": ""}, "recommendation"),
        ({"title": "长" * 101}, "title"), ({"units": ["0"]}, "units"),
    ],
)  # fmt: skip
def test_a_pre_review_that_is_filled_in_wrongly(c, changes, field):
    data = {"recommendation": "file", "business_category": c.business.pk, **changes}
    assert wrong_fields(ProposalAct.PRE_REVIEW, make.submitted(c), c.reviewer, data) == [field]


def test_a_blank_pre_review_keeps_categories_and_units(c):
    proposal, overall = make.submitted(c), Category.objects.filter(system="overall").first()
    Proposal.objects.filter(pk=proposal.pk).update(overall_category=overall)
    proposal.suggested_units.set([c.unit])
    perform(ProposalAct.PRE_REVIEW, proposal, c.reviewer, {"recommendation": "file"})
    assert (fresh(proposal).business_category, fresh(proposal).overall_category) == (c.business, overall)
    review = fresh(proposal).reviews.get()
    assert (review.business_category, list(review.units.all())) == (c.business, [c.unit])


def test_a_case_without_a_category_gets_one_in_pre_review(c):
    proposal = make.submitted(c)
    Proposal.objects.filter(pk=proposal.pk).update(business_category=None)
    assert wrong_fields(ProposalAct.PRE_REVIEW, proposal, c.reviewer, {"recommendation": "file"}) == [
        "business_category"
    ]


def test_filing_keeps_or_changes_the_category(c):
    proposal, other = make.reviewed(c), make.business_category("社会治理")
    perform(ProposalAct.FILE, proposal, c.head, {"business_category": other.pk})
    assert (fresh(proposal).state, fresh(proposal).business_category) == (ProposalState.FILED, other)
    assert fresh(proposal).filed_at is not None and fresh(proposal).serial is None


def test_returning_for_change_unlocks_the_text(c):
    proposal = make.reviewed(c)
    due = timezone.localdate() + timedelta(days=3)
    perform(ProposalAct.RETURN, proposal, c.head, {"reason": "请补充数据", "change_due_on": due.isoformat()})
    assert (fresh(proposal).state, fresh(proposal).change_due_on) == (ProposalState.RETURNED, due)
    drafting.save(proposal, c.author, {"situation": "补充后的情况。"})
    perform(ProposalAct.SUBMIT, proposal, c.author)
    assert (fresh(proposal).state, fresh(proposal).change_due_on) == (ProposalState.SUBMITTED, None)


def test_a_change_is_not_due_in_the_past(c):
    yesterday = timezone.localdate() - timedelta(days=1)
    data = {"reason": "请补充数据", "change_due_on": yesterday.isoformat()}
    assert wrong_fields(ProposalAct.RETURN, make.reviewed(c), c.head, data) == ["change_due_on"]


def test_not_filing_names_the_reason_and_the_way_on(c):
    proposal = make.reviewed(c)
    event = perform(ProposalAct.REJECT, proposal, c.head, rejection())
    assert (fresh(proposal).state, fresh(proposal).disposition) == (ProposalState.NOT_FILED, Disposition.OPINION)
    assert (event.reason, event.data["disposition"]) == ("超越本级事权", "opinion")
    assert fresh(proposal).converted_at is None  # waits for the handler that 社情民意 will bring


def test_a_suggestion_is_sent_on_to_a_unit(c):
    missing = rejection(disposition="suggestion")
    assert wrong_fields(ProposalAct.REJECT, make.reviewed(c), c.head, missing) == ["disposition_unit"]
    perform(ProposalAct.REJECT, make.reviewed(c), c.head, {**missing, "disposition_unit": c.unit.pk})


@pytest.mark.parametrize("gap", ["rejection_reason", "reason"])
def test_not_filing_needs_all_of_it(c, gap):
    assert wrong_fields(ProposalAct.REJECT, make.reviewed(c), c.head, rejection(**{gap: ""})) == [gap]


def test_without_a_way_on_the_reason_decides_it(c):
    """Nothing is chosen beforehand; 超越本级事权 usually becomes a 社情民意."""
    proposal = make.reviewed(c)
    event = perform(ProposalAct.REJECT, proposal, c.head, rejection(disposition=""))
    assert (fresh(proposal).disposition, event.data["disposition"]) == (Disposition.OPINION, "opinion")


def test_a_usual_way_on_to_a_unit_asks_for_the_unit(c):
    RejectionReason.objects.filter(code="beyond").update(default_disposition="suggestion")
    assert wrong_fields(ProposalAct.REJECT, make.reviewed(c), c.head, rejection(disposition="")) == ["disposition_unit"]


def test_a_reason_that_is_no_longer_used(c):
    RejectionReason.objects.filter(code="beyond").update(active=False)
    assert wrong_fields(ProposalAct.REJECT, make.reviewed(c), c.head, rejection()) == ["rejection_reason"]


# --- 并案 ---
def test_merging_keeps_the_text_and_the_proposer(c):
    main, other = make.filed(c), make.reviewed(c, title="关于校门口停车的提案")
    event = perform(ProposalAct.MERGE, other, c.head, {"into": main.pk, "reason": "内容相同"})
    merged = fresh(other)
    assert (merged.state, merged.merged_into, merged.serial) == (ProposalState.MERGED, main, None)
    assert (merged.title, event.data["into"]) == ("关于校门口停车的提案", main.pk)


def test_only_into_an_open_filed_case_of_the_same_session(c):
    other = make.reviewed(c)
    later = Session.objects.create(
        term=c.session.term, ordinal=5, opens="2027-04-01", closes="2027-04-03",
        window_opens=timezone.now() + timedelta(days=1), window_closes=timezone.now() + timedelta(days=2),
    )  # fmt: skip
    elsewhere = make.filed(c)
    Proposal.objects.filter(pk=elsewhere.pk).update(session=later)
    closed = make.replied(c, make.signed(c))
    perform(AssignmentAct.RATE, closed, c.author, make.rating())
    for main in (other, make.reviewed(c), elsewhere, closed.proposal):
        assert wrong_fields(ProposalAct.MERGE, other, c.head, {"into": main.pk, "reason": "相同"}) == ["into"]


def test_a_main_case_neither_merges_nor_goes_away(c):
    main, other = make.filed(c), make.reviewed(c)
    perform(ProposalAct.MERGE, other, c.head, {"into": main.pk, "reason": "内容相同"})
    assert code(ProposalAct.UNDO_DECISION, main, c.head, {"reason": "再议"}) == "has_merged"
    perform(ProposalAct.UNDO_DECISION, other, c.head, {"reason": "应单独立案"})
    perform(ProposalAct.UNDO_DECISION, main, c.head, {"reason": "再议"})
    assert (fresh(other).state, fresh(other).merged_into) == (ProposalState.REVIEWED, None)


# --- 撤销决定 ---
def test_every_decision_can_be_undone_until_assignment(c):
    main, proposal = make.filed(c), make.reviewed(c)
    decisions = (
        (ProposalAct.FILE, {}), (ProposalAct.RETURN, {"reason": "补充"}), (ProposalAct.REJECT, rejection()),
        (ProposalAct.MERGE, {"into": main.pk, "reason": "相同"}),
    )  # fmt: skip
    for act, data in decisions:
        perform(act, proposal, c.head, data)
        perform(ProposalAct.UNDO_DECISION, proposal, c.head, {"reason": "再议"})
        now = fresh(proposal)
        left = (now.state, now.filed_at, now.change_due_on, now.rejection_reason, now.disposition, now.merged_into)
        assert left == (ProposalState.REVIEWED, None, None, None, "", None)
    assert code(ProposalAct.UNDO_DECISION, make.assigned(c), c.head, {"reason": "再议"}) == "too_late"


def test_a_number_once_given_stays_through_an_undone_filing(c):
    proposal = make.filed(c)
    perform(ProposalAct.UNDO_DECISION, proposal, c.head, {"reason": "再议"})
    perform(ProposalAct.FILE, proposal, c.head, {})
    assert (fresh(proposal).serial, code(ProposalAct.NUMBER, proposal, c.staff)) == (1, "numbered")


def test_what_was_handed_on_is_not_undone(c, monkeypatch):
    monkeypatch.setattr(dispositions, "_handlers", {})
    proposal = make.reviewed(c)
    perform(ProposalAct.REJECT, proposal, c.head, rejection())
    Proposal.objects.filter(pk=proposal.pk).update(converted_at=timezone.now())
    assert code(ProposalAct.UNDO_DECISION, proposal, c.head, {"reason": "再议"}) == "converted"


def test_a_return_is_not_undone_under_the_proposer_s_hands(c):
    proposal = make.reviewed(c)
    perform(ProposalAct.RETURN, proposal, c.head, {"reason": "补充"})
    drafting.save(proposal, c.author, {"situation": ""})
    assert code(ProposalAct.UNDO_DECISION, proposal, c.head, {"reason": "再议"}) == "being_changed"


# --- 更正 ---
def test_a_correction_keeps_old_and_new(c):
    proposal = make.filed(c)
    data = {"field": "title", "text": "更正后的案由", "reason": "错字"}
    event = perform(ProposalAct.CORRECT, proposal, c.head, data)
    kept = {name: event.data[name] for name in ("field", "old", "new")}
    assert kept == {"field": "title", "old": "关于加强校园周边交通管理的提案", "new": "更正后的案由"}
    assert (fresh(proposal).title, fresh(proposal).state) == ("更正后的案由", ProposalState.FILED)


def test_a_category_is_corrected_within_its_system(c):
    proposal, overall = make.filed(c), Category.objects.filter(system="overall").first()
    data = {"field": "business_category", "category": overall.pk, "reason": "归类有误"}
    assert wrong_fields(ProposalAct.CORRECT, proposal, c.head, data) == ["category"]
    perform(ProposalAct.CORRECT, proposal, c.head, {**data, "field": "overall_category"})
    assert fresh(proposal).overall_category == overall


def test_the_committee_never_sees_a_draft(c):
    with pytest.raises(NotFound):
        perform(ProposalAct.PRE_REVIEW, make.cosigning(c), c.reviewer, {})
