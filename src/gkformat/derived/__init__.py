"""Results computed from a declaration alone: JSON Schema, the catalogue of rules."""
