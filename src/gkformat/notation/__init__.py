"""How a form is written down: domains of cells, words of fields, and what is read off a declaration."""
