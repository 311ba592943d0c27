"""Channels out of the house. The only way in is `hand_over(messages)`."""

from .handing import hand_over

__all__ = ["hand_over"]
