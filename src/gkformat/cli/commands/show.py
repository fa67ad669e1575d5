"""The command `gkformat show`."""

from shutil import get_terminal_size

import click

from gkformat.base.words import Lang, Words
from gkformat.cli.baseline import Baseline
from gkformat.cli.examine import examine
from gkformat.cli.formats.text import file_lines
from gkformat.cli.inputs import named_source
from gkformat.cli.options import FILE, agency, lang, localized_command, option, year
from gkformat.cli.output import print_data, print_lines
from gkformat.cli.overwriting import refuse_overwriting
from gkformat.cli.policy import Policy
from gkformat.views.check_page.document import page
from gkformat.views.show import report_lines


@localized_command(
    "按官方版式在终端里显示一份报告：三张表，各部分文字的长度，以及检查的结果。"
    "! 表示勾稽关系在此不符，或此格不能填这样的数；? 表示读不出、文件中没有，或因此及空白无法判定；"
    "* 表示另有标注；空白格仍为空白。",
    "Show a report in the terminal in the official layout: the three tables, how long each text is, and what a "
    "check finds. ! marks a cell where an equation is broken or that cannot hold its number, ? one that is unreadable "
    "or absent, or that open cells leave undecided, * one that is annotated; a blank stays blank.",
    codes=Words(
        "退出码：0 已显示，不论检查结果；1 文件不合格式；2 文件无法读取或用法有误。",
        "Exit code 0: shown, whatever was found; 1: the file is malformed; 2: it could not be read, or misuse.",
    ),
    example="gkformat show tests/corpus/hongze-2023.json",
)
@click.argument("file", type=FILE)
@option("--html", "as_page", is_flag=True, zh="改为检查结果网页", en="As the check page instead.")
@option("-o", "--output", metavar="FILE", type=FILE, zh="写入此文件", en="Write to this file.")
@agency
@year
@lang
def command(file: str, as_page: bool, output: str | None, agency: str, year: int | None, lang: Lang) -> int:
    """Draw a report in the terminal, or as a page."""
    source = named_source(file)
    if output:
        refuse_overwriting([output], [source])
    outcome = examine(source, Policy(), Baseline(), as_found=True, agency=agency, year=year)
    examination = outcome.examination
    if as_page:
        print_data(page([examination], lang=lang).splitlines(), output)
    elif examination.report is None:
        print_lines(file_lines(outcome, lang), output)
    else:
        print_lines(report_lines(examination.report, examination, lang, get_terminal_size().columns), output)
    return outcome.exit_code if examination.report is None else 0
