"""What an e-mail says: that something happened to which case, and where to look. Never the content of a case."""

from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from .models import EmailDelivery

PREFIX = "【西平县政协】"


def compose(delivery: EmailDelivery, connection) -> EmailMultiAlternatives:
    """Plain text with an HTML twin.

    The Message-ID stays the same in a repeated try, so mail servers that compare it drop the second copy.
    """
    message = delivery.message
    context = {"message": message, "recipient": message.recipient, "link": _link(message)}
    mail = EmailMultiAlternatives(
        subject=PREFIX + message.subject,
        body=render_to_string("emails/notice.txt", context),
        to=[delivery.address],
        connection=connection,
        headers={
            "Message-ID": f"<notice-{message.pk}@{_domain()}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    mail.attach_alternative(render_to_string("emails/notice.html", context), "text/html")
    return mail


def _link(message) -> str:
    """The address in the inbox, or "" when the portal does not know its own public address."""
    if not settings.PORTAL_URL:
        return ""
    return settings.PORTAL_URL + reverse("notices:open", args=[message.pk])


def _domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2] or "localhost"
