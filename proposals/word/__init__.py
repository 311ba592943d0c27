"""A proposal from Word: the official blank, reading a filled one, and opening a draft from what was read."""
