"""The command `gkformat diff`."""

from collections.abc import Iterator, Sequence

import click

from gkformat.base.address import Address
from gkformat.base.findings import MARK_TITLES, MarkKind
from gkformat.base.visible import visible
from gkformat.base.words import Lang, Words
from gkformat.cli.inputs import read_report
from gkformat.cli.json_text import json_lines
from gkformat.cli.options import FILE, lang, localized_command, output_format
from gkformat.cli.output import print_data, print_lines
from gkformat.comparison.crosswalk import shared_addresses
from gkformat.comparison.difference import Difference, diff
from gkformat.comparison.folding import foldable_groups, folded_cells
from gkformat.forms.editions import AnyReport


@localized_command(
    "逐格比较两份报告；版本不同的，比较两版所问相同的格。",
    "Compare two reports cell by cell, across editions where both ask the same.",
    codes=Words(
        "退出码：0 已比较，不论异同；1 有文件不合格式；2 有文件无法读取或用法有误。",
        "Exit code 0: compared, whatever was found; 1: a file is malformed; 2: a file could not be read, or misuse.",
    ),
    example="gkformat diff tests/corpus/pingtan-2022.json tests/corpus/pingtan-2023.json",
)
@click.argument("left", type=FILE)
@click.argument("right", type=FILE)
@output_format(("text", "json"))
@lang
def command(left: str, right: str, output: str, lang: Lang) -> int:
    """Print the cells in which two reports differ."""
    one, other = read_report(left), read_report(right)
    differences = diff(one, other)
    apart = len(shared_addresses(one.edition, other.edition).unmatched)
    if output == "json":
        print_data(_as_json(differences, apart))
    else:
        print_lines(_as_text(one, other, differences, apart, lang))
    return 0


_COUNT = Words("不同 {count} 处", "{count} difference(s)")
_APART = Words("；两版格式不可比的格 {apart} 个", "; {apart} cell(s) not comparable between editions")


def _as_text(
    one: AnyReport, other: AnyReport, differences: Sequence[Difference], apart: int, lang: Lang
) -> Iterator[str]:
    yield click.style(" → ".join(f"{visible(report.agency)} {report.year}" for report in (one, other)), bold=True)
    for item in differences:
        pairs = ((one, item.left), (other, item.right))
        left, right = (
            _why_open(report, item.at).text(lang) if value is None else str(value) for report, value in pairs
        )
        change = "" if item.change is None else f"{item.change:+}"
        percent = "" if item.percent is None else f"{item.percent:+}%"
        yield item.label
        yield "  " + "  ".join(filter(None, (f"{left} → {right}", change, percent, click.style(item.at, dim=True))))
    rest = _APART.format(apart=apart).text(lang) if apart else ""
    yield f"{_COUNT.format(count=len(differences)).text(lang)}{rest}"


def _why_open(report: AnyReport, at: Address) -> Words:
    """Return the title of the mark for which there is no number; of the cells of a folded group, the gravest."""
    cells = folded_cells(type(report), foldable_groups(type(report)))
    folded = cells[at].cells if at in cells else (at,)
    kinds = {mark.kind for mark in report.marks if mark.at in folded}
    for kind in _GRAVEST_FIRST:
        if kind in kinds:
            return MARK_TITLES[kind]
    return MARK_TITLES["blank"]


_GRAVEST_FIRST: tuple[MarkKind, ...] = ("unreadable", "out-of-range", "absent")


def _as_json(differences: Sequence[Difference], apart: int) -> list[str]:
    listed = [
        {"at": item.at, "label": item.label, "left": item.left, "right": item.right}
        | {"kind": item.kind, "change": item.change, "percent": item.percent}
        for item in differences
    ]
    return json_lines({"differences": listed, "apart": apart}, indent=2)
