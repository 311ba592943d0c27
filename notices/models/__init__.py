"""What must be sent and what was sent. The truth is here, not in the broker (design §8)."""

from .channel import ROBOTS, Channel, ChannelPreference
from .feed import CalendarFeed
from .delivery import Delivery
from .digest import Digest, DigestLine
from .message import Message
from .outbox import Outbox
from .pace import Pace
from .text import NoticeText
from .reminder import Reminder

__all__ = ["CalendarFeed", 
    "ROBOTS", "Channel", "ChannelPreference", "Delivery", "Digest", "DigestLine", "Message", "NoticeText", "Outbox",
    "Pace",
, "Reminder"]  # fmt: skip
