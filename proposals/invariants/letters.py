"""The letters beside the reply: 补充答复 and 会办意见, their numbers and where they stand."""

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import Count, Exists, F, Max, OuterRef, Q
from django.db.models.functions import Coalesce

from members.models import Organization
from proposals.models import Assignment, NumberSeries, Reply, SupplementaryReply
from proposals.numbering import opinion_series

from .naming import owners


def supplements_have_numbers_of_their_own() -> Iterator[str]:
    """One series with the replies: none without a number, none with that of another letter of the unit's year."""
    told = SupplementaryReply.objects.told()
    yield from owners(told.filter(Q(letter_serial=None) | Q(letter_year=None)), "发出的补充答复没有文号")
    same = {"letter_year": OuterRef("letter_year"), "letter_serial": OuterRef("letter_serial")}
    told = told.annotate(by=Coalesce("issued_by", "reply__assignment__unit"))
    replies = Reply.objects.annotate(by=Coalesce("issued_by", "assignment__unit")).filter(by=OuterRef("by"), **same)
    others = SupplementaryReply.objects.annotate(by=Coalesce("issued_by", "reply__assignment__unit"))
    others = others.filter(by=OuterRef("by"), **same).exclude(pk=OuterRef("pk"))
    yield from owners(told.filter(Exists(replies) | Exists(others)), "补充答复的文号与别的函相同")


def supplements_stand_as_the_share_says() -> Iterator[str]:
    """One is open exactly when the share says where it stands; one that was told was signed by another person."""
    waiting = SupplementaryReply.objects.filter(reply__assignment=OuterRef("pk"), signed_at=None)
    shares = Assignment.objects.annotate(is_open=Exists(waiting))
    yield from owners(shares.filter(Q(supplement_stage="") & Q(is_open=True)), "补充答复没有办完却没有记下")
    yield from owners(shares.exclude(supplement_stage="").filter(is_open=False), "记着补充答复却没有稿子")
    yield from owners(SupplementaryReply.objects.told().filter(signed_by=F("written_by")), "补充答复由撰写人自己审签")


def opinions_are_numbered_once() -> Iterator[str]:
    """会办意见 per unit and year: each once, and none beyond what the series has given."""
    rows = Assignment.objects.filter(opinion_serial__isnull=False).order_by().values("unit", "opinion_year")
    counts = rows.annotate(
        n=Count("pk"), different=Count("opinion_serial", distinct=True), highest=Max("opinion_serial")
    )
    last = defaultdict(int, NumberSeries.objects.values_list("name", "last"))
    units = Organization.objects.in_bulk({row["unit"] for row in counts})
    for row in counts:
        unit, year = units[row["unit"]], row["opinion_year"]
        if row["n"] != row["different"] or row["highest"] > last[opinion_series(unit, year)]:
            yield f"{unit} {year} 年会办意见 {row['n']} 份，文号 {row['different']} 个，最大 {row['highest']}"
