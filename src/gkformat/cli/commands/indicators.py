"""The command `gkformat indicators`."""

from collections.abc import Iterable, Iterator
from itertools import chain

import click

from gkformat.base.visible import visible
from gkformat.base.words import Lang, Words
from gkformat.cli.csv_lines import csv_lines
from gkformat.cli.errors import with_prefix
from gkformat.cli.inputs import named_source
from gkformat.cli.json_text import json_lines
from gkformat.cli.options import FILE, lang, localized_command, option, output_format
from gkformat.cli.output import print_data, print_error, print_lines
from gkformat.cli.overwriting import refuse_overwriting
from gkformat.cli.reports import Found, reports_in
from gkformat.cli.tables.indicators import INDICATORS, indicator_rows, rounded
from gkformat.derived.ratios import FEW, IndicatorValue, indicators


@localized_command(
    "计算指标：公开率、结转率、纠错率等，各附分子、分母。未填或读不出的格所涉指标不计算。",
    "Compute indicators: shares and rates, each with its two sums. A blank or unclear cell leaves open what it is in.",
    codes=Words(
        "退出码：0 每个文件都是一份报告；1 有文件不合格式；2 有文件无法读取，或用法有误。",
        "Exit code 0: every file is a report; 1: one is malformed; 2: one could not be read, or misuse.",
    ),
    example="gkformat indicators tests/corpus/suqian-2023.json tests/corpus/suqian-2024.json",
)
@click.argument("files", nargs=-1, required=True, type=FILE)
@option("-o", "--output", "file", metavar="FILE", type=FILE, zh="写入此文件", en="Write to this file.")
@output_format(("text", "csv", "json"))
@lang
def command(files: tuple[str, ...], file: str | None, output: str, lang: Lang) -> int:
    """Print the indicators of each report, and on standard error which files are none."""
    if file:
        refuse_overwriting([file], map(named_source, files))
    code = 0

    def found() -> Iterator[Found]:
        nonlocal code
        for each in reports_in(files):
            if isinstance(each, Found):
                yield each
            else:
                code = max(code, each.code)
                print_error(with_prefix(each.name, each.error), lang)

    lines = _FORMATS[output](found(), lang)
    if output == "text":
        print_lines(lines, file)
    else:
        print_data(lines, file, byte_order_mark=output == "csv")
    return code


def _as_text(reports: Iterable[Found], lang: Lang) -> Iterator[str]:
    for each in reports:
        report = each.report
        yield f"{click.style(each.name, bold=True)}  {visible(report.agency)} {report.year}"
        for item in indicators(report):
            few = _FEW.text(lang) if item.is_small and item.value is not None else ""
            sums = "/".join(_shown(side) for side in (item.numerator, item.denominator)) if item.among else ""
            yield f"{_quotient(item):>10}  {sums:>11}  {item.title.text(lang)}  {click.style(item.name, dim=True)}{few}"


_FEW = Words(f"  （不足 {FEW} 件，不宜排名）", f"  (fewer than {FEW} cases: not to be ranked)")
_OPEN = "—"


def _shown(number: int | None) -> str:
    return _OPEN if number is None else str(number)


def _quotient(item: IndicatorValue) -> str:
    if item.value is None:
        return _OPEN
    return f"{float(item.value):.1%}" if item.among else str(item.value)


def _as_csv(reports: Iterable[Found], lang: Lang) -> Iterator[str]:
    rows = (row for each in reports for row in indicator_rows(each.name, each.report, lang))
    return csv_lines(chain([INDICATORS.headings(titles=False)], rows))


def _as_json(reports: Iterable[Found], lang: Lang) -> Iterator[str]:  # noqa: ARG001 - JSON has both languages
    listed = [
        {"file": each.name, "agency": each.report.agency, "year": each.report.year, "edition": each.report.edition}
        | {"indicators": [_described(item) for item in indicators(each.report)]}
        for each in reports
    ]
    yield from json_lines(listed, indent=2)


def _described(item: IndicatorValue) -> dict[str, object]:
    return {
        "name": item.name,
        "title": item.title,
        "value": rounded(item),
        "numerator": item.numerator,
        "denominator": item.denominator,
        "n": item.n,
        "is_small": item.is_small,
        "of": item.of,
        "among": item.among,
    }


_FORMATS = {"text": _as_text, "csv": _as_csv, "json": _as_json}
