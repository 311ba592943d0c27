"""Open forms that no robot fills: a signed moment, a field that people do not see, and limits. No puzzles, no script."""

import secrets
from collections.abc import Mapping

from django.core import signing
from django.core.cache import cache

SALT = "open_form"
SHORTEST, LONGEST = 4, 6 * 3600  # seconds from opening the page to sending it
TRAP = "website"


class TokenError(Exception):
    """Carries a sentence for people."""


def new_token() -> str:
    return signing.TimestampSigner(salt=SALT).sign(secrets.token_urlsafe(16))


def key_of(token: str) -> str:
    """What marks this one form. Raises TokenError: forged, too quick, or too old."""
    signer = signing.TimestampSigner(salt=SALT)
    try:
        key = signer.unsign(token, max_age=LONGEST)
    except signing.SignatureExpired:
        raise TokenError("页面打开的时间太长了，您写的内容都在，请再点一次提交。") from None
    except signing.BadSignature:
        raise TokenError("没有提交成功，您写的内容都在，请再点一次提交。") from None
    try:
        signer.unsign(token, max_age=SHORTEST)
    except signing.SignatureExpired:
        return key
    raise TokenError("提交得太快了。请核对一遍内容，过几秒再点一次提交。")


def key_of_post(data: Mapping) -> str:
    """The same of a posted form, whose field that people do not see stays empty. Raises TokenError."""
    if data.get(TRAP):
        raise TokenError("没有提交成功，您写的内容都在，请再点一次提交。")
    return key_of(data.get("token", ""))


def kept_token(token: str) -> str:
    """For the page shown again. Too quick: the same moment counts on; too old or forged: a new one."""
    try:
        key_of(token)
    except TokenError as error:
        return token if "太快" in str(error) else new_token()
    return token


def next_token(request, is_used: bool = False) -> str:
    """For a page that shows the form: a new one, after a refusal the kept one; `is_used`: a form counts once."""
    if request.method != "POST" or is_used:
        return new_token()
    return kept_token(request.POST.get("token", ""))


def within(what: str, who: str, most: int, seconds: int) -> bool:
    """Whether this is one of the first `most` in the time. Without an address or a cache nobody is kept out."""
    if not who:
        return True
    key = f"limit:{what}:{who}"
    try:
        if cache.add(key, 1, seconds):
            return True
        return cache.incr(key) <= most
    except Exception:  # noqa: BLE001 (the cache is away or forgot the key: the page must open)
        return True
