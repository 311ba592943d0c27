"""Old proposals from the clerks' Excel ledgers (design §4: records from an old ledger).

    report = imports.preview(file, "11-4")        # nothing is written
    report = imports.run(file, "11-4", user)      # all rows or none

columns and words: what may be written. entries: one row, read and checked by itself. keys: what
makes a row the same row. people, bodies, sessions: names become records. merging: 并入案号.
plan: all of it together. states: which state a row shows. recording: the only part that writes.
"""
