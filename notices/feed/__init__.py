"""A person's dates as a calendar that a phone or Outlook subscribes to (RFC 5545), at a private address."""
