"""From a document to a sheet: which number of a paper stands in which cell of the form."""
