"""The ledger (整改清单): what was found in many reports as a list to be worked through, entry by entry."""
