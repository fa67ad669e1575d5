"""From a document to a sheet: which number belongs to which cell of the form. It knows no kind of file."""
