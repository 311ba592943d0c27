"""Every channel by its name.

An adapter is a module with `is_configured()`, `address_of(user)` ("" : not reachable this way) and `opened()`, a
context that gives a function which sends one delivery or raises one of `answers`. Imported when first wanted: the
adapters know the machinery that calls them.
"""

from importlib import import_module
from types import ModuleType

from notices.models import Channel

MODULES = {
    Channel.EMAIL: "notices.mailing",
    Channel.SMS: "notices.channels.sms",
    Channel.WECOM: "notices.channels.wecom",
    Channel.DINGTALK: "notices.channels.dingtalk",
}
BESIDE_MAIL = tuple(channel for channel in MODULES if channel != Channel.EMAIL)


def of(channel: str) -> ModuleType:
    """The adapter; the daily mail goes by e-mail."""
    return import_module(MODULES[Channel.EMAIL if channel == Channel.DIGEST else channel])


def configured() -> list[str]:
    """The channels that are switched on, the daily mail among them, in the order of the settings page."""
    return [channel for channel in Channel.values if of(channel).is_configured()]
