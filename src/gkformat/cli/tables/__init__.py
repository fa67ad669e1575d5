"""Tables out: what is in them, and a module for each kind of file that holds them."""
