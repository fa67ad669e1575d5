"""From bytes to a document: a module for each kind of file. None knows any form."""
