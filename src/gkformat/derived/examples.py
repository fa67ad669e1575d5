"""An example in which each rule holds and one in which it fails, taken from the case suite and from published reports.

`examples.json` is written by docs/generate.py, which runs the cases and checks the reports.
"""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from gkformat.base.frozen import frozen
from gkformat.base.words import Words


@frozen
class Example:
    """What holds, in words; and what fails, a case or a published report, with what is said of it."""

    sound: Words
    broken: Words
    says: Words


@cache
def examples() -> Mapping[str, Example]:
    """Return the example of each rule that has one."""
    plain = json.loads(files("gkformat.derived").joinpath("examples.json").read_bytes())
    return {rule: Example(**{name: Words(**words) for name, words in each.items()}) for rule, each in plain.items()}
