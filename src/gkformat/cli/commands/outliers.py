"""The command `gkformat outliers`."""

from collections.abc import Iterator

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
from gkformat.cli.reports import Failed, reports_in
from gkformat.comparison.outliers import Outliers, outliers
from gkformat.forms.editions import AnyReport


@localized_command(
    "在同类机关的年报中找出离群的数字：别处都有而它为 0、占比远离同组、比上年突变。只供核对，不影响检查的结论。"
    "同年可比的须有 30 份以上。",
    "Find the numbers that are unusual among reports of bodies that are alike: nothing where the others have numbers, "
    "a share far from theirs, a jump against the year before. It needs 30 reports of a year, and is advice.",
    codes=Words(
        "退出码：0 每个文件都是一份报告；1 有文件不合格式；2 有文件无法读取，或用法有误。",
        "Exit code 0: every file is a report; 1: one is malformed; 2: one could not be read, or misuse.",
    ),
    example="gkformat outliers tests/corpus/*.json",
)
@click.argument("files", nargs=-1, required=True, type=FILE)
@option("-o", "--output", "file", metavar="FILE", type=FILE, zh="写入此文件", en="Write to this file.")
@output_format(("text", "csv", "json"))
@lang
def command(files: tuple[str, ...], file: str | None, output: str, lang: Lang) -> int:
    """Print the outliers, and on standard error which files are no reports."""
    if file:
        refuse_overwriting([file], map(named_source, files))
    code = 0

    def found() -> Iterator[AnyReport]:
        nonlocal code
        for each in reports_in(files):
            if isinstance(each, Failed):
                code = max(code, each.code)
                print_error(with_prefix(each.name, each.error), lang)
            else:
                yield each.report

    result = outliers(found())
    lines = _FORMATS[output](result, lang)
    if output == "text":
        print_lines(lines, file)
    else:
        print_data(lines, file, byte_order_mark=output == "csv")
    return code


def _as_text(found: Outliers, lang: Lang) -> Iterator[str]:
    for item in found:
        yield f"{click.style(visible(f'{item.agency} {item.year}'), bold=True)}  {item.title.text(lang)}"
        yield f"  {item.message(lang)}"
        yield f"  {click.style(f'{item.kind}  {item.name}', dim=True)}"
    yield found.title.text(lang)


_COLUMNS = (
    *(
        "agency",
        "year",
        "kind",
        "name",
        "title",
        "count",
        "cases",
        "peers",
        "usual",
        "low",
        "high",
        "chance",
        "message",
    ),
)


def _as_csv(found: Outliers, lang: Lang) -> Iterator[str]:
    rows = ([_value(getattr(item, name), lang) for name in _COLUMNS[:-1]] + [item.message(lang)] for item in found)
    return csv_lines([_COLUMNS, *rows])


def _value(value: object, lang: Lang) -> object:
    return value.text(lang) if isinstance(value, Words) else value


def _as_json(found: Outliers, lang: Lang) -> Iterator[str]:  # noqa: ARG001 - JSON has both languages
    listed = [
        {name: getattr(item, name) for name in _COLUMNS[:-1]}
        | {"message": Words(item.message("zh"), item.message("en"))}
        for item in found
    ]
    yield from json_lines({"reports": found.reports, "compared": found.compared, "outliers": listed}, indent=2)


_FORMATS = {"text": _as_text, "csv": _as_csv, "json": _as_json}
