"""The command `gkformat read`."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Literal, get_args

import click

from gkformat.base.errors import Malformed, Unreadable
from gkformat.base.frozen import frozen
from gkformat.base.words import SEMICOLON, Lang, Words
from gkformat.cli.documents import incomplete_message, labelled_message, prevents_report
from gkformat.cli.errors import CliError, malformed_message, os_message, with_prefix
from gkformat.cli.formats.wording import CONCLUSIONS, TOTAL
from gkformat.cli.inputs import find_sources
from gkformat.cli.options import FILE, lang, localized_command, option
from gkformat.cli.output import print_lines, print_stderr
from gkformat.cli.source import Source
from gkformat.codec import dumps
from gkformat.notation.domains import Year
from gkformat.readers import read
from gkformat.readers.sheet import Reading

_MANY = 20
_YEARS = click.IntRange(get_args(Year)[1].minimum, get_args(Year)[1].maximum)


@localized_command(
    "读取各机关发布的年度报告（网页、Word、PDF、Excel、CSV、Markdown、文本），写成 JSON。"
    "读取时的提示写到标准错误。看不清的格留空，不作猜测。",
    "Read reports as agencies publish them (HTML, DOCX, PDF, XLSX, CSV, Markdown, text) into JSON. What was odd is "
    "said on standard error. A cell that is not clear is left open, never guessed.",
    codes=Words(
        "退出码：0 每个文件都读成一份报告；2 有文件不能读成报告，或用法有误。",
        "Exit code 0: every file gave a report; 2: one did not, or misuse.",
    ),
    example="gkformat read tests/corpus/documents/suqian-2024.docx",
)
@click.argument("files", nargs=-1, required=True, type=FILE)
@option(
    "-o",
    "--output",
    "folder",
    metavar="DIR",
    type=FILE,
    zh="每个文件写成此文件夹中的一个 JSON",
    en="Write a file for each.",
)
@option("--sheet", is_flag=True, zh="写出纸面上的全部内容，而不只是报告", en="Write all that is on the paper.")
@option("--agency", default="", metavar="AGENCY", zh="文件没有写明机关时用", en="For files that name no body.")
@option("--year", type=_YEARS, metavar="YEAR", zh="文件没有写明年度时用", en="For files without a year.")
@lang
def command(files: tuple[str, ...], folder: str | None, sheet: bool, agency: str, year: int | None, lang: Lang) -> int:
    """Read files, write what was read, and print remarks on standard error."""
    with ExitStack() as opened:
        found = list(find_sources(files, opened))
        outcomes = []
        names = _names(found)
        for source, name in zip(_track(found, opened), names, strict=True):
            outcome = _outcome(source, agency, year)
            outcomes.append(outcome)
            _write(outcome, folder, name, sheet=sheet, alone=len(found) == 1)
    for outcome in outcomes:
        for line in _lines(outcome, lang):
            print_stderr(line)
    if len(outcomes) > 1:
        print_stderr(_summary(outcomes, lang))
    return 0 if all(outcome.reading and outcome.reading.report for outcome in outcomes) else 2


def _track(found: Sequence[Source], opened: ExitStack) -> Iterable[Source]:
    if len(found) < _MANY or not sys.stderr.isatty():
        return found
    from gkformat.cli.progress import track  # noqa: PLC0415 - rarely needed

    return track(found, opened)


# -- one file ------------------------------------------------------------------------------------------

ReadResult = Literal["read", "noted", "incomplete", "unreadable"]


@frozen
class _ReadOutcome:
    """The outcome for one file: a reading, or the error why there is none."""

    name: str
    reading: Reading | None
    error: Words | None = None

    @property
    def result(self) -> ReadResult:
        """The result in one word."""
        if self.reading is None:
            return "unreadable"
        if self.reading.report is None:
            return "incomplete"
        return "noted" if self.reading.findings else "read"


def _outcome(source: Source, agency: str, year: int | None) -> _ReadOutcome:
    try:
        return _ReadOutcome(source.name, read(source.read(), agency=agency, year=year))
    except CliError as error:
        return _ReadOutcome(source.name, None, error.words)
    except Unreadable as error:
        return _ReadOutcome(source.name, None, error.words)
    except Malformed as error:
        return _ReadOutcome(source.name, None, malformed_message(error))


def _names(found: Sequence[Source]) -> list[str]:
    """Return the stems of the output files, one per source, numbered where two would be the same."""
    seen: Counter[str] = Counter()
    names = []
    for source in found:
        stem = Path(source.name).stem.strip("-") or "stdin"
        seen[stem] += 1
        names.append(stem if seen[stem] == 1 else f"{stem}-{seen[stem]}")
    return names


def _write(outcome: _ReadOutcome, folder: str | None, name: str, *, sheet: bool, alone: bool) -> None:
    if outcome.reading is None or not (sheet or outcome.reading.report):
        return
    box = outcome.reading.sheet if sheet else outcome.reading.report
    if folder is None:
        print_lines([dumps(box, indent=2 if alone else None)])
        return
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CliError(with_prefix(folder, os_message(error))) from None
    print_lines([dumps(box, indent=2)], str(Path(folder) / f"{name}.json"))


# -- messages ------------------------------------------------------------------------------------------

_RESULTS: Mapping[ReadResult, Words] = {
    "read": Words("读出", "read"),
    "noted": Words("读出，有提示", "read, with remarks"),
    "incomplete": Words("不成报告", "no report"),
    "unreadable": CONCLUSIONS["unreadable"],
}
_OPEN = Words("{name}：{result}，空缺待核 {open} 格", "{name}: {result}, {open} cell(s) left open")
_GIVE = Words(
    "文件没有写明的，机关可用 --agency 给出，年度可用 --year 给出",
    "what the file does not say can be given: the body with --agency, the year with --year",
)
_FAILED = Words("{name}：{result}：{why}", "{name}: {result}: {why}")


def _lines(outcome: _ReadOutcome, lang: Lang) -> Iterator[str]:
    result = _RESULTS[outcome.result]
    if outcome.reading is None:
        yield _FAILED.format(name=outcome.name, result=result, why=outcome.error).text(lang)
        return
    unclear = sum(entry.is_unclear for entry in outcome.reading.sheet.cells)
    yield _OPEN.format(name=outcome.name, result=result, open=unclear).text(lang)
    if outcome.reading.report is None:
        yield f"  {incomplete_message(outcome.reading).text(lang)}"
    if any(item.rule == "title-incomplete" for item in outcome.reading.findings):
        yield f"  {_GIVE.text(lang)}"
    for item in outcome.reading.findings:
        if not prevents_report(item):
            yield f"  {'  '.join(filter(None, [f'[{item.rule}]', item.at, labelled_message(item, lang)]))}"


def _summary(outcomes: Sequence[_ReadOutcome], lang: Lang) -> str:
    counts = Counter(outcome.result for outcome in outcomes)
    listed = [f"{words.text(lang)} {counts[key]}" for key, words in _RESULTS.items() if counts[key]]
    return TOTAL.format(files=len(outcomes), counts=SEMICOLON.text(lang).join(listed)).text(lang)
