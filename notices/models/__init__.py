"""What must be sent and what was sent. The truth is here, not in the broker (design §8)."""

from .channel import ROBOTS, Channel, ChannelPreference
from .delivery import Delivery
from .digest import Digest, DigestLine
from .feed import CalendarFeed
from .message import Message
from .outbox import Outbox
from .pace import Pace
from .reminder import Reminder
from .text import NoticeText

__all__ = [
    "ROBOTS", "CalendarFeed", "Channel", "ChannelPreference", "Delivery", "Digest", "DigestLine", "Message",
    "NoticeText", "Outbox", "Pace", "Reminder",
]  # fmt: skip
