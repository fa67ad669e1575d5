"""The version of the library, and where its documentation is, written nowhere else."""

VERSION = "0.1.0"
DOCUMENTATION = "https://gkformat.readthedocs.io/en/stable/"
