"""One POST to a provider and its answer as JSON, with a limit of time and size."""

import json
import time
import urllib.error
import urllib.request
from http.client import HTTPException

from .answers import Down

SECONDS, WHOLE_SECONDS = 5, 15
LARGEST_ANSWER = 64 * 1024


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A signed request is meant for one address; anybody who sends it on is not the provider."""

    def redirect_request(self, *args, **kwargs):
        return None


_opener = urllib.request.build_opener(_NoRedirect)


def post(url: str, body: bytes, headers: dict[str, str]) -> dict:
    """The JSON of the answer, also of a refusal (4xx); Down when there is none: no connection, time over, 429, 5xx."""
    try:
        return _ask(urllib.request.Request(url, data=body, headers=headers, method="POST"))
    except (OSError, ValueError, HTTPException) as error:  # the URL may hold a robot's key: only the kind is told
        raise Down(f"连接服务商失败（{_kind(error)}）") from None


def _ask(request: urllib.request.Request) -> dict:
    try:
        with _opener.open(request, timeout=SECONDS) as answer:
            return _read(answer)
    except urllib.error.HTTPError as error:
        with error:
            if error.code == 429 or error.code >= 500:
                raise Down(f"服务商答复 HTTP {error.code}") from None
            return _read(error.fp)


def _kind(error: Exception) -> str:
    reason = getattr(error, "reason", error)
    return type(reason).__name__ if isinstance(reason, Exception) else type(error).__name__


def _whole(answer) -> bytes:
    """The answer up to its largest size; SECONDS bounds each part of it, this the whole."""
    give_up, parts, size = time.monotonic() + WHOLE_SECONDS, [], 0
    while size < LARGEST_ANSWER and (part := answer.read1(4096)):
        parts.append(part)
        size += len(part)
        if time.monotonic() > give_up:
            raise Down("服务商答复太慢")
    return b"".join(parts)


def _read(answer) -> dict:
    try:
        found = json.loads(_whole(answer))
    except ValueError:
        raise Down("服务商的答复不是约定的格式") from None
    if not isinstance(found, dict):
        raise Down("服务商的答复不是约定的格式")
    return found
