"""督: promises live with their reply, upgrades were agreed to, letters are numbered without a gap."""

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import Count, Exists, F, Max, OuterRef, Q

from proposals.commitment_states import CommitmentState
from proposals.kinds import ResultClass
from proposals.models import Commitment, NumberSeries, Proposal, Reply, Upgrade, Urge, UrgeNotice
from proposals.urging import notice_series

from .naming import named, owners


def promises_live_with_their_reply() -> Iterator[str]:
    """A draft's promises are drafts, a sent reply's are not; what is done has its day."""
    drafts, rows = Q(state=CommitmentState.DRAFT), Commitment.objects
    sent = Q(reply__sent_at__isnull=False)
    yield from owners(rows.filter(drafts & sent | ~drafts & ~sent), "承诺事项与答复是否发出不符")
    yield from owners(rows.exclude(proposal=F("reply__assignment__proposal")), "承诺事项挂在别的提案下")
    reported = Q(state__in=(CommitmentState.REPORTED, CommitmentState.DONE))
    yield from owners(rows.filter(reported, done_on__isnull=True), "承诺事项报了办结却没有完成日期")


def upgrades_were_agreed() -> Iterator[str]:
    """An upgraded reply was sent as B, its proposer consented and 提案委 granted it; and what was granted shows."""
    granted = Upgrade.objects.filter(
        reply=OuterRef("pk"), answer=Upgrade.Answer.CONSENTED, decision=Upgrade.Decision.GRANTED
    )
    upgraded = Reply.objects.exclude(upgraded_to="")
    sound = Q(Exists(granted), result_class=ResultClass.B, upgraded_to=ResultClass.A, upgraded_at__isnull=False)
    yield from owners(upgraded.exclude(sound), "转类没有经提案人同意和提案委核准")
    yield from owners(Reply.objects.filter(Exists(granted), upgraded_to=""), "转类已核准，答复却没有记载")


def notices_are_numbered_without_a_gap() -> Iterator[str]:
    """督办通知书 of each code and year: 1 to n as the series says, each about cases of its own unit."""
    last = defaultdict(int, NumberSeries.objects.values_list("name", "last"))
    counts = UrgeNotice.objects.order_by().values("code", "year").annotate(n=Count("pk"), highest=Max("serial"))
    for row in counts:
        given = last[notice_series(row["code"], row["year"])]
        if not row["n"] == row["highest"] == given:
            yield f"{row['code']}〔{row['year']}〕督办通知书 {row['n']} 份，最大 {row['highest']} 号，序列记到 {given}，有缺号"
    strange = Urge.objects.filter(notice__isnull=False).exclude(assignment__unit=F("notice__unit"))
    yield from named(Proposal.objects.filter(pk__in=strange.values("assignment__proposal")), "督办通知书发给了别的单位")
