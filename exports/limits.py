"""How much is made at once, how long it is kept, when a worker is taken for dead."""

from datetime import timedelta

# Up to so many rows a file is made while the person waits (under two seconds); more is made in the background.
AT_ONCE = 500
# Rows fetched together: so many that queries cost little, so few that a wish to stop is heard between two of them.
CHUNK = 200

# A file is taken the same day or after the weekend; what lies about longer is only a copy that can leak.
KEPT = timedelta(days=7)
# A worker that reported nothing for so long is taken for dead and its job begun again: the longest step without a
# report is the conversion of one paper to PDF (LibreOffice is given a minute at most).
LEASE = timedelta(minutes=3)
# A job that lost its worker so often is given up: it is what kills the worker.
TRIES = 3
# Progress is written, and a wish to stop is read, at most so often (seconds).
BEAT_EVERY = 0.5
# What one person may have waiting; more is a button pressed again and again.
MOST_WAITING = 5
# Files without a row, as a killed worker leaves them, go after a day.
STRAY = timedelta(days=1)
