"""How much a workbook may hold before it is refused with a sentence."""

MEGABYTE = 1024 * 1024

MAX_BYTES = 20 * MEGABYTE
MAX_TEXT_BYTES = 10 * MEGABYTE  # .csv and .tsv
MAX_UNPACKED = 160 * MEGABYTE
MAX_SHEETS = 50
MAX_ROWS = 30_000  # rows with something in them, in one sheet
MAX_CELLS = 1_000_000
MAX_COLUMNS = 120
MAX_MERGED_CELLS = 200_000
# Clerks colour whole columns, which leaves a million blank rows behind the last one.
BLANK_ROWS_END_A_SHEET = 5_000
HEADER_WITHIN = 20
