"""Examination: one file read, checked and diagnosed, with the place of everything that is told of it."""
