"""社情民意信息: reports, the issues in which they appear, what became of them, and units' parts in them."""

from .issue import Issue, Series
from .looks import ContactView
from .outcome import Adoption, Forwarding, Instruction
from .report import OpinionReport
from .transfer import Transfer

__all__ = ["Adoption", "ContactView", "Forwarding", "Instruction", "Issue", "OpinionReport", "Series", "Transfer"]
