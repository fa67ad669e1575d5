"""From the arguments of a command to the data of reports: files, folders, patterns, archives, standard input."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from functools import cache
from glob import has_magic, iglob
from pathlib import Path
from stat import S_IFDIR, S_IFMT, S_IFREG

from gkformat.base.errors import Malformed
from gkformat.base.words import Words
from gkformat.cli.documents import lacking, paper
from gkformat.cli.errors import Trouble, about, refusal
from gkformat.cli.source import LARGEST, Source, is_hidden
from gkformat.codec import loads
from gkformat.forms import editions
from gkformat.notation.outline import outline

SUFFIXES = (".json", ".jsonl", ".ndjson", ".html", ".htm", ".docx", ".pdf", ".xlsx", ".csv", ".md", ".txt")
"""The kinds of files that may hold a report."""

STDIN = "-"


def held(data: bytes, *, as_found: bool = True) -> "editions.AnyReport":
    """The report that data holds, JSON or any paper. Raises like `gkformat.loads`, and `Trouble` for a paper."""
    reading = paper(data)
    if reading is None:
        return loads(data, as_found=as_found)
    if reading.report is None:
        raise Trouble(lacking(reading))
    report: editions.AnyReport = reading.report
    return report


def report_in(file: str) -> "editions.AnyReport":
    """The report in a file, or from standard input, as found. Raises `Trouble`."""
    try:
        return held(one_source(file).read())
    except Trouble as trouble:
        raise Trouble(about(file, trouble.words)) from None
    except Malformed as error:
        raise Trouble(about(file, refusal(error)), 1) from None


def one_source(file: str) -> Source:
    """A file that is named, or standard input."""
    return Source(file, _stdin if file == STDIN else lambda: _bytes(Path(file)))


def sources(arguments: Iterable[str], opened: ExitStack, *, chosen: bool = True) -> Iterator[Source]:
    """What the arguments name, in their order; a file that is named twice comes once.

    Archives stay open on `opened`. With `chosen=False` even a file that is named by itself may be no report.
    """
    seen: set[str] = set()
    for argument in arguments:
        for source in _named(argument, opened, chosen=chosen):
            if source.name not in seen:
                seen.add(source.name)
                yield source


def _named(argument: str, opened: ExitStack, *, chosen: bool) -> Iterable[Source]:
    path = Path(argument)
    if argument == STDIN:
        return [Source(STDIN, _stdin, chosen)]
    if _kind(path) == S_IFDIR:
        return _in_folder(path, opened)
    if is_there(path) or not has_magic(argument):
        return _in_file(path, opened, chosen=chosen)
    return _matching(argument, opened, chosen=chosen)


def _stdin() -> bytes:
    if sys.stdin is None:  # as Python has it where a program is started without one
        raise Trouble(_NO_STDIN)
    return sys.stdin.buffer.read(LARGEST + 1)


def _in_file(path: Path, opened: ExitStack, *, chosen: bool) -> Iterable[Source]:
    if path.name.lower().endswith(_ARCHIVES):
        from gkformat.cli.archives import members  # noqa: PLC0415 - rarely needed

        return members(path, opened)
    lines = path if path.name.lower().endswith(_LINES) else None
    return [Source(path.as_posix(), lambda: _bytes(path), chosen, lines)]


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


def _in_folder(folder: Path, opened: ExitStack) -> Iterator[Source]:
    """Every file below a folder, hidden ones left out."""
    found = [source for path in _walk(folder) for source in _in_file(path, opened, chosen=_kind(path) == S_IFDIR)]
    if not found:
        yield _empty(folder.as_posix(), _NOTHING_IN_IT)
    yield from found


def _walk(folder: Path) -> Iterator[Path]:
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        yield folder  # which cannot be listed; reading it will say why
        return
    for path in entries:
        if is_hidden(path.name):
            continue
        if _kind(path) == S_IFDIR and not path.is_symlink():
            yield from _walk(path)
        elif _kind(path) in (S_IFREG, None):  # a link that leads nowhere is told; a pipe would be waited for
            yield path


def _kind(path: Path) -> int | None:
    """The kind of file; none where there is none, or where it cannot be told."""
    try:
        return S_IFMT(path.stat().st_mode)
    except OSError:  # reading it will say why
        return None


def is_there(path: Path) -> bool:
    """Whether there is a file or a folder, as far as can be told."""
    return _kind(path) is not None


def _matching(pattern: str, opened: ExitStack, *, chosen: bool) -> Iterator[Source]:
    """What a pattern matches, for shells that do not look themselves, and for patterns in quotes."""
    paths = [Path(name) for name in sorted(iglob(pattern, recursive=True))]  # noqa: PTH207 - it may be absolute
    if not paths:
        yield _empty(pattern, _NO_MATCH)
    for path in paths:
        if _kind(path) != S_IFDIR:
            yield from _in_file(path, opened, chosen=chosen)


def _empty(name: str, words: Words) -> Source:
    def refuse() -> bytes:
        raise Trouble(words)

    return Source(name, refuse)


# -- what may be a report ------------------------------------------------------------------------------


def may_be_report(source: Source) -> bool:
    """Whether a file that was only come upon is of a kind in which reports are kept."""
    return source.name.lower().endswith(SUFFIXES)


def has_keys(data: bytes) -> bool:
    """Whether JSON should be taken for a report: it has some keys of the form, and they are its own.

    A schema, or what `check` printed, has them further inside. What cannot be read may be a report that is damaged.
    """
    plain = data.replace(b"\0", b"")  # as UTF-16 has them
    if sum(f'"{key}"'.encode() in plain for key in _keys()) < _ENOUGH:
        return False
    from gkformat.codec.parsing import parse_plainly  # noqa: PLC0415 - not for files that are named

    tree = parse_plainly(data)
    return not isinstance(tree, dict) or sum(key in tree for key in _keys()) >= _ENOUGH


_ENOUGH = 3


@cache
def _keys() -> frozenset[str]:
    return frozenset(node.name for edition in editions.EDITIONS.values() for node in outline(edition.report).children)


# -- what can go wrong ---------------------------------------------------------------------------------


_NO_STDIN = Words("没有标准输入", "there is no standard input")
_NOTHING_IN_IT = Words("文件夹里没有文件", "no file in the folder")
_NO_MATCH = Words("没有与此匹配的文件", "no file matches")

_LINES = tuple(f"{suffix}{packed}" for suffix in (".jsonl", ".ndjson") for packed in ("", ".gz", ".zst"))
_ARCHIVES = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz")
