from .following import Consensus, ProgressNote, Rating
from .matter import Matter, Series, Stay
from .meeting import Meeting, Participant
from .onward import Onwarding
from .releasing import ContactView, Release
from .venue import Venue

__all__ = [
    "Consensus", "ContactView", "Matter", "Meeting", "Onwarding", "Participant", "ProgressNote", "Rating", "Release",
    "Series", "Stay", "Venue",
]  # fmt: skip
