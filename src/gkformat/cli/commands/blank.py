"""The command `gkformat blank`."""

from os.path import lexists

import click

from gkformat.base.errors import UnknownEdition, Unwritable
from gkformat.base.families import FAMILIES
from gkformat.base.visible import visible
from gkformat.base.words import Lang, Words
from gkformat.cli.errors import CliError, os_message, with_prefix
from gkformat.cli.inputs import read_report
from gkformat.cli.options import FILE, completed_from, lang, localized_command, option
from gkformat.cli.output import print_lines
from gkformat.forms.editions import EDITIONS
from gkformat.writers.blank import blank


@localized_command(
    "写出空白表，供填写：Excel（.xlsx，总计自动计算，勾稽关系随填随核）、网页（.html，随填随核，不需联网）、"
    "Word（.docx）或 JSON。"
    "给出上年的报告时，填好机关、年度，并把上年的结转下年度填入上年结转。",
    "Write a blank form to be filled in: Excel (.xlsx, which adds up its totals and checks the equations), a page "
    "(.html, which checks them in a browser, without a network), Word (.docx) or JSON. From last year's report it "
    "takes the body, the year, and what that report carried forward (上年结转).",
    codes=Words(
        "退出码：0 已写出；1 上年的报告不合格式；2 文件无法读取或写出，或用法有误。",
        "Exit code 0: written; 1: last year's report is malformed; 2: a file could not be read or written, or misuse.",
    ),
    example="gkformat blank form.xlsx --from tests/corpus/hongze-2023.json",
)
@click.argument("file", type=FILE)
@option(
    "--from",
    "last_year",
    metavar="REPORT",
    type=FILE,
    zh="上年的报告，任何能读取的文件",
    en="Last year's report, in any file.",
)
@option(
    "--edition",
    shell_complete=completed_from(EDITIONS),
    zh="格式版本 [默认：该年度施行的，或最新的]",
    en="Edition of the form [default: that of the year, or the newest].",
)
@lang
def command(file: str, last_year: str | None, edition: str | None, lang: Lang) -> int:
    """Write a blank form, and print what was preset in it."""
    if lexists(file):
        raise CliError(with_prefix(file, _EXISTS))
    report = read_report(last_year) if last_year else None
    try:
        presets = blank(file, edition=edition, last_year=report)
    except (UnknownEdition, Unwritable) as error:
        raise CliError(error.words) from None
    except OSError as error:
        raise CliError(with_prefix(file, os_message(error))) from None
    lines = [_WRITTEN.format(file=visible(file)).text(lang)]
    if report:
        year = report.year + 1
        lines.append(_FOR.format(agency=visible(report.agency), year=year).text(lang))
        if edition and not EDITIONS[edition].covers(year):
            mismatch = FAMILIES["year-mismatch"].message
            lines.append(f"  {mismatch.format(left=year, edition=edition, years=EDITIONS[edition].years).text(lang)}")
    print_lines([*lines, *(f"  {preset.label}  {visible(preset.message(lang))}" for preset in presets)])
    return 0


_EXISTS = Words(
    "文件已存在，可能已经填写，不覆盖；请另取文件名",
    "the file exists, and may be filled in: it is not written over; choose another name",
)
_FOR = Words(
    "  机关、年度  按上年报告填好：{agency}，{year}",
    "  {agency}, {year}: the body and the year, from last year's report",
)
_WRITTEN = Words("已写入 {file}", "written to {file}")
