"""How fast the library is, against the peers, as ratios: `python -m benchmarks` (see README.md)."""
