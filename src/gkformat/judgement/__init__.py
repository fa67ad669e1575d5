"""What may a report say? Equations, marks and discrepancies, and the report itself, which answers."""
