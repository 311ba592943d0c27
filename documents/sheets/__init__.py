"""Workbooks that clerks fill in: read safely, answered cell by cell.

`reading.read(file)` opens an .xlsx, or a table kept as text (`delimited`), and gives its sheets; `tables.find` finds the header among the
title rows; `rows.RowReader` reads one row and notes what is wrong; `reports.Report` is what every
import hands back; `writing` makes the template and the workbook with the errors marked.
"""
