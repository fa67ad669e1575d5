"""Numbers in the texts of a report, held against its tables."""
