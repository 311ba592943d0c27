"""Official papers as .docx, in the layout of GB/T 9704-2012 (fonts by name; the office's computers have them)."""
