"""The words that an uploaded file holds, read within limits: for scans, never for showing."""
