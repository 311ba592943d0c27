"""Which proposals are compared with new ones, and when the index hears of a change."""

import re
from collections.abc import Collection

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from notices import comparing
from search.similar import Kind, Text

from .models import Proposal, Suggestion
from .states import ProposalState

KIND = "proposal"
FRAME = re.compile(r"^关于|的?(提案|建议|议案)$")


def register_own() -> None:
    """Called once when the app is ready."""
    comparing.register(Kind(KIND, rows=rows, mark="changed_at", texts=texts), Proposal.process_name)


def rows():
    """Every case that was submitted and neither withdrawn, private nor moved offline; a draft is nobody's to find."""
    return Proposal.objects.filter(state__in=ProposalState.COMPARED, moved_offline_at=None)


def texts(ids: Collection[int]) -> dict[int, Text]:
    """Title and body (situation and suggestions) by id; one query."""
    return texts_of(Proposal.objects.filter(pk__in=ids))


def texts_of(rows) -> dict[int, Text]:
    """The same of the rows of a queryset."""
    asked = Suggestion.objects.filter(proposal=OuterRef("pk")).order_by("position").values("text")
    parts = rows.order_by("pk").annotate(asked=ArraySubquery(asked)).values_list("pk", "title", "situation", "asked")
    return {pk: Text(matter_of(title), body_of(situation, items)) for pk, title, situation, items in parts}


def matter_of(title: str) -> str:
    """What the title is about: 关于加强校园周边交通管理的提案 is 加强校园周边交通管理."""
    return FRAME.sub("", title.strip()).strip() or title.strip()


def body_of(situation: str, suggestions: Collection[str]) -> str:
    return "\n".join([situation, *suggestions]).strip()
