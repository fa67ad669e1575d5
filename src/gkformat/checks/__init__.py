"""Check whether a report holds: its equations and our advice together."""
