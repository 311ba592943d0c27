"""What an organization leaves open among the reports, for its 撤并 (members.succession).

Nothing is moved: whoever stands in the place of a unit sees and does what it had (members.posts). Each case's
timeline says since when that is.
"""

from django.db.models import Q

from members.models import Organization
from members.succession import Heir, Succession, of_body, register
from workflow.actors import SYSTEM
from workflow.engine import perform

from .acts import Act
from .models import OpinionReport, Transfer
from .states import State


def _parts(body: Organization):
    return Transfer.objects.open().filter(of_body("unit", body)).exclude(report__state=State.OFFLINE)


def _own(body: Organization):
    return OpinionReport.objects.filter(of_body("organization", body)).exclude(state__in=State.FINISHED)


def _hand_over(succession: Succession) -> None:
    keys = Q(pk__in=_parts(succession.old).order_by().values("report_id"))
    keys |= Q(pk__in=_own(succession.old).order_by().values("pk"))
    for report in OpinionReport.objects.for_acting().filter(keys).order_by("pk"):
        perform(Act.SUCCEED, report, SYSTEM, {"succession": succession})


def register_own() -> None:
    matters = {
        "没有办完的社情民意": lambda body: _parts(body).count(),
        "没有办结的本单位社情民意": lambda body: _own(body).count(),
    }
    register(Heir(matters, _hand_over))
