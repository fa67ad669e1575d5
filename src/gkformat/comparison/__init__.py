"""Comparisons of reports: across years, between a whole and its parts, and between editions."""
