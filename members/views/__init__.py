"""Pages of a person's own data, the privacy notice and the directory."""
