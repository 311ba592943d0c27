"""Marks of secrecy in texts and files: found, shown to the writer and the reviewers, never a reason to refuse.

Which marks are looked for is kept by the committee; the app that holds its list registers it (`marks.register`).
"""
