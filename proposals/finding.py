"""Proposals by what somebody types: a number, words of the title or text, or the name of who proposes."""

import re

from django.db.models import Q

from members.models import Organization, Person
from search.query import matching

from .querysets import ProposalQuerySet

NUMBER = re.compile(r"(?:第\s*)?0*(\d{1,6})\s*号?", re.ASCII)
RECEIPT = re.compile(r"\d{1,3}-\d{1,2}-\d{4,}", re.ASCII)


def find(rows: ProposalQuerySet, text: str) -> ProposalQuerySet:
    """A number finds the case, everything else title, text and proposers; all rows for a blank text."""
    text = text.strip()
    if not text:
        return rows
    number = NUMBER.fullmatch(text)
    if number:
        return rows.filter(serial=int(number[1]))
    if RECEIPT.fullmatch(text):
        return rows.filter(receipt_number=text)
    words = matching(rows.order_by(), text).values("pk")
    people = Person.objects.filter(name__startswith=text).values("pk")
    bodies = Organization.objects.collectives().filter(name__contains=text).values("pk")
    return rows.filter(Q(pk__in=words) | Q(first_proposer__in=people) | Q(organization__in=bodies))
