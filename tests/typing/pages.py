"""The code of the pages as modules, one a page, for type checkers: what a page shows must pass them, too."""

import re
import sys
from collections.abc import Iterator
from doctest import DocTestParser
from pathlib import Path

ROOT = Path(__file__).parents[2]


def main(folder: Path) -> None:
    """Write a module for each page that has examples."""
    for page in sorted([*ROOT.glob("README*.md"), *ROOT.glob("docs/**/*.md")]):
        is_listing = page.name.startswith("form-")  # what the form declares, which is no example
        if not is_listing and (lines := [*_lines(page.read_text(encoding="utf-8"))]):
            name = "_".join(page.relative_to(ROOT).with_suffix("").parts).replace("-", "_").replace(".", "_")
            folder.joinpath(f"{name}.py").write_text("".join(lines), encoding="utf-8")


def _lines(text: str) -> Iterator[str]:
    """Yield the statements of the Python blocks, each at the line at which the page has it."""
    line = 0
    for block in re.finditer(r"^```python\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL):
        first = text.count("\n", 0, block.start(1))
        for offset, source in _statements(block[1]):
            yield "\n" * (first + offset - line)
            yield source
            line = first + offset + source.count("\n")


def _statements(block: str) -> Iterator[tuple[int, str]]:
    if ">>>" not in block:
        yield 0, block
    else:
        yield from ((example.lineno, example.source) for example in DocTestParser().get_examples(block))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
