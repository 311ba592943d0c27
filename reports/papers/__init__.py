"""Yearly papers as .docx in official form."""
