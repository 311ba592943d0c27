"""协商纪要 as a .docx, for whoever sees the matter once it is signed."""

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from grassroots import papers
from workflow.errors import Refused
from workflow.views import refusal_page

from .detail import found, not_found

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NONE_YET = Refused("这件议题还没有签发的协商纪要。", "请先登记协商会，由召集人签发。", code="no_minutes")


@require_safe
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """Of the meeting that is asked for, else of the newest whose minutes were signed."""
    matter = found(request.user, pk)
    if matter is None:
        return not_found(request)
    rows = matter.meetings.filter(signed_at__isnull=False).select_related("venue__organization").order_by("-pk")
    wanted = request.GET.get("meeting", "")
    meeting = next((row for row in rows if str(row.pk) == wanted or not wanted), None)
    if meeting is None:
        return refusal_page(request, NONE_YET, back_href=matter.get_absolute_url(), back_label="返回这件议题")
    answer = HttpResponse(papers.minutes(matter, meeting), content_type=DOCX)
    answer["Content-Disposition"] = content_disposition_header(True, f"协商纪要-{matter.receipt}.docx")
    answer["Cache-Control"] = "private, no-store"
    return answer
