"""The version of the library, and the only place where it stands."""

VERSION = "0.1.0"
