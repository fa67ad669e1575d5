"""The forms themselves: one module per edition, each of which can be laid beside the printed form."""
