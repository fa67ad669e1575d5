"""Documents in: what agencies publish, read as found. Each kind of file is an edge; one way leads from all to a report."""
