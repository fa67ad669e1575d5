"""Compare numbers in the texts of a report with its tables.

A pipeline: `vocabulary` (the words of the form) → `lexer` (tokens, clauses, paragraphs) → `claims` (the numbers that a
text states), with `readings` (the cells that such a number may count) → `against_tables` (the findings).
"""
