"""The reports in the files that a command names, one after the other; a file that has none does not end the rest."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from functools import partial

from attrs import evolve

from gkformat.base.errors import Malformed, Unreadable
from gkformat.base.frozen import frozen
from gkformat.base.words import Words
from gkformat.checks.check import internal_error
from gkformat.cli.errors import CliError, malformed_message, os_message
from gkformat.cli.inputs import find_sources, parse_report
from gkformat.cli.source import Source
from gkformat.examination.documents import NoReport, has_report_keys
from gkformat.examination.examine import THIS_FILE
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
    with ExitStack() as opened:
        for source in find_sources(files, opened):
            if source.explicit or may_hold_report(source.name):
                yield from _lines(source) if source.jsonl_path else _one(source)


def _lines(source: Source) -> Iterator[Found | Failed]:
    from gkformat.bulk.lines import read_lines  # noqa: PLC0415 - rarely needed

    try:
        for number, data in read_lines(source.jsonl_path or source.name):
            line = evolve(source, name=f"{source.name}:{number}", data=partial(bytes, data), first_line=number)
            yield from _one(line)
    except OSError as error:
        yield Failed(source.name, os_message(error))
    except Unreadable as error:
        yield Failed(source.name, error.words)


def _one(source: Source) -> Iterator[Found | Failed]:
    data = b""
    try:
        data = source.read()
        yield Found(source.name, parse_report(data, file_name=source.name))
    except NoReport as error:
        if source.explicit:
            yield Failed(source.name, error.words)
    except CliError as error:
        yield Failed(source.name, error.words, error.code)
    except Unreadable as error:
        yield Failed(source.name, error.words)
    except Malformed as error:
        if source.explicit or has_report_keys(data):
            yield Failed(source.name, malformed_message(error), 1)
    except Exception as error:  # noqa: BLE001 - a bug with one file must not end the others
        yield Failed(source.name, internal_error(THIS_FILE, error).text)
