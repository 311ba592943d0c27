"""How an attempt to send can end, other than well. Each says in a word why; never an address, never a secret."""

from datetime import timedelta


class NotSent(Exception):
    """The message was not taken."""


class Rejected(NotSent):
    """Never: the address does not exist, or the provider will not have this message. Given up at once."""


class NotNow(NotSent):
    """This message not now, others may well go: tried again after a pause."""


class Down(NotSent):
    """The provider does not work: this message is tried again after a pause, the others wait for the next run."""


class Busy(NotSent):
    """Our own limit: given back, without counting as a try. `everybody`: nothing else can go by this channel either."""

    def __init__(self, words: str, wait: timedelta, everybody: bool = True):
        super().__init__(words)
        self.wait, self.everybody = wait, everybody
