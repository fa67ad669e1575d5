"""Which cell is wrong? The fewest slips that explain what is broken."""
