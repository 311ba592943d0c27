"""Marks of secrecy in texts and files: found, shown to the writer and the reviewers, never a reason to refuse."""
