"""归档: one case, or a session's cases, as one .zip with papers, timeline, attachments and a list with checksums.

naming.py makes names safe, zipping.py writes and lists, case_file.py knows what belongs to a case, session_file.py goes
through a session, jobs.py starts, watches, cancels and removes. Which papers a case has: proposals/papers/registry.py.
"""
