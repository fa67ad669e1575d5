"""The forms, one module per edition, and what belongs beside them: law, relations, topics, the year of each edition."""
