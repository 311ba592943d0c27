"""阿里云 SMS: dysmsapi 2017-05-25 SendSms, request signature V3 (ACS3-HMAC-SHA256), as documented there."""

import hashlib
import hmac
import json
import secrets
from datetime import UTC, datetime
from urllib.parse import quote, urlsplit

from django.conf import settings

from . import http
from .answers import Down, NotNow, Rejected

NAME, LABEL = "aliyun", "阿里云"
ALGORITHM = "ACS3-HMAC-SHA256"
# About the number; all other codes are about the account, the signature or the service and no fault of the message.
REFUSED = {"isv.MOBILE_NUMBER_ILLEGAL", "isv.BLACK_KEY_CONTROL_LIMIT", "isv.PARAM_LENGTH_LIMIT"}
# This one later: the number has had enough, or the template of its kind of notice is wrong, which must not stop the others.
LATER = (
    "isv.BUSINESS_LIMIT_CONTROL", "isv.DAY_LIMIT_CONTROL", "isv.SMS_TEMPLATE", "isv.TEMPLATE", "isv.INVALID_JSON_PARAM",
)  # fmt: skip


def is_configured() -> bool:
    return all((settings.ALIYUN_SMS_KEY_ID, settings.ALIYUN_SMS_KEY_SECRET, settings.ALIYUN_SMS_SIGN))


def default_template() -> str:
    return settings.ALIYUN_SMS_TEMPLATE


def send(number: str, template: str, values: dict[str, str]) -> None:
    """Hand over one SMS; raises one of `answers`."""
    query = canonical_query({
        "PhoneNumbers": number, "SignName": settings.ALIYUN_SMS_SIGN, "TemplateCode": template,
        "TemplateParam": json.dumps(values, ensure_ascii=False),
    })  # fmt: skip
    url = settings.ALIYUN_SMS_URL
    headers = {
        "host": urlsplit(url).netloc, "x-acs-action": "SendSms", "x-acs-version": "2017-05-25",
        "x-acs-date": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), "x-acs-signature-nonce": secrets.token_hex(16),
        "x-acs-content-sha256": hashlib.sha256(b"").hexdigest(),
    }  # fmt: skip
    signed = authorization(settings.ALIYUN_SMS_KEY_ID, settings.ALIYUN_SMS_KEY_SECRET, query, headers)
    _judge(http.post(f"{url}/?{query}", b"", {**headers, "Authorization": signed}))


def canonical_query(parameters: dict[str, str]) -> str:
    """Sorted by name, encoded by RFC 3986."""
    return "&".join(f"{quote(name, safe='~')}={quote(parameters[name], safe='~')}" for name in sorted(parameters))


def authorization(key_id: str, secret: str, query: str, headers: dict[str, str]) -> str:
    """The Authorization header of a POST to / with these signed headers (lower-case names) and an empty body."""
    names = ";".join(sorted(headers))
    lines = "".join(f"{name}:{headers[name].strip()}\n" for name in sorted(headers))
    request = "\n".join(["POST", "/", query, lines, names, headers["x-acs-content-sha256"]])
    to_sign = f"{ALGORITHM}\n{hashlib.sha256(request.encode()).hexdigest()}"
    signature = hmac.new(secret.encode(), to_sign.encode(), hashlib.sha256).hexdigest()
    return f"{ALGORITHM} Credential={key_id},SignedHeaders={names},Signature={signature}"


def _judge(answer: dict) -> None:
    code = str(answer.get("Code", "没有结果码"))[:80]
    if code == "OK":
        return
    kind = Rejected if code in REFUSED else NotNow if code.startswith(LATER) else Down
    raise kind(f"{LABEL}：{code}")
