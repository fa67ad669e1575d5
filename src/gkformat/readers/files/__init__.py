"""From bytes to a document: a module for each kind of file, named after the kind. None of them knows any form."""
