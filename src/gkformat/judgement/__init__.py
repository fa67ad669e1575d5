"""The judgement of a report: equations, marks and discrepancies, and the report class that enforces them."""
