"""Proposals by what somebody types: a number, words of the title or text, or the name of who proposes."""

import re

from django.db.models import Q

from members.models import Organization, Person
from search.query import matching

from .models import Proposal, Publication
from .querysets import ProposalQuerySet
from .roles import Role

NUMBER = re.compile(r"(?:第\s*)?0*(\d{1,6})\s*号?", re.ASCII)
RECEIPT = re.compile(r"\d{1,3}-\d{1,2}-\d{4,}", re.ASCII)


def find(rows: ProposalQuerySet, text: str, user=None) -> ProposalQuerySet:
    """A number finds the case, everything else title, text and proposers; all rows for a blank text.

    `user`: what this user sees only because it is published is found by its published text, as it is shown.
    """
    text = text.strip()
    if not text:
        return rows
    number = NUMBER.fullmatch(text)
    if number:
        return rows.filter(serial=int(number[1]))
    if RECEIPT.fullmatch(text):
        return rows.filter(receipt_number=text)
    words = Q(pk__in=matching(_told_in_full(rows, user).order_by(), text).values("pk"))
    if user is not None:
        words |= Q(pk__in=matching(Publication.objects.current().order_by(), text).values("proposal_id"))
    people = Person.objects.filter(name__startswith=text).values("pk")
    bodies = Organization.objects.collectives().filter(name__contains=text).values("pk")
    return rows.filter(words | Q(first_proposer__in=people) | Q(organization__in=bodies))


def _told_in_full(rows: ProposalQuerySet, user) -> ProposalQuerySet:
    """The rows on which the user holds more than the public's role."""
    if user is None:
        return rows
    held = Q(pk__in=[])
    for role, clause in Proposal.role_clauses(user).items():
        held = held if role == Role.PUBLIC else held | clause
    return rows.filter(held)
