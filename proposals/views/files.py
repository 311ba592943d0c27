"""Files that come with a page; receiving them is documents' own (documents.form_files)."""

from documents.form_files import entry, received, waiting

__all__ = ["entry", "received", "waiting"]
