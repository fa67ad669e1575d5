"""The verb `read`: files as agencies publish them → our JSON, one bad file never stopping the rest."""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

import click
from attrs import frozen

from gkformat.codec import dumps
from gkformat.errors import Malformed, Unreadable
from gkformat.findings import Finding
from gkformat.readers import read as read_file
from gkformat.sheet import Reading
from gkformat.words import Lang, Words

Result = Literal["read", "noted", "incomplete", "unreadable"]
_RESULTS: dict[Result, Words] = {
    "read": Words("读出", "read"),
    "noted": Words("读出，有提示", "read, with remarks"),
    "incomplete": Words("不成报告", "no report"),
    "unreadable": Words("无法读取", "unreadable"),
}
_TOTAL = Words("共 {files} 份：{counts}", "{files} file(s): {counts}")
_OPEN = Words("{name}：{result}，空缺待核 {open} 格", "{name}: {result}, {open} cell(s) left open")
_FAILED = Words("{name}：{result}：{why}", "{name}: {result}: {why}")


@frozen
class Outcome:
    """What came of one file: a reading, or why there is none."""

    name: str
    reading: Reading | None
    trouble: str = ""

    @property
    def result(self) -> Result:
        """How well it went."""
        if self.reading is None:
            return "unreadable"
        if self.reading.report is None:
            return "incomplete"
        return "noted" if self.reading.findings else "read"

    @property
    def exit_code(self) -> int:
        """2 where there is no report."""
        return 0 if self.reading and self.reading.report else 2


def outcome(file: str) -> Outcome:
    """Read one file, whatever it is."""
    try:
        return Outcome(file, read_file(sys.stdin.buffer.read() if file == "-" else file))
    except OSError as error:
        return Outcome(file, None, error.strerror or str(error))
    except (Unreadable, Malformed) as error:
        return Outcome(file, None, str(error))


def run(files: Sequence[str], folder: str | None, lang: Lang, *, sheet: bool) -> int:
    """Read all files; write what was read to a folder or to standard output, and all remarks to standard error."""
    outcomes = []
    names = _names(files)
    with click.progressbar(files, file=sys.stderr, hidden=len(files) < 2 or not sys.stderr.isatty()) as bar:  # noqa: PLR2004
        for file, name in zip(bar, names, strict=True):
            done = outcome(file)
            outcomes.append(done)
            if done.reading is not None:
                _write(done.reading, folder, name, sheet=sheet, indent=None if len(files) > 1 and not folder else 2)
    for done in outcomes:
        for line in _lines(done, lang):
            click.echo(line, err=True)
    if len(files) > 1:
        counts = Counter(done.result for done in outcomes)
        listed = [f"{words.text(lang)} {counts[key]}" for key, words in _RESULTS.items() if counts[key]]
        click.echo(
            _TOTAL.format(files=len(files), counts=Words("；", "; ").text(lang).join(listed)).text(lang), err=True
        )
    return max(done.exit_code for done in outcomes)


def _names(files: Sequence[str]) -> list[str]:
    """A name for what is written of each file; where two would have the same, they are numbered."""
    seen: Counter[str] = Counter()
    names = []
    for file in files:
        stem = Path(file).stem if file != "-" else "stdin"
        seen[stem] += 1
        names.append(stem if seen[stem] == 1 else f"{stem}-{seen[stem]}")
    return names


def _write(reading: Reading, folder: str | None, name: str, *, sheet: bool, indent: int | None) -> None:
    box = reading.sheet if sheet else reading.report
    if box is None:
        return
    if folder is None:
        click.echo(dumps(box, indent=indent))
        return
    Path(folder).mkdir(parents=True, exist_ok=True)
    (Path(folder) / f"{name}.json").write_text(dumps(box, indent=indent) + "\n", encoding="utf-8")


def _lines(done: Outcome, lang: Lang) -> Iterator[str]:
    result = _RESULTS[done.result]
    if done.reading is None:
        yield _FAILED.format(name=done.name, result=result, why=done.trouble).text(lang)
        return
    unclear = sum(entry.state in {"unreadable", "missing"} for entry in done.reading.sheet.cells)
    yield _OPEN.format(name=done.name, result=result, open=unclear).text(lang)
    yield from (f"  [{item.rule}] {_place(item)}{item.message(lang)}" for item in done.reading.findings)


def _place(item: Finding) -> str:
    return f"{item.at}  {item.label}: " if item.at else ""
