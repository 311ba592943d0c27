"""Requests for more time as the page of a case shows them, to the unit and to those who decide."""

from collections.abc import Iterable
from dataclasses import replace

from proposals.acts import ExtensionAct
from proposals.extensions import is_asking
from proposals.models import Assignment, ExtensionRequest

from .acts import Button, extension_buttons
from .reader import Reader

Asked = dict[int, ExtensionRequest]


def open_requests(rows: Iterable[Assignment], reader: Reader) -> Asked:
    """Share → its open request, read with this reader's roles; one query, and none while nobody asks."""
    asking = [row.pk for row in rows if is_asking(row)]
    if not asking or not reader.handles:
        return {}
    found = ExtensionRequest.objects.open().visible_to(reader.user).with_roles_of(reader.user).for_list()
    return {one.assignment_id: one for one in found.filter(assignment__in=asking)}


def buttons_of(asked: ExtensionRequest | None, user, about: str) -> list[Button]:
    """同意延期 first; 不同意 never stands as the main act of the page."""
    if asked is None:
        return []
    return [replace(one, backs_out=one.act == ExtensionAct.REFUSE) for one in extension_buttons(asked, user, about)]
