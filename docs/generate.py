"""Write the pages that follow from the code: `python docs/generate.py`.

A test compares what is committed with what this would write.
"""

import inspect
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path

from gkformat import EDITIONS, dumps
from gkformat.base.words import Lang
from gkformat.cli.app import VERBS
from gkformat.cli.schemas import check_schema
from gkformat.derived.catalogue import markdown
from gkformat.diagnosis.slips import KINDS
from gkformat.forms.editions import Edition
from gkformat.notation.grid import Cell, Grid, grid
from gkformat.notation.outline import Node, outline

HERE = Path(__file__).parent
sys.path.append(str(HERE.parent / "tests"))

from narratives import Narrative, narratives  # noqa: E402 - they stand with the tests

NOTE = "<!-- Written by docs/generate.py. Change what it is made from, not this page. -->"


def pages() -> Mapping[str, str]:
    """Every generated page by its path below docs/."""
    found = [
        ("reference/verbs.md", verbs_page()),
        ("reference/slips.md", slips_page()),
        ("reference/narrative.md", narrative_page()),
    ]
    for edition in EDITIONS.values():
        found += [
            (f"reference/form-{edition.name}.md", form_page(edition)),
            (f"reference/rules-{edition.name}.md", rules_page(edition, "en")),
            (f"reference/rules-{edition.name}.zh-CN.md", rules_page(edition, "zh")),
        ]
    return {path: "\n".join([NOTE, "", *lines]).rstrip() + "\n" for path, lines in found} | {
        "reference/check.schema.json": dumps(check_schema(), indent=2) + "\n"
    }


# -- the slips -----------------------------------------------------------------------------------------


def slips_page() -> Iterator[str]:
    """The one table of slips and weights."""
    yield "# The table of slips"
    yield ""
    yield "What `diagnose` knows to go wrong. A kind of *n* bits is about one slip in 2 to the power of *n*. To these"
    yield "bits comes one each time that the number of results which such a slip could have given doubles, and one each"
    yield "time that a proposed number which is no total doubles. The fewer bits, the likelier."
    yield ""
    yield "| kind | | bits | reason |"
    yield "|---|---|--:|---|"
    for kind in KINDS.values():
        yield f"| `{kind.name}` | {kind.title.en} · {kind.title.zh} | {kind.bits} | {kind.reason.en} |"
    yield ""
    yield "Verhoeff: *Error Detecting Decimal Codes*, Amsterdam 1969."


# -- the command line ----------------------------------------------------------------------------------


def verbs_page() -> Iterator[str]:
    """Every verb with its help, as a terminal shows it."""
    yield "# The verbs"
    yield ""
    yield "What `gkformat VERB --help` prints. What all share stands [on its own page](command-line.md)."
    for name, words in VERBS.items():
        yield ""
        yield f"## `gkformat {name}`"
        yield ""
        yield f"{words.zh} · {words.en}"
        yield ""
        yield "```text"
        yield _help(name)
        yield "```"


def _help(verb: str) -> str:
    done = subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-m", "gkformat", verb, "--help"],
        env={**os.environ, "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1", "COLUMNS": "100"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout.rstrip()


# -- the rules -----------------------------------------------------------------------------------------


def rules_page(edition: Edition, lang: Lang) -> Iterator[str]:
    """The catalogue in one language, with a link to the other."""
    if lang == "en":
        yield f"# The rules, edition {edition.name}"
        yield ""
        yield f"[中文](rules-{edition.name}.zh-CN.md)"
        yield ""
        yield "Each rule is shown with its name, what it asks for, and the message where it fails."
        yield "Equations can refuse a report, advice never does, and a structural fault says why data is no report."
        yield "Names are stable and never reused."
    else:
        yield f"# 规则目录（{edition.name} 版）"
        yield ""
        yield f"[English](rules-{edition.name}.md)"
        yield ""
        yield "每条规则依次列出名称、要求，以及不符时的提示。"
        yield "等式不符，报告可被拒绝；提示不会；结构错误则说明数据为何还不成其为报告。名称固定不变，也不会改作他用。"
    yield ""
    yield markdown(edition.name, lang)


# -- the narrative -------------------------------------------------------------------------------------


def narrative_page() -> Iterator[str]:
    """What `text-differs` reads of the narratives in tests/narratives.json."""
    found = list(narratives())
    counts = [read for narrative in found for read in narrative.read]
    yield "# What is read of a narrative"
    yield ""
    yield "Texts in the turns that agencies use, each held by `text-differs` against the table of a real report."
    yield "A number that is told when it is wrong is **bold**. Each of these was changed to see it."
    yield "A number of the table that is passed over is *slanted*; all others speak of something else."
    yield ""
    yield f"Of {len(counts)} numbers from the table {sum(counts)} are told when they are wrong."
    yield f"Of these {len(found)} texts as they stand, {sum(narrative.told for narrative in found) or 'none'} is told."
    yield "Why it is so: [Text and table](../explanation/narrative.md)."
    yield ""
    yield "| agency | text |"
    yield "|---|---|"
    for narrative in found:
        yield f"| {narrative.agency} | {_marked(narrative)} |"


def _marked(narrative: Narrative) -> str:
    marked, reached = "", 0
    for (start, end), read in zip(narrative.numbers, narrative.read, strict=True):
        sign = "**" if read else "*"
        marked += f"{narrative.text[reached:start]}{sign}{narrative.text[start:end]}{sign}"
        reached = end
    return (marked + narrative.text[reached:]).replace("\n", " ")


# -- the form ------------------------------------------------------------------------------------------


def form_page(edition: Edition) -> Iterator[str]:
    """The printed form, section by section, each table with the classes that declare it."""
    root = outline(edition.report)
    declared = declarations(edition)
    tables = {node.name: grid(edition.report, node.at) for node in root.children if node.printed.word == "section"}
    count = sum(len(list(_blanks(table))) for table in tables.values())
    yield f"# The form, edition {edition.name}"
    yield ""
    yield f"Prescribed by {edition.notice}"
    yield f"for the reporting years {edition.years.en}."
    yield f"It has {count} numbers."
    yield ""
    yield "The sections stand in printed order. The tables are drawn from the classes that are shown below them,"
    yield f"which are those of `gkformat.forms.y{edition.name}`. Each blank carries its address: point at it."
    for node in root.children:
        if node.printed.word in ("prose", "section"):
            yield ""
            yield f"(form-{edition.name}-{node.name})="
            yield f"## {node.label}"
            yield ""
            yield from _section(node, tables.get(node.name), declared.get(node.label, ""))
    yield ""
    yield "## The report"
    yield ""
    *_, whole = declared.values()
    yield from _python(whole)


def _section(node: Node, table: Grid | None, declaration: str) -> Iterator[str]:
    if table is None:
        yield f"{node.printed.note or 'As far as is known, the form prints nothing in its place.'}"
        yield ""
        yield f"A text: the field `{node.name}` of the report."
        return
    yield from _table(table)
    yield ""
    yield f"{len(list(_blanks(table)))} numbers: the field `{node.name}` of the report."
    yield ""
    yield from _python(declaration)


def _python(source: str) -> Iterator[str]:
    yield "```python"
    yield source
    yield "```"


def declarations(edition: Edition) -> Mapping[str, str]:
    """The classes of a form as they are written, by the heading of their section."""
    module = inspect.getmodule(edition.report)
    assert module
    _, *parts = re.split(r"^# -- (.+?) -+$", inspect.getsource(module), flags=re.MULTILINE)
    return {heading: source.strip() for heading, source in zip(parts[::2], parts[1::2], strict=True)}


# -- a table -------------------------------------------------------------------------------------------

_BLANK = 4
_STUBS = {0: (), 1: (8,), 3: (6, 8, 17)}
"""Widths in characters: of a blank, and of the columns in which the labels of rows stand, by their number."""


def _table(table: Grid) -> Iterator[str]:
    """A grid as HTML, in a container that scrolls by itself where the screen is narrow."""
    stub = min(cell.column for cell in _blanks(table))
    answered = {cell.row for cell in _blanks(table)}
    widths = [*_STUBS[stub], *[_BLANK] * (table.columns - stub)]
    yield f'<div class="gk-scroll" role="region" aria-label="{escape(table.heading)}" tabindex="0" lang="zh-CN">'
    yield f'<table class="gk-form" style="min-width: {sum(widths)}em">'
    yield "".join(["<colgroup>", *(f'<col style="width: {width}em">' for width in widths), "</colgroup>"])
    for row in range(table.rows):
        cells = [cell for cell in table.cells if cell.row == row]
        named = (_cell(cell, beside=cell.column < stub and row in answered) for cell in cells)
        yield "".join(["<tr>", *named, "</tr>"])
    yield "</table>"
    yield "</div>"


def _blanks(table: Grid) -> Iterator[Cell]:
    return (cell for cell in table.cells if cell.at is not None)


def _cell(cell: Cell, *, beside: bool) -> str:
    """A blank with its address, or a label: of a row if it stands beside blanks, else of a column."""
    spans = "".join(
        f' {name}="{count}"' for name, count in (("rowspan", cell.rows), ("colspan", cell.columns)) if count > 1
    )
    if cell.at is not None:
        return f'<td{spans} data-address="{cell.at}" title="{cell.at}"></td>'
    scope = ("row", cell.rows) if beside else ("col", cell.columns)
    return f'<th{spans} scope="{scope[0]}{"group" * (scope[1] > 1)}">{escape(cell.text, quote=False)}</th>'


if __name__ == "__main__":
    for path, text in pages().items():
        (HERE / path).write_text(text, encoding="utf-8", newline="\n")
