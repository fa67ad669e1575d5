"""Lines of output in which nothing acts on a terminal or a CI server but what is meant to."""

import re

from gkformat.base.visible import visible


class Command(str):
    """A line that a CI server is meant to obey. No other line is left as one."""

    __slots__ = ()


_STYLE = re.compile("(\x1b\\[(?:[0-2]|3[1-6])m)")
"""The escape sequences of our own colours. Texts from files are made visible before they get any."""

_COMMAND = re.compile(r"^(?:\s|\x1b\[\d+m)*:(?=:)|#(?=#\w*\[)")
"""What GitHub Actions, Azure Pipelines and TeamCity take for a command: `::` at the beginning, `##[` anywhere."""


def harmless(line: str) -> str:
    """Return a line of output with nothing in it that acts, other than our colours and commands."""
    if isinstance(line, Command):
        return visible(line)
    parts = _STYLE.split(line)
    parts[::2] = map(visible, parts[::2])
    return _COMMAND.sub(_disarmed, "".join(parts))


def _disarmed(found: re.Match[str]) -> str:
    before, sign = found[0][:-1], found[0][-1]
    return f"{before}\\u{ord(sign):04x}"
