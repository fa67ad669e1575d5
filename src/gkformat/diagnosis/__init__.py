"""Error localization: the fewest slips that explain the broken equations of a report."""
