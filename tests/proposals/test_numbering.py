"""案号: one series a session for all kinds, without gaps, never used twice."""

import pytest

from proposals.acts import ProposalAct
from proposals.models import NumberSeries, Proposal
from proposals.numbering import case_series, next_number, reserve
from proposals.states import ProposalState
from tests.factories import county as make
from workflow.engine import perform
from workflow.errors import Refused

pytestmark = pytest.mark.django_db


def serials() -> list[int | None]:
    return list(Proposal.objects.order_by("pk").values_list("serial", flat=True))


def test_numbers_run_on_over_all_kinds(c):
    make.filed(c)
    collective = make.confirmed(c)
    perform(ProposalAct.SUBMIT, collective, c.contact)
    perform(
        ProposalAct.PRE_REVIEW, collective, c.reviewer, {"recommendation": "file", "business_category": c.business.pk}
    )
    perform(ProposalAct.FILE, collective, c.head, {})
    perform(ProposalAct.NUMBER, collective, c.staff)
    assert serials() == [1, 2]


def test_the_number_is_read_out_in_full(c):
    proposal = Proposal.objects.get(pk=make.filed(c).pk)
    assert (proposal.number, proposal.short_number) == ("县政协十一届四次会议第 001 号", "001")


def test_before_filing_it_is_called_by_its_receipt(c):
    proposal = Proposal.objects.get(pk=make.submitted(c).pk)
    assert proposal.number == "流水号 11-4-0001"
    assert Proposal.objects.get(pk=make.draft(c).pk).number == "草稿"


def test_nothing_is_numbered_twice(c):
    with pytest.raises(Refused) as refused:
        perform(ProposalAct.NUMBER, make.filed(c), c.staff)
    assert refused.value.code == "numbered"
    assert NumberSeries.objects.get(name=case_series(c.session)).last == 1


def test_merged_before_numbering_has_none_and_leaves_no_gap(c):
    main, other = make.filed(c), make.reviewed(c)
    perform(ProposalAct.MERGE, other, c.head, {"into": main.pk, "reason": "内容相同"})
    make.filed(c)
    assert serials() == [1, None, 2]


def test_a_number_stays_with_a_case_that_is_merged_later(c):
    main, other = make.filed(c), make.filed(c)
    perform(ProposalAct.UNDO_DECISION, other, c.head, {"reason": "再议"})
    perform(ProposalAct.MERGE, other, c.head, {"into": main.pk, "reason": "内容相同"})
    make.filed(c)
    assert serials() == [1, 2, 3]
    assert Proposal.objects.get(pk=other.pk).state == ProposalState.MERGED


def test_a_series_goes_on_after_imported_numbers():
    assert next_number("case:9-1") == 1
    reserve("case:9-1", 171)
    assert next_number("case:9-1") == 172
    reserve("case:9-1", 5)
    assert next_number("case:9-1") == 173


def test_each_session_and_each_unit_and_year_counts_for_itself():
    assert [next_number(name) for name in ("letter:1:2026", "letter:1:2027", "letter:2:2026", "letter:1:2026")] == [
        1,
        1,
        1,
        2,
    ]
