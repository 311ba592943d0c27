"""What must be sent and what was sent. The truth is here, not in the broker (design §8)."""

from .email import EmailDelivery
from .message import Message
from .outbox import Outbox
from .preference import Channel, ChannelPreference
from .reminder import Reminder

__all__ = ["Channel", "ChannelPreference", "EmailDelivery", "Message", "Outbox", "Reminder"]
