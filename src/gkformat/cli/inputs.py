"""The sources that the arguments of a command name: files, folders, patterns, archives, standard input."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing
from glob import has_magic, iglob
from pathlib import Path
from stat import S_IFDIR, S_IFIFO, S_IFMT, S_IFREG

from gkformat.base.errors import Malformed, Unreadable
from gkformat.base.words import Words
from gkformat.cli.errors import CliError, malformed_message, with_prefix
from gkformat.cli.source import LARGEST_FILE, Shelf, Source, failing_source, is_hidden
from gkformat.codec import loads
from gkformat.examination.documents import incomplete_message, read_document
from gkformat.examination.suffixes import ARCHIVE_SUFFIXES, JSONL_SUFFIXES
from gkformat.forms import editions

STDIN = "-"


def parse_report(data: bytes, *, as_found: bool = True, file_name: str = "") -> "editions.AnyReport":
    """Return the report in data: JSON, or a document of any kind that can be read.

    Raises what `gkformat.loads` raises for JSON, and `Unreadable` for a document without a report.
    """
    reading = read_document(data, file_name)
    if reading is None:
        return loads(data, as_found=as_found)
    if reading.report is None:
        raise Unreadable(incomplete_message(reading))
    report: editions.AnyReport = reading.report
    return report


def read_report(file: str) -> "editions.AnyReport":
    """Return the report in a file or from standard input, as found. Raises `CliError`."""
    try:
        return parse_report(named_source(file).read(), file_name=file)
    except (CliError, Unreadable) as error:
        raise CliError(with_prefix(file, error.words)) from None
    except Malformed as error:
        raise CliError(with_prefix(file, malformed_message(error)), 1) from None


def named_source(file: str) -> Source:
    """Return the source for a file name, or for `-`, standard input."""
    return _stdin(explicit=True) if file == STDIN else _file_source(Path(file), explicit=True)


def find_sources(arguments: Iterable[str], opened: ExitStack, *, explicit: bool = True) -> Iterator[Source]:
    """Yield the sources that the arguments name, in order and without duplicates.

    An archive may be open until `opened` is closed. With `explicit=False` even a file named by itself may be no report.
    """
    seen: set[str] = set()
    shelf = opened.enter_context(closing(Shelf()))
    for argument in arguments:
        for source in _sources_of_argument(argument, shelf, explicit=explicit):
            if source.name not in seen:
                seen.add(source.name)
                yield source


def _sources_of_argument(argument: str, shelf: Shelf, *, explicit: bool) -> Iterable[Source]:
    path = Path(argument)
    if argument == STDIN:
        return [_stdin(explicit=explicit)]
    if _file_type(path) == S_IFDIR:
        return _sources_in_folder(path, shelf)
    if exists(path) or not has_magic(argument):
        return _sources_of_file(path, shelf, explicit=explicit)
    return _sources_matching(argument, shelf, explicit=explicit)


def _stdin(*, explicit: bool) -> Source:
    return Source(STDIN, _read_stdin, explicit, Path("/dev/stdin"))


def _read_stdin() -> bytes:
    if sys.stdin is None:  # if the program was started without one
        raise CliError(_NO_STDIN)
    return sys.stdin.buffer.read(LARGEST_FILE + 1)


def _sources_of_file(path: Path, shelf: Shelf, *, explicit: bool) -> Iterable[Source]:
    if path.name.lower().endswith(ARCHIVE_SUFFIXES) and not _may_block(path):
        from gkformat.cli.archives import archive_sources  # noqa: PLC0415 - rarely needed

        return archive_sources(path, shelf)
    return [_file_source(path, explicit=explicit)]


def _file_source(path: Path, *, explicit: bool) -> Source:
    name = path.as_posix()
    if _may_block(path):
        return failing_source(name, _PIPE.format(name=name))
    lines = path if name.lower().endswith(JSONL_SUFFIXES) else None
    return Source(name, lambda: _read_bytes(path), explicit, path, lines)


def _may_block(path: Path) -> bool:
    """Return whether a file is a named pipe, in which nobody may ever write; not one that a shell has opened."""
    return _file_type(path) == S_IFIFO and not path.absolute().as_posix().startswith(("/dev/", "/proc/"))


def _read_bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST_FILE + 1)


def _sources_in_folder(folder: Path, shelf: Shelf) -> Iterator[Source]:
    """Yield every visible file below a folder."""
    found = [
        source
        for path in _walk(folder)
        for source in _sources_of_file(path, shelf, explicit=_file_type(path) == S_IFDIR)
    ]
    if not found:
        yield failing_source(folder.as_posix(), _NOTHING_IN_IT)
    yield from found


def _walk(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder, and the folders that cannot be listed, without recursion: it may be deep."""
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        if path != folder and (_file_type(path) != S_IFDIR or path.is_symlink()):
            if _file_type(path) in (S_IFREG, None):  # a dangling link is reported; a pipe would block
                yield path
            continue
        try:
            waiting += sorted((entry for entry in path.iterdir() if not is_hidden(entry.name)), reverse=True)
        except OSError:
            yield path  # reading it reports why


def _file_type(path: Path) -> int | None:
    """Return the type of a file as in `stat`, or `None` if it does not exist or cannot be examined."""
    try:
        return S_IFMT(path.stat().st_mode)
    except OSError:  # reading it reports why
        return None


def exists(path: Path) -> bool:
    """Return whether a file or a folder exists and can be examined."""
    return _file_type(path) is not None


def _sources_matching(pattern: str, shelf: Shelf, *, explicit: bool) -> Iterator[Source]:
    """Yield the files that match a pattern, for shells that do not expand it, and for patterns in quotes."""
    paths = [Path(name) for name in sorted(iglob(pattern, recursive=True))]  # noqa: PTH207 - it may be absolute
    if not paths:
        yield failing_source(pattern, _NO_MATCH)
    for path in paths:
        if _file_type(path) != S_IFDIR:
            yield from _sources_of_file(path, shelf, explicit=explicit)


# -- messages ------------------------------------------------------------------------------------------


_NO_STDIN = Words("没有标准输入", "there is no standard input")
_PIPE = Words(
    "这是管道，可能永远没有内容；请用标准输入：gkformat … - < {name}",
    "a pipe, in which nothing may ever come; give it as standard input: gkformat … - < {name}",
)
_NOTHING_IN_IT = Words("文件夹里没有文件", "no file in the folder")
_NO_MATCH = Words("没有与此匹配的文件", "no file matches")
