"""The citizen for whom somebody reports: a name and a contact that no unit may read, also not in a text."""

import re
import unicodedata
from collections.abc import Iterable

from documents.masking.finding import number_stands_in, stands_in

from .models import OpinionReport
from .states import State

UNITED = "_united_with"
# A shorter number is no telephone; other words of a contact, such as a village, may well be what the report is about.
SHORTEST = 7
NUMBER = re.compile(rf"[0-9](?:[\s\-—–·.()]{{0,3}}[0-9]){{{SHORTEST - 1},}}")
# The code of the country or of the area: a text may have the number without it.
BEFORE_NUMBER = re.compile(r"^(?:(?:00)?86(?=1)|0[12][0-9]|0[3-9][0-9]{2})")


def places_in(texts: Iterable[tuple[str, str]], people: Iterable[tuple[str, str]]) -> list[str]:
    """Of texts (where, words) those in which one of these people (name, contact) can be recognised."""
    people = list(people)
    return [where for where, words in texts if words and any(_is_in(words, *person) for person in people)]


def people_of(report: OpinionReport) -> list[tuple[str, str]]:
    """The citizens whose names may stand in its edited text: also those of what is united with it."""
    people = [report, *united_with(report)]
    return [(one.citizen_name, one.citizen_contact) for one in people if one.on_behalf]


def united_with(report: OpinionReport) -> list[OpinionReport]:
    """The reports that are united with this one or went out in its issue; asked once of each row read."""
    if UNITED not in report.__dict__:
        rows = report.combined.filter(state__in=(State.COMBINED, State.ISSUED))
        report.__dict__[UNITED] = list(rows.only("state", "on_behalf", "citizen_name", "citizen_contact"))
    return report.__dict__[UNITED]


def _is_in(words: str, name: str, contact: str) -> bool:
    if len(name.strip()) > 1 and stands_in(name.strip(), words):
        return True
    return any(number_stands_in(number, words) for number in _numbers(contact))


def _numbers(contact: str) -> list[str]:
    return [
        _bare("".join(filter(str.isdigit, found))) for found in NUMBER.findall(unicodedata.normalize("NFKC", contact))
    ]


def _bare(digits: str) -> str:
    local = BEFORE_NUMBER.sub("", digits)
    return local if len(local) >= SHORTEST else digits
