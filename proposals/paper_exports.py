"""Noting which papers leave the portal."""

from workflow.door import current_door

from .models import PaperExport, Proposal


def note(user, what: str, count: int = 1, proposal: Proposal | None = None) -> PaperExport:
    door = current_door()
    return PaperExport.objects.create(user=user, what=what, count=count, proposal=proposal, door=door.name, ip=door.ip)
