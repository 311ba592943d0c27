"""From the inbox to the channels: the one door by which a message leaves the house."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from deadlines import working_hours
from notices import kinds, preferences, wake
from notices.models import Channel, Delivery, DigestLine, Message

from . import adapters


def hand_over(messages) -> None:
    """`messages`: a queryset. Each is given to the channels that its recipient wants for its kind; once only.

    In the caller's transaction. What is not urgent waits for working hours or for the daily mail; what is urgent
    waits for neither.
    """
    if not (switched_on := adapters.configured()):
        return
    new = list(messages.filter(deliveries=None, digest_line=None).select_related("recipient__person"))
    if not new:
        return
    users = {message.recipient_id: message.recipient for message in new}
    choices = preferences.choices_of(users.values())
    now, lines, deliveries = timezone.now(), [], []
    opens = working_hours.opening(now)
    for message in new:
        message.recipient = users[message.recipient_id]
        for channel in _channels(message, choices[message.recipient_id], switched_on):
            if channel == Channel.DIGEST:
                lines.append(DigestLine(message=message, user=message.recipient))
            else:
                deliveries.append(_delivery(message, channel, now if message.urgent else opens))
    DigestLine.objects.bulk_create(lines, ignore_conflicts=True)
    if Delivery.objects.bulk_create(deliveries, ignore_conflicts=True):
        wake_for({delivery.channel for delivery in deliveries})


def wake_for(channels: set[str]) -> None:
    """The worker need not wait for its next scan."""
    if Channel.EMAIL in channels:
        transaction.on_commit(wake.send_emails_soon, robust=True)
    if channels - {Channel.EMAIL}:
        transaction.on_commit(wake.send_by_channels_soon, robust=True)


def _channels(message: Message, wanted: preferences.Choices, switched_on: list[str]) -> list[str]:
    kind = kinds.known(message.kind)
    chosen = [name for name in switched_on if wanted[kind, name] and adapters.of(name).address_of(message.recipient)]
    if message.urgent and Channel.DIGEST in chosen:
        return list(dict.fromkeys(Channel.EMAIL if name == Channel.DIGEST else name for name in chosen))
    return chosen


def _delivery(message: Message, channel: str, at: datetime) -> Delivery:
    address = adapters.of(channel).address_of(message.recipient)
    return Delivery(message=message, recipient=message.recipient, channel=channel, address=address, next_try_at=at)
