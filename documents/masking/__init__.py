"""What must not be read by everybody, found in a text and left out of it: for whatever is published."""
