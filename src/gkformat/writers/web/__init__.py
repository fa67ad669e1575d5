"""A blank form as a page that judges what is typed into it."""
