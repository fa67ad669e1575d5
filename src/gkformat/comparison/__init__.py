"""Reports beside each other: across years, across levels, across editions."""
