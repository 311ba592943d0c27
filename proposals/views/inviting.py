"""Inviting co-signers: the members in office by sector, with a search by name, pinyin, initials or sector."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from members.models import Member
from members.periods import today
from workflow.engine import option
from workflow.errors import Refused
from workflow.views import refusal_page

from .acts import ProposalActView


@dataclass(frozen=True)
class Candidate:
    pk: int
    name: str
    detail: str
    keys: str  # name, pinyin, initials and sector, for the search in the page
    is_chosen: bool


class Invite(ProposalActView):
    """The act's page with its own way of choosing people; “查找” works without JavaScript."""

    def post(self, request: HttpRequest, pk: int, act: str) -> HttpResponse:
        if "find" not in request.POST:
            return super().post(request, pk, act)
        try:
            case = self.find(pk)
            offered = option(act, case, request.user)
        except Refused as refused:
            return refusal_page(request, refused)
        closes = request.POST.get("closes_at")
        form = self.form_for(offered.transition, case)
        form.initial = {"closes_at": closes} if closes else {}
        return self.page(case, offered, form)

    def template_for(self, act: str) -> str:
        return "proposals/invite.html"

    def around(self, case, row) -> dict:
        given = self.request.POST
        chosen = set(given.getlist("persons"))
        wanted = given.get("name", "").strip() if "find" in given else ""
        groups = sectors(case, chosen, wanted)
        people = [person for _sector, found in groups for person in found]
        return super().around(case, row) | {
            "sectors": groups, "wanted": wanted, "found": len(people), "chosen": len(chosen),
        }  # fmt: skip


def sectors(proposal, chosen: set[str], wanted: str) -> list[tuple[str, list[Candidate]]]:
    """Those who may be invited, by sector; with `wanted`, those found by it and those chosen already."""
    seats = (
        Member.objects.in_office(today())
        .select_related("person", "sector")
        .order_by("sector__order", "sector__pinyin", "person__pinyin", "person_id")
    )
    asked = proposal.cosignatures.values("person_id")
    seats = seats.exclude(person_id__in=asked).exclude(person_id=proposal.first_proposer_id)
    groups: dict[str, list[Candidate]] = {}
    for seat in seats:
        one = _candidate(seat, chosen)
        if not wanted or one.is_chosen or _matches(one, wanted):
            groups.setdefault(str(seat.sector or "其他"), []).append(one)
    return list(groups.items())


def _candidate(seat: Member, chosen: set[str]) -> Candidate:
    person = seat.person
    detail = " ".join(filter(None, [person.employer, person.position]))
    sector = str(seat.sector or "")
    words = [person.name, person.pinyin.replace(" ", ""), person.initials, sector]
    keys = " ".join(word.replace(" ", "") for word in words).lower()
    return Candidate(person.pk, person.name, detail, keys, str(person.pk) in chosen)


def _matches(one: Candidate, wanted: str) -> bool:
    """By a part of the name, the beginning of the pinyin or its initials, or a part of the sector."""
    text = wanted.lower().replace(" ", "")
    name, pinyin, initials, *sector = one.keys.split(" ")
    return text in name or any(sound.startswith(text) for sound in (pinyin, initials)) or text in "".join(sector)
