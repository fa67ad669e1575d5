"""The command `gkformat read`."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Literal
from unicodedata import normalize

import click
from attrs import evolve

from gkformat.base.errors import Malformed, Unreadable
from gkformat.base.frozen import frozen
from gkformat.base.visible import visible
from gkformat.base.words import SEMICOLON, Lang, Words
from gkformat.checks.check import internal_error
from gkformat.cli.errors import CliError, malformed_message, os_message, with_prefix
from gkformat.cli.formats.wording import NO_REPORT, TOTAL, passed_over_message
from gkformat.cli.inputs import STDIN, find_sources
from gkformat.cli.json_text import json_lines, plain_place
from gkformat.cli.options import FILE, agency, lang, localized_command, option, year
from gkformat.cli.output import print_data, print_lines, print_stderr
from gkformat.cli.overwriting import refuse_overwriting
from gkformat.cli.source import Source
from gkformat.codec import unstructure
from gkformat.examination.documents import (
    NoReport,
    has_report_keys,
    incomplete_message,
    labelled_message,
    prevents_report,
    read_document,
)
from gkformat.examination.examine import THIS_FILE
from gkformat.examination.result import CONCLUSIONS
from gkformat.examination.suffixes import may_hold_report
from gkformat.readers import read_bytes
from gkformat.readers.sheet import Reading, Sheet

_MANY = 20


@localized_command(
    "读取各机关发布的年度报告（网页、Word、PDF、Excel、CSV、Markdown、文本），写成 JSON。"
    "读取时的提示写到标准错误。看不清的格留空，不作猜测。",
    "Read reports as agencies publish them (HTML, Word, PDF, Excel, CSV, Markdown, text) into JSON. What was odd is "
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
@option(
    "--claims",
    is_flag=True,
    zh="不写报告，而列出文字部分的各个数字：与表中哪一格核对过、结果如何、哪些没有读懂",
    en="List the numbers in the texts instead: with which cell each was compared, and which were not understood.",
)
@agency
@year
@lang
def command(
    files: tuple[str, ...], folder: str | None, sheet: bool, claims: bool, agency: str, year: int | None, lang: Lang
) -> int:
    """Read files, write what was read, and print remarks on standard error."""
    if claims and (folder or sheet):
        raise CliError(_CLAIMS_ALONE)
    with ExitStack() as opened:
        found = list(find_sources(files, opened))
        outputs = _output_files(found, folder) if folder else [None] * len(found)
        outcomes = []
        for source, output in zip(_track(found, opened), outputs, strict=True):
            outcome = _outcome(source, agency, year)
            if claims:
                _print_claims(outcome, lang)
            else:
                outcome = _written(outcome, output, sheet=sheet, alone=len(found) == 1)
            outcomes.append(outcome)
    passed_over = [outcome.name for outcome in outcomes if outcome.result == "passed-over"]
    outcomes = [outcome for outcome in outcomes if outcome.result != "passed-over"]
    for outcome in outcomes:
        for line in _lines(outcome, lang):
            print_stderr(line)
    if len(outcomes) != 1:
        print_stderr(_summary(outcomes, lang))
    if passed_over:
        print_stderr(passed_over_message(passed_over).text(lang))
    return 0 if outcomes and all(outcome.result in ("read", "noted") for outcome in outcomes) else 2


_CLAIMS_ALONE = Words("--claims 不能与 --output 或 --sheet 同用", "--claims cannot be used with --output or --sheet")


def _track(found: Sequence[Source], opened: ExitStack) -> Iterable[Source]:
    if len(found) < _MANY or not sys.stderr.isatty():
        return found
    from gkformat.cli.progress import track  # noqa: PLC0415 - rarely needed

    return track(found, opened)


# -- one file ------------------------------------------------------------------------------------------

ReadResult = Literal["read", "noted", "incomplete", "unreadable", "unwritten", "passed-over"]


@frozen
class _ReadOutcome:
    """The outcome for one file: a reading, or the error why there is none, or why it could not be written.

    A file that was only found in a folder, and holds no report, has neither.
    """

    name: str
    reading: Reading | None
    error: Words | None = None

    @property
    def result(self) -> ReadResult:
        """The result in one word."""
        if self.reading and self.error:
            return "unwritten"
        if self.reading is None:
            return "unreadable" if self.error else "passed-over"
        if self.reading.report is None:
            return "incomplete"
        return "noted" if self.reading.findings else "read"


def _outcome(source: Source, agency: str, year: int | None) -> _ReadOutcome:
    try:
        return _ReadOutcome(source.name, _reading(source, agency, year))
    except NoReport as error:
        return _ReadOutcome(source.name, None, error.words if source.explicit else None)
    except (CliError, Unreadable) as error:
        return _ReadOutcome(source.name, None, error.words)
    except Malformed as error:
        return _ReadOutcome(source.name, None, malformed_message(error))
    except Exception as error:  # noqa: BLE001 - a bug with one file must not end the reading of the others
        return _ReadOutcome(source.name, None, internal_error(THIS_FILE, error).text)


def _reading(source: Source, agency: str, year: int | None) -> Reading | None:
    """Read a file; return `None` for one that was only found in a folder, and holds no report."""
    if not (source.explicit or may_hold_report(source.name)):
        return None
    data = source.read()
    reading = read_document(data, source.name, agency=agency, year=year)
    if reading is None and (source.explicit or has_report_keys(data)):
        return read_bytes(data, kind="json")
    return reading


def _output_files(found: Sequence[Source], folder: str) -> list[str]:
    """Return a file for each source, and make their folder. Raises `CliError` if one of them is itself a source."""
    files = [str(Path(folder, f"{name}.json")) for name in _names(found)]
    refuse_overwriting(files, [evolve(source, explicit=True) for source in found])
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CliError(with_prefix(folder, os_message(error))) from None
    return files


def _names(found: Sequence[Source]) -> list[str]:
    """Return the stems of the sources, numbered where another would have the same file, if only on some systems."""
    stems = [_stem(source) for source in found]
    own, taken, numbers = set(map(_file_key, stems)), set[str](), Counter[str]()
    names = []
    for stem in stems:
        name = stem
        while _file_key(name) in (taken if name == stem else taken | own):
            numbers[stem] += 1
            name = f"{stem}-{numbers[stem] + 1}"
        taken.add(_file_key(name))
        names.append(name)
    return names


def _stem(source: Source) -> str:
    return "stdin" if source.name == STDIN else visible(Path(source.name).stem)


def _file_key(name: str) -> str:
    """Return what names have in common that are one file where case, or the form of a character, does not count."""
    return normalize("NFC", normalize("NFC", name).casefold())


def _written(outcome: _ReadOutcome, file: str | None, *, sheet: bool, alone: bool) -> _ReadOutcome:
    """Write what was read. What cannot be written to a file is an outcome, for others may be."""
    if outcome.reading is None or not (sheet or outcome.reading.report):
        return outcome
    box = _plain_sheet(outcome.reading.sheet) if sheet else outcome.reading.report
    lines = json_lines(box, indent=2 if alone or file else None)
    try:
        print_data(lines, file)
    except CliError as error:
        if file is None:
            raise
        return evolve(outcome, error=error.words)
    return outcome


def _print_claims(outcome: _ReadOutcome, lang: Lang) -> None:
    if outcome.reading and outcome.reading.report:
        from gkformat.cli.claims import claim_lines  # noqa: PLC0415 - a large vocabulary, and rarely asked for

        print_lines([outcome.name, *(f"  {line}" for line in claim_lines(outcome.reading.report, lang))])


def _plain_sheet(sheet: Sheet) -> dict[str, Any]:
    """Return a sheet for JSON, with places as people look them up."""
    placed = {
        name: [{**unstructure(item), "place": plain_place(item.place)} for item in getattr(sheet, name)]
        for name in ("cells", "texts", "leftovers")
    }
    return {**unstructure(sheet), **placed}


# -- messages ------------------------------------------------------------------------------------------

_RESULTS: Mapping[ReadResult, Words] = {
    "read": Words("读出", "read"),
    "noted": Words("读出，有提示", "read, with remarks"),
    "incomplete": Words("不成报告", "no report"),
    "unreadable": CONCLUSIONS["unreadable"],
    "unwritten": Words("未能写出", "not written"),
}
_OPEN = Words("{name}：{result}，空缺待核 {open} 格", "{name}: {result}, {open} cell(s) left open")
_GIVE = Words(
    "文件没有写明的，机关可用 --agency 给出，年度可用 --year 给出",
    "what the file does not say can be given: the body with --agency, the year with --year",
)
_FAILED = Words("{name}：{result}：{why}", "{name}: {result}: {why}")


def _lines(outcome: _ReadOutcome, lang: Lang) -> Iterator[str]:
    result = _RESULTS[outcome.result]
    if outcome.reading is None or outcome.error:
        yield from _FAILED.format(name=outcome.name, result=result, why=outcome.error).text(lang).split("\n")
        return
    unclear = sum(entry.is_unclear for entry in outcome.reading.sheet.cells)
    yield _OPEN.format(name=outcome.name, result=result, open=unclear).text(lang)
    if outcome.reading.report is None:
        yield f"  {incomplete_message(outcome.reading).text(lang)}"
    if any(item.rule == "title-incomplete" for item in outcome.reading.findings):
        yield f"  {_GIVE.text(lang)}"
    for item in outcome.reading.findings:
        if not prevents_report(item):
            where = visible(outcome.reading.sheet.place_of(item.at).words.text(lang)).strip()
            yield f"  {'  '.join(filter(None, [f'[{item.rule}]', item.at, where, labelled_message(item, lang)]))}"


def _summary(outcomes: Sequence[_ReadOutcome], lang: Lang) -> str:
    if not outcomes:
        return NO_REPORT.text(lang)
    counts = Counter(outcome.result for outcome in outcomes)
    listed = [f"{words.text(lang)} {counts[key]}" for key, words in _RESULTS.items() if counts[key]]
    return TOTAL.format(files=len(outcomes), counts=SEMICOLON.text(lang).join(listed)).text(lang)
