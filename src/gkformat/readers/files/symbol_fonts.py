"""Fonts whose digits and letters are pictures: a 3 in Wingdings is a mailbox."""

import re

SYMBOL_FONTS = re.compile(r"wingdings|webdings|dingbats|marlett|bookshelf symbol|ms outlook", re.IGNORECASE)
"""Found in the name of such a font. `Symbol` has the digits of any other font."""
