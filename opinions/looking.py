"""Looking at the citizen for whom somebody reports, and forgetting the citizen when all is over."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from members.privacy import citizens
from workflow.errors import NotAllowed, Refused
from workflow.querysets import roles_on

from .models import ContactView, OpinionReport, Transfer
from .sight import sees_citizen
from .states import State


def look(user, report: OpinionReport) -> None:
    """Notes it. Raises Refused for whoever may not, when there is nothing, or after too many looks in an hour."""
    if not sees_citizen(roles_on(report)):
        raise NotAllowed("所代群众的姓名和联系方式只有反映人和信息工作人员能看。", "需要核实的，请与政协办公室联系。")
    if not (report.citizen_name or report.citizen_contact):
        raise Refused("没有填写群众的姓名和联系方式，或者已经按规定删除。", "请向反映人核实。", code="no_contact")
    citizens.look(ContactView, user, report=report)


def forget_citizens() -> int:
    """Of reports that ended and on which nothing was done since for long enough; returns how many lost theirs."""
    before = timezone.now() - timedelta(days=settings.CITIZEN_CONTACT_DAYS)
    kept = ~Q(citizen_name="") | ~Q(citizen_contact="")
    rows = OpinionReport.objects.filter(kept, state__in=State.FINISHED, changed_at__lte=before)
    rows = rows.exclude(pk__in=Transfer.objects.open().order_by().values("report"))
    return rows.update(citizen_name="", citizen_contact="", citizen_deleted_at=timezone.now())
