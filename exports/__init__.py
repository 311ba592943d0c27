"""Lists taken out of the portal as .xlsx, and long work done in the background.

lists: the register of lists; each case app declares its own in its exports.py. making: a list as a workbook.
jobs: the register of long work and what people do with a job; running: how a worker does one; tending: what expires.
Of every list and job that leaves the portal a row is kept (models.ExportRecord).
"""
