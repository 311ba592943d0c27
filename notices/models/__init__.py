"""What must be sent and what was sent. The truth is here, not in the broker (design §8)."""

from .email import EmailDelivery
from .feed import CalendarFeed
from .message import Message
from .outbox import Outbox
from .preference import Channel, ChannelPreference

__all__ = ["CalendarFeed", "Channel", "ChannelPreference", "EmailDelivery", "Message", "Outbox"]
