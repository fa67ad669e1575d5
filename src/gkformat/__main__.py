"""`python -m gkformat`: the command line."""

import sys

from gkformat.cli import main

sys.exit(main())
