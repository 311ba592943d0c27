"""What an e-mail says: that something happened to which case, and where to look. Never the content of a case."""

from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import mark_safe

from . import enclosures, kinds, texts
from .models import Delivery

PREFIX = "【西平县政协】"
MOST_LINES = 100


def compose(delivery: Delivery, connection) -> EmailMultiAlternatives:
    """Plain text with an HTML twin.

    The Message-ID stays the same in a repeated try, so mail servers that compare it drop the second copy.
    """
    said = _digest(delivery) if delivery.digest_id else _notice(delivery)
    number = f"digest-{delivery.digest_id}" if delivery.digest_id else f"notice-{delivery.message_id}"
    mail = EmailMultiAlternatives(
        subject=PREFIX + said["subject"],
        body=render_to_string("emails/notice.txt", said),
        to=[delivery.address],
        connection=connection,
        headers={"Message-ID": f"<{number}@{_domain()}>", "Auto-Submitted": "auto-generated"},
    )
    # The words passed texts.problems and the values were escaped by texts.fill.
    context = {"subject": said["subject"], "html": mark_safe(said["html"])}
    for name, content, content_type in enclosures.of(delivery):
        mail.attach(name, content, content_type)
    mail.attach_alternative(render_to_string("emails/notice.html", context), "text/html")
    return mail


def _notice(delivery: Delivery) -> dict[str, str]:
    return texts.fill(texts.words(delivery.message.kind), texts.facts_of(delivery), texts.link_of(delivery))


def _digest(delivery: Delivery) -> dict[str, str]:
    lines = delivery.digest.lines.select_related("message").order_by("pk")
    count = lines.count()
    shown = [_line(line.message) for line in lines[:MOST_LINES]]
    if count > MOST_LINES:
        shown.append(f"另有 {count - MOST_LINES} 条，请登录查看")
    facts = {"name": str(delivery.recipient), "count": str(count)}
    return texts.fill(texts.words(kinds.DIGEST), facts, texts.link_of(delivery), shown)


def _line(message) -> str:
    at = timezone.localtime(message.created_at)
    return f"{at.month}月{at.day}日 {message.subject}"


def _domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2] or "localhost"
