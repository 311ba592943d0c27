"""Papers of the consultations, laid out by GB/T 9704 (documents.papers)."""
