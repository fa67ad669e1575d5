"""The command `gkformat consolidate`."""

from collections.abc import Iterator

import click

from gkformat.base.errors import Incomparable, Malformed
from gkformat.base.visible import visible
from gkformat.base.words import Lang, Words
from gkformat.cli.errors import CliError, malformed_message
from gkformat.cli.inputs import named_source, read_report
from gkformat.cli.json_text import json_lines
from gkformat.cli.options import FILE, lang, localized_command, option
from gkformat.cli.output import print_data, print_lines
from gkformat.cli.overwriting import refuse_overwriting
from gkformat.comparison.consolidation import Consolidated, consolidate
from gkformat.examination.result import CONCLUSIONS
from gkformat.notation.outline import label


@localized_command(
    "汇总：把各单位的报告逐格相加，得到一份报告，如实保留。",
    "Add up reports cell by cell into one, as found: 汇总.",
    codes=Words(
        "退出码：0 已写出；1 有报告不合格式，或不能合在一起；2 有文件无法读取或写出，或用法有误。",
        "Exit code 0: written; 1: a part is malformed, or the parts do not belong together; 2: a file could not be "
        "read or written, or misuse.",
    ),
    example="gkformat consolidate tests/corpus/suqian-2024.json tests/corpus/huaian-2024.json "
    "--agency 两市 --year 2024 -o whole.json",
)
@click.argument("parts", nargs=-1, required=True, type=FILE)
@option("--agency", required=True, zh="汇总报告的机关", en="The body whose report the sum is.")
@option("--year", required=True, type=int, zh="汇总哪一年", en="Its year.")
@option(
    "-o",
    "--output",
    "file",
    required=True,
    metavar="FILE",
    type=FILE,
    zh="写入此文件（JSON）",
    en="The file to write, as JSON.",
)
@lang
def command(parts: tuple[str, ...], agency: str, year: int, file: str, lang: Lang) -> int:
    """Write the sum of reports, and print what went into it."""
    refuse_overwriting([file], map(named_source, parts))
    try:
        whole = consolidate((read_report(part) for part in parts), agency=agency, year=year)
    except Malformed as error:
        raise CliError(malformed_message(error), 1) from None
    except Incomparable as error:
        raise CliError(error.words, 1) from None
    print_data(json_lines(whole.report, indent=2), file)
    print_lines([*_manifest_lines(whole, lang), _WRITTEN.format(count=len(whole.manifest), file=file).text(lang)])
    return 0


_WRITTEN = Words("已汇总 {count} 份，写入 {file}", "{count} report(s) added up and written to {file}")
_SUM_OF_OTHERS = Words(
    "有单位未填或读不出，其余之和为 {known}", "blank or unclear in some parts, the others add up to {known}"
)


def _manifest_lines(whole: Consolidated, lang: Lang) -> Iterator[str]:
    for part in whole.manifest:
        yield f"{visible(part.agency)}  {CONCLUSIONS[part.verdict.value].text(lang)}"
    for mixed in whole.mixed:
        yield f"{label(type(whole.report), mixed.at)}  {_SUM_OF_OTHERS.format(known=mixed.known).text(lang)}"
        yield f"  {click.style(mixed.at, dim=True)}"
