"""The notation of forms: domains of cells, field words, and everything that is derived from a declaration."""
