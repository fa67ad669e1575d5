"""The notation of forms: domains of cells, field words, and the outline, grid and equations read from a declaration."""
