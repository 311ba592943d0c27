"""公开: what of a case the public may read, found, masked and kept as it was published (domain §3.6)."""
