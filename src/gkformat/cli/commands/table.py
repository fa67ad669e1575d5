"""The command `gkformat table`."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from tempfile import TemporaryFile

import click
from attrs import define

from gkformat.base.words import COMMA, LANGUAGES, Lang, Words
from gkformat.cli.errors import CliError, with_prefix
from gkformat.cli.formats.wording import NO_REPORT
from gkformat.cli.inputs import find_sources
from gkformat.cli.options import FILE, agency, lang, localized_command, option, year
from gkformat.cli.output import print_error, print_lines
from gkformat.cli.overwriting import refuse_overwriting
from gkformat.cli.reports import examined_in
from gkformat.cli.tables.findings import FINDINGS, finding_rows
from gkformat.cli.tables.indicators import INDICATORS, indicator_rows
from gkformat.cli.tables.numbers import LONG, NUMBERS, WideRows, long_rows
from gkformat.cli.tables.output import AddTable, open_tables, table_files
from gkformat.examination.result import CONCLUSIONS, Examination


@localized_command(
    "导出表格：各种文件的年报写成一张表，供 Excel、数据库和统计软件用。后缀决定种类：.csv .xlsx .parquet .jsonl。"
    "未填、读不出的格空着，不写成 0。",
    "Write the numbers of reports in files of any kind as a table; its suffix says how: .csv, .xlsx, .parquet or "
    ".jsonl. What is blank or unclear stays empty, and is not 0.",
    codes=Words(
        "退出码：0 每个文件都是一份报告；1 有文件不合格式；2 有文件无法读取或写出，或用法有误。",
        "Exit code 0: every file is a report; 1: one is malformed; 2: one could not be read or written, or misuse.",
    ),
    example="gkformat table tests/corpus -o reports.xlsx --titles --findings",
)
@click.argument("files", nargs=-1, required=True, type=FILE)
@option("-o", "--output", "file", metavar="FILE", type=FILE, required=True, zh="写入此文件", en="The file to write.")
@option(
    "--long",
    "is_long",
    is_flag=True,
    zh="每个数字一行，附原文、状态、位置（默认每份报告一行，每格一列）",
    en="A row for each number, with its text, state and place, instead of one for each report.",
)
@option("--titles", is_flag=True, zh="表头用中文（默认用地址）", en="Chinese headings instead of addresses.")
@option("--findings", is_flag=True, zh="另附检查结果表", en="Add a table of findings.")
@option("--indicators", is_flag=True, zh="另附指标表", en="Add a table of indicators.")
@agency
@year
@lang
def command(
    files: tuple[str, ...],
    file: str,
    is_long: bool,
    titles: bool,
    findings: bool,
    indicators: bool,
    agency: str,
    year: int | None,
    lang: Lang,
) -> int:
    """Write the tables, and say on standard error which files are no reports."""
    asked = [NUMBERS, *[FINDINGS.name] * findings, *[INDICATORS.name] * indicators]
    outputs = table_files(file, asked)
    with ExitStack() as opened:
        refuse_overwriting(outputs.values(), find_sources(files, opened))
    counted = _Counted(lang)
    with open_tables(outputs, titles=titles, lang=lang) as add:
        examinations = counted.told(examined_in(files, agency=agency, year=year))
        editions = _write(examinations, asked, add, lang, is_long=is_long)
        if not counted.reports:
            raise CliError(NO_REPORT, max(counted.code, 2))
    print_lines(_summary(counted.reports, list(dict.fromkeys(outputs.values())), editions, lang))
    return counted.code


@define(eq=False)
class _Counted:
    """How many reports there are, and the exit code for the files that are none, which are told."""

    lang: Lang
    reports: int = 0
    code: int = 0

    def told(self, examinations: Iterable[Examination]) -> Iterator[Examination]:
        for examination in examinations:
            self.reports += examination.report is not None
            if examination.report is None:
                self.code = max(self.code, 1 if examination.conclusion == "malformed" else 2)
                print_error(with_prefix(examination.file, _reason(examination)), self.lang)
            yield examination


def _reason(examination: Examination) -> Words:
    notes = examination.notes
    faults = [Words(*(f"  {note.pointer} {note.message(lang)}".rstrip() for lang in LANGUAGES)) for note in notes]
    said = [examination.error or CONCLUSIONS[examination.conclusion], *faults]
    return Words(*("\n".join(words.text(lang) for words in said) for lang in LANGUAGES))


def _write(
    examinations: Iterable[Examination], asked: list[str], add: AddTable, lang: Lang, *, is_long: bool
) -> tuple[str, ...]:
    """Write the tables that are asked for; return the editions among which the columns are shared."""
    with TemporaryFile() as waiting:
        wide = WideRows(waiting)
        long = add(LONG) if is_long else None
        found = add(FINDINGS) if FINDINGS.name in asked else None
        ratios = add(INDICATORS) if INDICATORS.name in asked else None
        for examination in examinations:
            if long:
                long.write(long_rows(examination, lang))
            else:
                wide.add(examination)
            if found:
                found.write(finding_rows(examination, lang))
            if ratios and examination.report:
                ratios.write(indicator_rows(examination.file, examination.report, lang))
        if wide.editions:
            add(wide.table).write(wide.rows())
        return wide.editions


def _summary(reports: int, files: list[str], editions: tuple[str, ...], lang: Lang) -> Iterator[str]:
    yield _WRITTEN.format(count=reports, files=COMMA.text(lang).join(files)).text(lang)
    if len(editions) > 1:
        yield _SHARED.format(editions=_AND.text(lang).join(sorted(editions))).text(lang)


_AND = Words("、", ", ")
_WRITTEN = Words("{count} 份报告，已写入 {files}", "{count} report(s) written to {files}")
_SHARED = Words(
    "版本不同（{editions}），只列各版所问相同的格；全部的格见 --long，或分版本导出",
    "editions differ ({editions}), so only the cells that they share have columns; --long has all, and so has a table "
    "of each edition",
)
