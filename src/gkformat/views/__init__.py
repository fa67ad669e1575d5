"""A report as people look at it."""
