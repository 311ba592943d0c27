"""ETag and If-Match on a version number, so that nobody overwrites what they have not seen."""

import re

from rest_framework.request import Request

from .problems import Problem

# A proxy that compresses makes an ETag weak; the number is the same.
TAG = re.compile(r'(?:W/)?"(\d{1,9})"')


def etag(version: int) -> str:
    return f'"{version}"'


def seen_version(request: Request, required: bool = False) -> int | None:
    """The version of If-Match; None when the header is missing or "*".

    Raises 428 when it is missing but required, 412 when it names no version of ours.
    """
    given = request.headers.get("If-Match", "").strip()
    if not given:
        if required:
            raise Problem("precondition_required")
        return None
    if given == "*":
        return None
    found = TAG.fullmatch(given)
    if found is None:
        raise Problem("version_mismatch")
    return int(found.group(1))
