"""The picture of a checked report on the first pages: what a terminal shows, as SVG."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from html import escape
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from rich.cells import cell_len
from rich.text import Text

ROOT = Path(__file__).parents[1]
REPORT = "tests/corpus/hongze-2023.json"
HEADING = "四、政府信息公开行政复议"
"""Where the picture begins: the table in which two totals are wrong."""

COLUMNS, ADVANCE, LINE, MARGIN = 106, 9, 20, 14
"""The width in characters, and what a character, a line and the margin measure."""

STYLE = """
text { font-family: Consolas, Menlo, "DejaVu Sans Mono", "Noto Sans Mono CJK SC", "Microsoft YaHei", monospace }
text { font-size: 15px; fill: #1f2328 }
.wide { font-size: 17px }
.bold { font-weight: bold }
.dim { fill: #818b98 }
.color1 { fill: #cf222e }
.color6 { fill: #1b7c83 }
"""


def terminal(*arguments: str, **environment: str) -> str:
    """Return what a command of `gkformat` prints."""
    done = subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-m", "gkformat", *arguments],
        cwd=ROOT,
        env={**os.environ, "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1", **environment},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout.rstrip()


def checked_report(lang: str) -> str:
    """Return the picture of a table of a published report, with what a check found."""
    printed = terminal("show", REPORT, "--lang", lang, FORCE_COLOR="1", COLUMNS=str(COLUMNS)).splitlines()
    shown = [*map(Text.from_ansi, printed)]
    table = next(at for at, line in enumerate(shown) if HEADING in line.plain)
    after = next(at for at, line in enumerate(shown) if at > table and not line.plain)
    found = next(at for at, line in enumerate(shown) if line.plain.startswith(REPORT))
    more = Text("…")
    lines = [Text(f"$ gkformat show {REPORT}"), more, *shown[table:after], more, *shown[found:]]
    width, height = COLUMNS * ADVANCE + 2 * MARGIN, len(lines) * LINE + 2 * MARGIN
    texts = (text for row, line in enumerate(lines) for text in _texts(line, row))
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" lang="zh-CN">',
            f"<style>{STYLE}</style>",
            '<rect width="100%" height="100%" rx="6" fill="#ffffff"/>',
            *texts,
            "</svg>\n",
        ]
    )


def _texts(line: Text, row: int) -> Iterator[str]:
    """Yield the runs of a line in one style and of one width, each where a terminal has it, whatever the font."""
    column = 0
    for (cells, style), run in groupby(_characters(line), key=itemgetter(1, 2)):
        text = "".join(character for character, _, _ in run)
        length = cells * len(text)
        if text.strip():
            place = f'x="{MARGIN + column * ADVANCE}" y="{MARGIN + (row + 0.75) * LINE:g}"'
            extent = f'textLength="{length * ADVANCE}" xml:space="preserve"'
            yield f'<text {place} {extent} class="{style}">{escape(text, quote=False)}</text>'
        column += length


def _characters(line: Text) -> Iterator[tuple[str, int, str]]:
    """Yield each character of a line with its width in cells and its style."""
    for at, character in enumerate(line.plain):
        cells = cell_len(character)
        styles = [str(span.style) for span in line.spans if span.start <= at < span.end]
        yield character, cells, re.sub(r"[()]", "", " ".join([*styles, *["wide"] * (cells > 1)]))
