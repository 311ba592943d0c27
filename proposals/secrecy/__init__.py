"""Marks of secrecy in a proposal: which of its texts are looked into. How they are found: documents.secrecy."""
