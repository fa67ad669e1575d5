"""The foundation of every other package: addresses, places, words, citations, findings, errors. It knows no form."""
