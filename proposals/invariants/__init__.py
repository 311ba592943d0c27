"""What must hold for every proposal at every moment (domain.md §16B), each a named check.

`faults()` asks the database set by set, so 60,000 proposals take seconds, and gives one sentence for each
case at fault. Facts that an old ledger does not tell are listed there as 未登记 and are no faults: checks
5, 6, 8 and 9 bind the portal's own cases.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from . import accounts, extensions, handling, letters, promises, ratings, records, shares

CHECKS = (
    accounts.sums_agree, accounts.receipts_follow_states, accounts.filed_have_a_category,
    accounts.numbers_are_gap_free, accounts.numbers_stay_in_their_series, accounts.letters_are_numbered_once,
    shares.merged_point_to_filed, shares.units_fit_together, shares.assistants_belong_to_their_lead,
    shares.only_handed_out_cases_have_units, shares.dates_follow_the_rules, shares.replies_stay_below_six_months,
    handling.nothing_is_sent_unprepared, handling.opinions_are_in_or_expired, handling.late_opinions_have_ended,
    handling.suggestions_are_answered, handling.class_b_promises, handling.states_of_shares_add_up, handling.replied_shares_have_sent_a_reply,
    ratings.raters_are_proposers, ratings.accounts_rate_for_themselves, ratings.paper_ratings_have_a_scan,
    ratings.dissatisfied_lead_on, ratings.closed_are_rated_or_marked,
    records.states_are_those_of_the_last_event, records.nobody_waits_to_co_sign, records.open_requests_can_be_granted,
    records.joint_means_co_signed, records.collectives_show_who_signed, records.support_was_allowed, records.one_proposer,
    records.published_with_three_consents, records.paper_entries_have_a_scan,
    extensions.extensions_fit_their_share,
    promises.promises_live_with_their_reply, promises.upgrades_were_agreed, promises.notices_are_numbered_without_a_gap,
    letters.supplements_have_numbers_of_their_own, letters.supplements_stand_as_the_share_says,
    letters.opinions_are_numbered_once,
)  # fmt: skip


@dataclass(frozen=True)
class Fault:
    check: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.sentence}（{self.check}）"


def faults() -> Iterator[Fault]:
    """Everything that does not hold now."""
    for check in CHECKS:
        for sentence in check():
            yield Fault(check.__name__, sentence)
