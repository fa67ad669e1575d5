"""The command `gkformat write`."""

from collections.abc import Iterator, Sequence

import click

from gkformat.base.errors import Malformed, Unreadable, Unwritable
from gkformat.base.visible import visible
from gkformat.base.words import Lang, Words
from gkformat.cli.errors import CliError, malformed_message, os_message, with_prefix
from gkformat.cli.inputs import named_source
from gkformat.cli.options import FILE, agency, lang, localized_command, option, year
from gkformat.cli.output import print_lines
from gkformat.cli.overwriting import refuse_overwriting
from gkformat.examination.documents import incomplete_message
from gkformat.forms.editions import AnyReport
from gkformat.readers import read
from gkformat.writers import write
from gkformat.writers.texts import Rewritten


@localized_command(
    "把一份报告写成官方格式的文件：Word（.docx）、Excel（.xlsx）、网页（.html）、Markdown（.md）、文本（.txt）或 JSON。"
    "各格照原文写出，空白仍为空白；不符的数字不作改动。",
    "Write a report as the official form: Word (.docx), Excel (.xlsx), a page (.html), Markdown (.md), text (.txt) or "
    "JSON. Each cell shows what the document showed; a blank stays blank, and no number is changed.",
    codes=Words(
        "退出码：0 已写出；1 文件不合格式，或有不能写出的文字；2 文件无法读取或写出，或用法有误。",
        "Exit code 0: written; 1: the file is malformed, or has a text that cannot be written; 2: a file could not be "
        "read or written, or misuse.",
    ),
    example="gkformat write tests/corpus/hongze-2023.json -o report.docx",
)
@click.argument("file", type=FILE)
@option(
    "-o", "--output", required=True, metavar="FILE", type=FILE, zh="写入此文件，按后缀选格式", en="The file to write."
)
@agency
@year
@lang
def command(file: str, output: str, agency: str, year: int | None, lang: Lang) -> int:
    """Write a report, and print which texts are not in the file as they were."""
    refuse_overwriting([output], [named_source(file)])
    report = _read_report(file, agency, year)
    try:
        rewritten = write(report, output)
    except Malformed as error:
        raise CliError(with_prefix(file, malformed_message(error)), 1) from None
    except Unwritable as error:
        raise CliError(error.words) from None
    except OSError as error:
        raise CliError(with_prefix(output, os_message(error))) from None
    print_lines([_WRITTEN.format(output=visible(output)).text(lang), *_rewritten_lines(rewritten, lang)])
    return 0


_WRITTEN = Words("已写入 {output}", "written to {output}")


def _read_report(file: str, agency: str, year: int | None) -> AnyReport:
    try:
        reading = read(named_source(file).read(), agency=agency, year=year)
    except CliError as error:
        raise CliError(with_prefix(file, error.words)) from None
    except Unreadable as error:
        raise CliError(with_prefix(file, error.words)) from None
    except Malformed as error:
        raise CliError(with_prefix(file, malformed_message(error)), 1) from None
    if reading.report is None:
        raise CliError(with_prefix(file, incomplete_message(reading, may_be_given=True)))
    report: AnyReport = reading.report
    return report


def _rewritten_lines(rewritten: Sequence[Rewritten], lang: Lang) -> Iterator[str]:
    for item in rewritten:
        yield f"  {item.label}  {visible(item.message(lang))}"
        yield f"  {click.style(item.at, dim=True)}"
