"""Doors for files: upload, download through the access registry, removal of one's own waiting upload."""

import logging

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    JsonResponse,
)  # fmt: skip
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import content_disposition_header, url_has_allowed_host_and_scheme
from django.views import View
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from . import access, limits, refusals, uploads
from .handlers import SizeGuard
from .kinds import ACCEPTED_WORDS, accept_attribute
from .models import Attachment
from .names import clean_name

logger = logging.getLogger(__name__)


@csrf_exempt  # only until the size guard stands: reading the token reads the files; _upload checks it
def uploads_page(request: HttpRequest) -> HttpResponse:
    """GET: the person's own waiting uploads. POST: take files in, answering a script in JSON."""
    request.upload_handlers.insert(0, SizeGuard(request))
    return _Uploads.as_view()(request)


@method_decorator(csrf_protect, name="dispatch")
class _Uploads(View):
    def get(self, request: HttpRequest) -> HttpResponse:
        context = {
            "attachments": Attachment.objects.waiting_of(request.user),
            "accept": accept_attribute(),
            "accepted_words": ACCEPTED_WORDS,
            "max_megabytes": limits.max_bytes() // limits.MEGABYTE,
            "keep_days": limits.keep_days(),
        }
        return render(request, "documents/uploads.html", context)

    def post(self, request: HttpRequest) -> HttpResponse:
        taken, errors = _take_in(request)
        if _wants_json(request):
            return _answer_script(taken, errors)
        for attachment in taken:
            messages.success(request, f"“{attachment.name}”已上传。")
        for sentence in errors:
            messages.error(request, sentence)
        return redirect(_next_page(request))


def sent(request: HttpRequest, attachment: Attachment) -> HttpResponse:
    """The file for whoever has been found to be allowed it."""
    if not attachment.is_on_disk:
        logger.error("Attachment %s is missing on disk.", attachment.pk)
        return render(request, "documents/unreadable.html", {"attachment": attachment}, status=404)
    response = _accelerated(attachment) if settings.X_ACCEL_PREFIX else _streamed(attachment)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


class File(View):
    """One file. Out of reach is 404, like unknown."""

    def get(self, request: HttpRequest, pk) -> HttpResponse:
        """The file as an attachment; never shown inline, whatever it is."""
        attachment = get_object_or_404(Attachment, pk=pk)
        if not access.can_view(request.user, attachment):
            raise Http404
        return sent(request, attachment)

    def delete(self, request: HttpRequest, pk) -> HttpResponse:
        return discard(request, pk)


def discard(request: HttpRequest, pk) -> HttpResponse:
    """Remove one's own waiting upload: POST on its own address, or DELETE on the file's."""
    if request.method not in ("POST", "DELETE"):
        return HttpResponseNotAllowed(["POST"])
    attachment = get_object_or_404(Attachment, pk=pk, uploaded_by=request.user)
    errors = _discard(attachment)
    if _wants_json(request):
        return JsonResponse({"errors": errors}, status=409) if errors else HttpResponse(status=204)
    for sentence in errors:
        messages.error(request, sentence)
    if not errors:
        messages.success(request, f"“{attachment.name}”已删除。")
    return redirect(_next_page(request))


def _discard(attachment: Attachment) -> list[str]:
    try:
        uploads.discard(attachment)
    except ValidationError as error:
        return error.messages
    return []


def _take_in(request: HttpRequest) -> tuple[list[Attachment], list[str]]:
    """Each file by itself: one that is refused does not lose the others."""
    taken, errors = [], []
    files = request.FILES.getlist("file")
    purpose = request.POST.get("purpose", "")[:40]
    for file in files:
        try:
            taken.append(uploads.receive(file, request.user, purpose))
        except ValidationError as error:
            errors += error.messages
    for name in _oversized(request):
        errors.append(refusals.too_large(clean_name(name), limits.max_bytes()).messages[0])
    if not taken and not errors:
        errors.append("没有选择文件。请先选择要上传的文件。")
    return taken, errors


def _oversized(request: HttpRequest) -> list[str]:
    guards = [handler for handler in request.upload_handlers if isinstance(handler, SizeGuard)]
    return [name for guard in guards for name in guard.refused]


def _answer_script(taken: list[Attachment], errors: list[str]) -> JsonResponse:
    """One file per request is what scripts send; with several, the first refusal decides."""
    if errors:
        return JsonResponse({"errors": errors}, status=400)
    first = taken[0]
    return JsonResponse(
        {"id": str(first.pk), "name": first.name, "size": first.size, "note": first.scan_note}, status=201
    )


def _wants_json(request: HttpRequest) -> bool:
    """A browser's own form asks for a page; a script that says nothing gets JSON."""
    return request.get_preferred_type(["application/json", "text/html"]) != "text/html"


def _next_page(request: HttpRequest) -> str:
    target = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if ours else reverse("documents:uploads")


def _accelerated(attachment: Attachment) -> HttpResponse:
    """nginx sends the file from its internal location; see deploy/."""
    response = HttpResponse(content_type=attachment.content_type)
    response["Content-Disposition"] = content_disposition_header(True, attachment.name)
    response["X-Accel-Redirect"] = settings.X_ACCEL_PREFIX.rstrip("/") + "/" + attachment.file.name
    return response


def _streamed(attachment: Attachment) -> FileResponse:
    return FileResponse(
        attachment.file.open("rb"),
        as_attachment=True,
        filename=attachment.name,
        content_type=attachment.content_type,
    )
