"""The command `gkformat check`."""

import sys
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

import click

from gkformat.base.families import Family
from gkformat.base.words import Lang, Words
from gkformat.cli.baseline import Baseline, load_baseline, save_baseline
from gkformat.cli.errors import CliError, with_prefix
from gkformat.cli.formats import FILES, FORMATS, Format, format_named
from gkformat.cli.inputs import exists, find_sources
from gkformat.cli.options import FILE, agency, lang, localized_command, option, output_format, rule_names, year
from gkformat.cli.output import print_data, print_lines, print_stderr, write_data
from gkformat.cli.overwriting import refuse_overwriting
from gkformat.cli.own_rules import load_own_rules
from gkformat.cli.policy import Policy
from gkformat.cli.run import Options, Run
from gkformat.cli.source import Source
from gkformat.forms.kinds import KINDS, KindName

_STREAMED_FORMATS = ("text", "json", "jsonl", "github")


@localized_command(
    "检查报告：列出全部格式错误和不成立的勾稽关系，每处都说明位置。"
    "FILES 可以是文件、文件夹（含子文件夹）、通配符、压缩包（.zip、.tar），或表示标准输入的 -。",
    "Check reports: every fault and every broken equation, each with its place. FILES are files, folders with all that "
    "is in them, patterns, archives (.zip, .tar), or - for standard input.",
    codes=Words(
        "退出码：0 没有不成立的等式，没有读不出的格，也没有空表；1 有文件不合格式、不一致、有读不出的格或没有填任何数字"
        "（包括报告自己声明的，基线已接受的除外）；"
        "2 有文件无法读取、用法有误或程序出错。取其中最大者。",
        "Exit code 0: no broken equation, no unclear cell, no empty report; 1: a file is malformed or inconsistent, "
        "has a cell that cannot be read, or no number at all, declared or not, unless the baseline accepts it; 2: a "
        "file could not be read, the command was misused, or the program failed. The highest wins.",
    ),
    example="gkformat check examples/complete.json",
)
@click.argument("files", nargs=-1, required=True, type=FILE)
@output_format(FORMATS)
@option("-o", "--output", "file", metavar="FILE", type=FILE, zh="把结果写入此文件", en="Write the output to this file.")
@lang
@rule_names("--select", zh="只查这些规则；可重复", en="Only these rules; repeatable.")
@rule_names("--ignore", zh="不查这些规则；可重复", en="Not these rules; repeatable.")
@option(
    "--rules",
    multiple=True,
    metavar="MODULE",
    type=FILE,
    zh="另按自定的规则检查：列有 RULES 的文件或模块",
    en="Check rules of your own, too: a file (.py) or a module, in which RULES lists their functions; repeatable.",
)
@option("--strict", is_flag=True, zh="提示和待定也算不通过", en="Advice and what is undecided fail too.")
@option("-q", "--quiet", is_flag=True, zh="不列通过的文件", en="Do not list the files that pass.")
@option(
    "--also",
    multiple=True,
    metavar="FORMAT=FILE",
    zh="另写一份，如 sarif=gkformat.sarif；可重复",
    en="Write the same results in another format, too, such as sarif=gkformat.sarif; repeatable.",
)
@option(
    "--statistics",
    is_flag=True,
    zh="只列发现的个数：按规则、机关、文件",
    en="Print counts instead of findings: by rule, by body, by file.",
)
@option(
    "--baseline", metavar="FILE", type=FILE, zh="接受此文件所列的发现", en="Accept the findings that this file lists."
)
@option(
    "--write-baseline",
    metavar="FILE",
    type=FILE,
    zh="把现有的发现写入此基线文件",
    en="Write what is found as a baseline.",
)
@option(
    "--as-found",
    is_flag=True,
    zh="用于存档：数字可以是 null，表示空白格",
    en="For archives: a number may be null, which makes it a blank.",
)
@agency
@year
@option(
    "--only-reports",
    is_flag=True,
    zh="点名的文件若不是年报也略过（用于钩子）",
    en="Pass over named files, too, that hold no report (for hooks).",
)
@option(
    "--series", is_flag=True, zh="把各机关的报告与上一年的比较", en="Compare each body's reports with the year before."
)
@option(
    "--parts-of",
    "whole",
    metavar="WHOLE",
    type=FILE,
    zh="把这份报告与其余各份之和比较",
    en="Compare this report with the sum of the others.",
)
@option(
    "--expected",
    multiple=True,
    metavar="AGENCY",
    zh="应报单位；可重复",
    en="A body that should be among the parts; repeatable.",
)
@option(
    "--kind",
    type=click.Choice(list(KINDS)),
    zh="本机关、各级政府或者全系统的报告",
    en="Reports of bodies for themselves, of governments of a level, or of whole systems.",
)
@option(
    "--published",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    zh="公布日期，如 2025-01-31",
    en="Day on which the reports were published, such as 2025-01-31.",
)
def command(
    files: tuple[str, ...],
    output: str,
    file: str | None,
    lang: Lang,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    rules: tuple[str, ...],
    strict: bool,
    quiet: bool,
    also: tuple[str, ...],
    statistics: bool,
    baseline: str | None,
    write_baseline: str | None,
    as_found: bool,
    agency: str,
    year: int | None,
    only_reports: bool,
    series: bool,
    whole: str | None,
    expected: tuple[str, ...],
    kind: KindName | None,
    published: datetime | None,
) -> int:
    """Check files, print what was found, and return the exit code."""
    if expected and not whole:
        raise CliError(_EXPECTED_OF_WHAT)
    if statistics and output != "text":
        raise CliError(_STATISTICS_AS_TEXT)
    if output in FILES and not file:
        raise CliError(_FILE_WANTED.format(output=output))
    copies = [_copy(each) for each in also]
    own_rules = load_own_rules(rules, _folders_of_rules())
    own = tuple(rule.family for rule in own_rules)
    _check_selectors_of_settings(own)
    options = Options(
        Policy(select, ignore, strict=strict, own=own),
        settings=_settings_file(),
        baseline_file=baseline or "",
        baseline=_accepted_already(baseline, write_baseline),
        as_found=as_found,
        agency=agency,
        year=year,
        series=series,
        whole=Path(whole).as_posix() if whole else None,
        expected=expected,
        kind=kind,
        published=published.date() if published else None,
        allow_empty=only_reports,
        quiet=quiet,
        own_rules=own_rules,
    )
    # A pattern such as *.json may match the whole too; duplicates are dropped, and it must come first.
    named = [whole, *files] if whole else files
    with ExitStack() as opened:
        found = list(find_sources(named, opened, explicit=not only_reports))
        outputs = [*filter(None, (file,)), *(path for _, path in copies)]
        refuse_overwriting([*outputs, *filter(None, (write_baseline,))], found, _settings_file())
        refuse_overwriting(outputs, (), baseline)
        hidden = output in _STREAMED_FORMATS and not (file or statistics)
        run = Run(options, _track(found, hidden=hidden, opened=opened), is_kept=bool(copies))
        _emit("statistics" if statistics else output, run, lang, file)
        for name, path in copies:
            _emit(name, run, lang, path)
    if not write_baseline:
        return run.exit_code
    renewed = run.renewed()
    save_baseline(renewed, write_baseline)
    print_stderr(_WRITTEN.format(count=len(renewed.entries), file=write_baseline).text(lang))
    return run.exit_code if run.exit_code > 1 else int(run.omits_faults)


def _emit(name: str, run: Run, lang: Lang, file: str | None) -> None:
    """Print the results in a format, or write them to a file."""
    written = _format(name)(run, lang)
    if isinstance(written, bytes):
        write_data(written, file or "")
    elif name in _FOR_PEOPLE:
        print_lines(written, file)
    else:
        print_data(written, file, byte_order_mark=name == "csv")


_FOR_PEOPLE = ("text", "statistics")


def _copy(given: str) -> tuple[str, str]:
    """Return the format and the file of a copy of the results."""
    name, _, path = given.partition("=")
    if name not in FORMATS or not path:
        raise CliError(_NO_COPY.format(given=given, formats=Words("、".join(FORMATS), ", ".join(FORMATS))))
    return name, path


_NO_COPY = Words(
    "--also 应为 格式=文件，格式为 {formats} 之一：{given}", "--also takes FORMAT=FILE, a format of {formats}: {given}"
)


def _check_selectors_of_settings(own: tuple[Family, ...]) -> None:
    """Raise `CliError` for unknown rules in the settings, with the name of their file."""
    values = click.get_current_context().obj.values
    try:
        Policy(tuple(values.get("select", ())), tuple(values.get("ignore", ())), own=own)
    except CliError as error:
        raise CliError(with_prefix(_settings_file(), error.words)) from None


def _folders_of_rules() -> list[Path]:
    """Return where modules of rules are looked for first: here, and beside the settings."""
    file = click.get_current_context().obj.file
    return [Path.cwd(), *([file.parent] if file else [])]


def _settings_file() -> str:
    file = click.get_current_context().obj.file
    return file.as_posix() if file else ""


def _accepted_already(baseline: str | None, written: str | None) -> Baseline:
    """Load the accepted findings. A baseline that is written again keeps its entries for reports not checked now."""
    file = baseline or written
    if file is None or (written and not exists(Path(file))):
        return Baseline()
    return load_baseline(file)


def _format(name: str) -> Format:
    if name == "statistics":
        from gkformat.cli.formats.statistics import statistics  # noqa: PLC0415 - rarely needed

        return statistics
    return format_named(name)


_STATISTICS_AS_TEXT = Words(
    "--statistics 只能与 --format text 一起用；其他格式列出全部发现，可自行统计",
    "--statistics goes with --format text alone; the other formats list every finding, to be counted",
)
_FILE_WANTED = Words(
    "--format {output} 写成文件，请用 -o 给出文件名", "--format {output} writes a file: name it with -o"
)
_EXPECTED_OF_WHAT = Words("--expected 要与 --parts-of 一起用", "--expected needs --parts-of")
_WRITTEN = Words("已将 {count} 条写入基线 {file}", "{count} entries written to the baseline {file}")
_MANY = 50


def _track(found: Sequence[Source], *, hidden: bool, opened: ExitStack) -> Iterable[Source]:
    """Return the sources, with a progress bar if they are many, unless streamed output would hide it (`hidden`)."""
    if len(found) < _MANY or not sys.stderr.isatty() or (hidden and sys.stdout.isatty()):
        return found
    from gkformat.cli.progress import track  # noqa: PLC0415 - rarely needed

    return track(found, opened)
