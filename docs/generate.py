"""Write the generated pages of the documentation: `python docs/generate.py`.

A test compares the committed pages with those that this program would write.
"""

import inspect
import re
import sys
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from types import ModuleType

from gkformat import EDITIONS, AnyReport, dumps, load
from gkformat.base.families import AUTHORITY_TITLES, RETIRED
from gkformat.base.words import COLON, Lang
from gkformat.cli.app import COMMANDS
from gkformat.cli.schemas import check_schema
from gkformat.derived.catalogue import NEVER_CHECKED, Rule, applies, explanation, rules
from gkformat.diagnosis.slips import SLIP_KINDS
from gkformat.forms.definitions import DEFINITIONS
from gkformat.forms.editions import Edition
from gkformat.forms.indicators import INDICATORS
from gkformat.notation.grid import Grid, GridCell, grid
from gkformat.notation.outline import Node, outline
from gkformat.views import chart

HERE = Path(__file__).parent
sys.path += [str(HERE), str(HERE.parent / "tests")]

from pictures import checked_report, terminal  # noqa: E402 - beside this program
from rule_examples import rule_examples  # noqa: E402 - beside this program
from stubs import form_stub, package_stub  # noqa: E402 - beside this program

from narratives import Narrative, narratives  # noqa: E402 - a module of the tests

EXAMPLES = "../src/gkformat/derived/examples.json"
NOTE = "<!-- Written by docs/generate.py. Change what it is made from, not this page. -->"


def pages() -> Mapping[str, str]:
    """Return the text of every generated page by its path below docs/."""
    found = [
        ("reference/commands.md", commands_page()),
        ("reference/slips.md", slips_page()),
        ("reference/indicators.md", indicators_page()),
        ("reference/narrative.md", narrative_page()),
    ]
    for edition in EDITIONS.values():
        found += [
            (f"reference/form-{edition.name}.md", form_page(edition)),
            (f"reference/rules-{edition.name}.md", rules_page(edition, "en")),
            (f"reference/rules-{edition.name}.zh-CN.md", rules_page(edition, "zh")),
        ]
    return {path: "\n".join([NOTE, "", *lines]).rstrip() + "\n" for path, lines in found} | {
        EXAMPLES: examples_file(),
        "_static/checked.svg": checked_report("en"),
        "_static/checked.zh-CN.svg": checked_report("zh"),
        "_static/chart-report.svg": chart(_published("huaian-2024")) + "\n",
        "_static/chart-years.svg": chart([_published(f"pingtan-{year}") for year in range(2019, 2025)]) + "\n",
        "reference/check.schema.json": dumps(check_schema(), indent=2) + "\n",
        "../src/gkformat/__init__.pyi": "\n".join(package_stub()) + "\n",
        **{_stub_path(edition): "\n".join(form_stub(_module(edition))) + "\n" for edition in EDITIONS.values()},
    }


def _published(name: str) -> AnyReport:
    return load(HERE.parent / "tests" / "corpus" / f"{name}.json", as_found=True)


def examples_file() -> str:
    """Return the text of the file with the examples of the rules, which the pages of rules show."""
    return dumps(rule_examples(), indent=2) + "\n"


def _module(edition: Edition) -> ModuleType:
    return sys.modules[edition.report.__module__]


def _stub_path(edition: Edition) -> str:
    return f"../src/{_module(edition).__name__.replace('.', '/')}.pyi"


# -- the slips -----------------------------------------------------------------------------------------


def slips_page() -> Iterator[str]:
    """Yield the page with the table of slips and their weights."""
    yield "# The table of slips"
    yield ""
    yield "These are the kinds of slip that `diagnose` considers. A kind of *n* bits is about one slip in 2 to the"
    yield "power of *n*. One bit is added for each doubling of the number of results that such a slip could have given,"
    yield "and one for each doubling of a proposed number that is not a total. The fewer bits, the likelier the slip."
    yield ""
    yield "| kind | | bits | reason |"
    yield "|---|---|--:|---|"
    for kind in SLIP_KINDS.values():
        yield f"| `{kind.name}` | {kind.title.en} · {kind.title.zh} | {kind.bits} | {kind.reason.en} |"
    yield ""
    yield "Verhoeff: *Error Detecting Decimal Codes*, Amsterdam 1969."


# -- the command line ----------------------------------------------------------------------------------


def commands_page() -> Iterator[str]:
    """Yield the page of commands: each with its help as a terminal shows it."""
    yield "# The commands"
    yield ""
    yield "The output of `gkformat COMMAND --help`. What all commands share is [on its own page](command-line.md)."
    for name, words in COMMANDS.items():
        yield ""
        yield f"## `gkformat {name}`"
        yield ""
        yield f"{words.zh} · {words.en}"
        yield ""
        yield "```text"
        yield terminal(name, "--help", COLUMNS="100")
        yield "```"


# -- the indicators ------------------------------------------------------------------------------------


def indicators_page() -> Iterator[str]:
    """Yield the definitions of the indicators, in both languages."""
    yield "# The indicators"
    yield ""
    yield "None of them is defined by the form: the name is the definition."
    yield "For what they are good for see [Compute indicators](../how-to/indicators.md)."
    yield ""
    yield "| name | what it is | definition |"
    yield "|---|---|---|"
    for each in INDICATORS:
        yield f"| `{each.name}` | {each.title.zh}<br>{each.title.en} | {each.definition.zh}<br>{each.definition.en} |"


# -- the rules -----------------------------------------------------------------------------------------


def rules_page(edition: Edition, lang: Lang) -> Iterator[str]:
    """Yield the catalogue of rules in one language, with a link to the other."""
    if lang == "en":
        yield f"# The rules, edition {edition.name}"
        yield ""
        yield f"[中文](rules-{edition.name}.zh-CN.md)"
        yield ""
        yield "Each rule is told with what it asks for and why, the clause from which that follows, a sound and a"
        yield "broken example, and what to do."
        yield "An equation can refuse a report, advice never does; a structural fault says why data is not a report."
        yield "Names are stable and never reused."
    else:
        yield f"# 规则目录（{edition.name} 版）"
        yield ""
        yield f"[English](rules-{edition.name}.md)"
        yield ""
        yield (  # in one line, for a browser shows the end of a line as a space
            "每条规则说明：要求什么，为什么，依据哪一条，正确和出错的例子各一个，发现了怎么办。"
            "等式不符，报告可被拒绝；提示只供核对，不会拒绝报告；结构错误说明数据为何还不成其为报告。"
            "规则的名称固定不变，也不会改作他用。"
        )
    yield ""
    for authority, title in AUTHORITY_TITLES.items():
        yield f"## {title.text(lang).capitalize()}"
        yield ""
        for rule in rules(edition.name):
            if rule.authority == authority:
                yield from _rule_section(rule, lang)
    yield "## " + ("Never checked" if lang == "en" else "从不检查")
    yield ""
    for item in NEVER_CHECKED:
        reason = f" ({item.reason.en})" if lang == "en" else f"（{item.reason.zh}）"
        yield f"- {item.relation.text(lang)}{reason}"
    yield ""
    yield "## " + ("Given up" if lang == "en" else "不再使用的规则")
    yield ""
    for name, why in RETIRED.items():
        yield f"- `{name}`{COLON.text(lang)}{why.text(lang)}"


def _rule_section(rule: Rule, lang: Lang) -> Iterator[str]:
    yield f"### `{rule.rule}`"
    yield ""
    yield rule.title.text(lang)
    yield ""
    if rule.says:
        yield f"> {rule.says}"
        yield ""
    if rule.equations:
        yield f"{rule.equations} equations, for instance:" if lang == "en" else f"{rule.equations} 条等式，例如："
        yield ""
        yield _abridged(rule.chinese)
        yield ""
        yield f"`{_abridged(rule.example)}`"
        yield ""
    for words in explanation(rule):
        yield words.text(lang)
        yield ""


def _abridged(equation: str) -> str:
    """Return an equation with the middle of a long side left out."""
    first, *middle, last = equation.split(" + ")
    return " + ".join([first, middle[0], "…", last] if len(middle) > _MOST_TERMS else [first, *middle, last])


_MOST_TERMS = 6


# -- the narrative -------------------------------------------------------------------------------------


def narrative_page() -> Iterator[str]:
    """Yield the page that shows which numbers `text-differs` understands in tests/narratives.json."""
    found = list(narratives())
    counts = [read for narrative in found for read in narrative.read]
    false_alarms = sum(narrative.finding_count for narrative in found)
    yield "# What is read of a narrative"
    yield ""
    yield "Texts with the phrases that agencies use, each compared by `text-differs` with the table of a real report."
    yield "A number in **bold** is reported when it is wrong: each of them was changed to see that."
    yield "A number in *italics* is in the table but is passed over; all other numbers are about something else."
    yield ""
    yield f"Of {len(counts)} numbers from the table, {sum(counts)} are reported when they are wrong."
    yield f"Of these {len(found)} texts as published, {false_alarms or 'none'} gives a finding."
    yield "For the reasons see [Text and table](../explanation/narrative.md)."
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
    """Yield the page of the printed form, section by section, each table with the classes that declare it."""
    root = outline(edition.report)
    declared = declarations(edition)
    tables = {node.name: grid(edition.report, node.at) for node in root.children if node.printed.kind == "section"}
    count = sum(len(list(_blanks(table))) for table in tables.values())
    yield f"# The form, edition {edition.name}"
    yield ""
    yield f"Prescribed by {edition.notice}"
    yield f"for the reporting years {edition.years.en}."
    yield f"It has {count} numbers."
    yield ""
    yield "The sections are in printed order. Each table is drawn from the classes below it, which are those of"
    yield f"`gkformat.forms.y{edition.name}`. Point at a blank, or tap it, to see its address."
    for node in root.children:
        if node.printed.kind in ("prose", "section"):
            yield ""
            yield f"(form-{edition.name}-{node.name})="
            yield f"## {node.label}"
            yield ""
            yield from _section(node, tables.get(node.name), declared.get(node.label, ""), edition)
    yield ""
    yield "## The report"
    yield ""
    *_, whole = declared.values()
    yield from _python(whole)


def _section(node: Node, table: Grid | None, declaration: str, edition: Edition) -> Iterator[str]:
    if table is None:
        yield f"{node.printed.note or 'The form prints nothing in its place.'}"
        yield ""
        yield f"A text: the field `{node.name}` of the report."
        return
    yield from _table(table)
    yield ""
    yield from _definitions(node, edition)
    yield f"{len(list(_blanks(table)))} numbers: the field `{node.name}` of the report."
    yield ""
    yield from _python(declaration)


def _definitions(section: Node, edition: Edition) -> Iterator[str]:
    """Yield what counts in the rows of a section for which a clause says so."""
    articles = {at: DEFINITIONS.get(at.removeprefix("requests.outcomes.")) for at in _nodes_below(section)}
    rows = {at: article for at, article in articles.items() if article and applies(article, edition.name)}
    if rows:
        yield "What counts in a row, where a clause says so:"
        yield ""
        for at, article in rows.items():
            yield f"- {_nodes_below(section)[at].printed.label}: {article.says.zh}（{article}） · {article.says.en}"
        yield ""


def _nodes_below(node: Node) -> dict[str, Node]:
    return {at: found for child in node.children for at, found in ({child.at: child} | _nodes_below(child)).items()}


def _python(source: str) -> Iterator[str]:
    yield "```python"
    yield source
    yield "```"


def declarations(edition: Edition) -> Mapping[str, str]:
    """Return the source of the classes of a form by the heading of their section."""
    module = inspect.getmodule(edition.report)
    assert module
    _, *parts = re.split(r"^# -- (.+?) -+$", inspect.getsource(module), flags=re.MULTILINE)
    return {heading: source.strip() for heading, source in zip(parts[::2], parts[1::2], strict=True)}


# -- a table -------------------------------------------------------------------------------------------

_BLANK = 4
_STUBS = {0: (), 1: (8,), 3: (6, 8, 17)}
"""Widths in characters: of a blank, and of the columns with row labels, by the number of these columns."""


def _table(table: Grid) -> Iterator[str]:
    """Yield a grid as HTML, in a container that scrolls by itself on a narrow screen."""
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


def _blanks(table: Grid) -> Iterator[GridCell]:
    return (cell for cell in table.cells if cell.at is not None)


def _cell(cell: GridCell, *, beside: bool) -> str:
    """Return a blank with its address, or a label: that of a row if it is beside blanks, else that of a column."""
    spans = "".join(
        f' {name}="{count}"' for name, count in (("rowspan", cell.rows), ("colspan", cell.columns)) if count > 1
    )
    if cell.at is not None:
        return f'<td{spans} data-address="{cell.at}"></td>'
    scope = ("row", cell.rows) if beside else ("col", cell.columns)
    return f'<th{spans} scope="{scope[0]}{"group" * (scope[1] > 1)}">{escape(cell.text, quote=False)}</th>'


def write(path: str, text: str) -> None:
    (HERE / path).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write(EXAMPLES, examples_file())
    for path, text in pages().items():
        write(path, text)
