"""What follows from a declaration: completion, JSON Schema, the catalogue of rules."""
