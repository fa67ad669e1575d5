"""The reports in the files that a command names, one after the other; a file that has none does not end the rest."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from attrs import evolve

from gkformat.base.errors import Malformed, Unreadable
from gkformat.base.frozen import frozen
from gkformat.base.words import Words
from gkformat.checks.check import internal_error
from gkformat.cli.errors import CliError, malformed_message, os_message
from gkformat.cli.inputs import find_sources, parse_report
from gkformat.cli.source import Source
from gkformat.examination.documents import NoReport, has_report_keys
from gkformat.examination.examine import THIS_FILE, examine_data
from gkformat.examination.result import Examination
from gkformat.examination.suffixes import may_hold_report
from gkformat.forms.editions import AnyReport


@frozen
class Found:
    """A report, as found, and where it is: the name of a file, with a line if there are several."""

    name: str
    report: AnyReport


@frozen
class Failed:
    """A file in which there should be a report, and the reason why there is none. `code` is the exit code for it."""

    name: str
    error: Words
    code: int = 2


def reports_in(files: Iterable[str]) -> Iterator[Found | Failed]:
    """Yield the reports in files, folders, patterns and archives. Files that were not named may hold something else."""
    for name, source in _sources(files):
        if isinstance(source, Failed):
            yield source
        elif source.explicit or may_hold_report(source.name):
            yield from _one(name, source)


def examined_in(files: Iterable[str], *, agency: str = "", year: int | None = None) -> Iterator[Examination]:
    """Yield what is found by examining these reports, as found, and the files that should be one and are not.

    `agency` and `year` are used if a document does not state them.
    """
    for name, source in _sources(files):
        if isinstance(source, Failed):
            yield Examination(name, "unreadable", error=source.error)
        elif source.explicit or may_hold_report(source.name):
            examination = _examined(source, agency, year)
            if examination.conclusion != "not-a-report":
                yield evolve(examination, file=name)


def _examined(source: Source, agency: str, year: int | None) -> Examination:
    try:
        data = source.read()
    except CliError as error:
        return Examination(source.name, "unreadable", error=error.words)
    return examine_data(
        data,
        source.name,
        as_found=True,
        agency=agency,
        year=year,
        first_line=source.first_line,
        may_be_other=not source.explicit,
    )


def _sources(files: Iterable[str]) -> Iterator[tuple[str, Source | Failed]]:
    """Yield the sources that files hold, each with its name: of JSON Lines, each line with its number."""
    with ExitStack() as opened:
        for source in find_sources(files, opened):
            if source.jsonl_path:
                yield from _lines(source, source.jsonl_path)
            else:
                yield source.name, source


def _lines(source: Source, path: Path) -> Iterator[tuple[str, Source | Failed]]:
    from gkformat.bulk.lines import read_lines  # noqa: PLC0415 - rarely needed

    try:
        for number, data in read_lines(path):
            yield f"{source.name}:{number}", evolve(source, data=partial(bytes, data), first_line=number)
    except OSError as error:
        yield source.name, Failed(source.name, os_message(error))
    except Unreadable as error:
        yield source.name, Failed(source.name, error.words)


def _one(name: str, source: Source) -> Iterator[Found | Failed]:
    data = b""
    try:
        data = source.read()
        yield Found(name, parse_report(data, file_name=source.name))
    except NoReport as error:
        if source.explicit:
            yield Failed(name, error.words)
    except CliError as error:
        yield Failed(name, error.words, error.code)
    except Unreadable as error:
        yield Failed(name, error.words)
    except Malformed as error:
        if source.explicit or has_report_keys(data):
            yield Failed(name, malformed_message(error), 1)
    except Exception as error:  # noqa: BLE001 - a bug with one file must not end the others
        yield Failed(name, internal_error(THIS_FILE, error).text)
