"""What all else stands on: addresses, places, words, citations, findings, errors. It knows no form."""
