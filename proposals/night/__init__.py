"""The night of review (立): its queues, its figures, and numbering in one act."""
