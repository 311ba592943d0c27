"""The official list of members (委员名单): on screen, as .docx and as .xlsx.

wanted = Wanted(term, day)             # of which term, on which day, in which order
sections.read(wanted)                  # headed groups of seats, two queries
paper.write(wanted), sheet.write(wanted)   # bytes of a file
"""

from .wanted import By, Order, Scope, Wanted

__all__ = ["By", "Order", "Scope", "Wanted"]
