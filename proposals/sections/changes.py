"""Requests to change or withdraw the case, for those who signed it and the committee."""

from dataclasses import dataclass

from documents.difference import Change
from proposals.models import ChangeRequest, CosignerView, Proposal
from proposals.states import TONES, ChangeRequestState

from .acts import Button, change_buttons
from .reader import Reader
from .texts import differences


@dataclass(frozen=True)
class ShownRequest:
    row: ChangeRequest
    changes: list[Change]
    views: list[CosignerView]
    buttons: list[Button]

    @property
    def tone(self) -> str:
        return TONES[self.row.state]

    @property
    def is_open(self) -> bool:
        return self.row.state == ChangeRequestState.PENDING


def requests_of(proposal: Proposal, reader: Reader) -> list[ShownRequest]:
    """The newest first; nothing for those who do not follow the text."""
    if not reader.follows_text:
        return []
    rows = ChangeRequest.objects.filter(proposal=proposal).with_roles_of(reader.user).for_list()
    return [shown(row, reader.user) for row in rows.order_by("-pk")]


def shown(row: ChangeRequest, user) -> ShownRequest:
    """One request, read through `with_roles_of(user).for_list()`."""
    return ShownRequest(row, changes_of(row), list(row.views.all()), change_buttons(row, user))


def changes_of(row: ChangeRequest) -> list[Change]:
    """Old and new side by side; nothing for a withdrawal, and nothing once the case went offline."""
    return differences(row.replaced, row.proposed) if row.is_amendment and row.replaced else []
