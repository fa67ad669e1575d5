"""The version of the library, written nowhere else."""

VERSION = "0.1.0"
