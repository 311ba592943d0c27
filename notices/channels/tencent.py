"""腾讯云 SMS: sms.tencentcloudapi.com 2021-01-11 SendSms, request signature V3 (TC3-HMAC-SHA256), as documented there."""

import hashlib
import hmac
import json
import time
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings

from . import http
from .answers import Down, NotNow, Rejected

NAME, LABEL = "tencent", "腾讯云"
ALGORITHM, SERVICE = "TC3-HMAC-SHA256", "sms"
JSON = "application/json; charset=utf-8"
# About the number or what it is sent; all other codes are about the account, the signature or the service.
REFUSED = {
    "InvalidParameterValue.IncorrectPhoneNumber", "FailedOperation.PhoneNumberInBlacklist",
    "FailedOperation.ContainSensitiveWord", "InvalidParameterValue.TemplateParameterLengthLimit",
}  # fmt: skip
# This one later: the number has had enough, or the template of its kind of notice is wrong, which must not stop the others.
LATER = ("LimitExceeded.PhoneNumber", "FailedOperation.Template", "InvalidParameterValue.TemplateParameter")


def is_configured() -> bool:
    given = (settings.TENCENT_SMS_SECRET_ID, settings.TENCENT_SMS_SECRET_KEY, settings.TENCENT_SMS_APP_ID)
    return all((*given, settings.TENCENT_SMS_SIGN))


def default_template() -> str:
    return settings.TENCENT_SMS_TEMPLATE


def send(number: str, template: str, values: dict[str, str]) -> None:
    """Hand over one SMS; the values go by their order. Raises one of `answers`."""
    body = json.dumps({
        "PhoneNumberSet": [f"+86{number}"], "SmsSdkAppId": settings.TENCENT_SMS_APP_ID,
        "SignName": settings.TENCENT_SMS_SIGN, "TemplateId": template, "TemplateParamSet": list(values.values()),
    }, ensure_ascii=False).encode()  # fmt: skip
    now = int(time.time())
    signed = {"content-type": JSON, "host": urlsplit(settings.TENCENT_SMS_URL).netloc, "x-tc-action": "sendsms"}
    keys = (settings.TENCENT_SMS_SECRET_ID, settings.TENCENT_SMS_SECRET_KEY)
    headers = {
        "Authorization": authorization(*keys, SERVICE, now, body, signed), "Content-Type": JSON,
        "Host": signed["host"], "X-TC-Action": "SendSms", "X-TC-Version": "2021-01-11", "X-TC-Timestamp": str(now),
        "X-TC-Region": settings.TENCENT_SMS_REGION,
    }  # fmt: skip
    _judge(http.post(settings.TENCENT_SMS_URL, body, headers))


def authorization(key_id: str, secret: str, service: str, now: int, body: bytes, headers: dict[str, str]) -> str:
    """The Authorization header of a POST to / with these signed headers (lower-case names and values)."""
    names = ";".join(sorted(headers))
    lines = "".join(f"{name}:{headers[name]}\n" for name in sorted(headers))
    request = "\n".join(["POST", "/", "", lines, names, hashlib.sha256(body).hexdigest()])
    day = datetime.fromtimestamp(now, UTC).strftime("%Y-%m-%d")
    scope = f"{day}/{service}/tc3_request"
    to_sign = "\n".join([ALGORITHM, str(now), scope, hashlib.sha256(request.encode()).hexdigest()])
    key = f"TC3{secret}".encode()
    for part in (day, service, "tc3_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    signature = hmac.new(key, to_sign.encode(), hashlib.sha256).hexdigest()
    return f"{ALGORITHM} Credential={key_id}/{scope}, SignedHeaders={names}, Signature={signature}"


def _judge(answer: dict) -> None:
    code = _code(answer.get("Response"))
    if code == "Ok":
        return
    kind = Rejected if code in REFUSED else NotNow if code.startswith(LATER) else Down
    raise kind(f"{LABEL}：{code}")


def _code(response) -> str:
    """Of the one number, or of the whole request where that failed."""
    try:
        found = response["Error"] if "Error" in response else response["SendStatusSet"][0]
        return str(found["Code"])[:80]
    except (KeyError, IndexError, TypeError):
        return "没有结果码"
