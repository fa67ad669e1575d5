"""Refuse, before anything is read, to write over a file that is to be read, by whatever name it goes."""

from collections.abc import Iterable
from os.path import realpath
from pathlib import Path
from stat import S_ISREG

from gkformat.base.words import Words
from gkformat.cli.errors import CliError, with_prefix
from gkformat.cli.run import Options, Run
from gkformat.cli.source import Source


def refuse_overwriting(outputs: Iterable[str], sources: Iterable[Source], *others: str | None) -> None:
    """Raise `CliError` if one of the files to be written is a source or one of the `others`, or two of them are one.

    A file that was only found in a folder and holds no report, such as what was written there the last time, may be
    written over.
    """
    written: dict[str, str] = {}
    existing: dict[tuple[int, int] | None, str] = {}
    for output in outputs:
        if written.setdefault(realpath(output), output) is not output:
            raise CliError(with_prefix(output, _TWICE))
        if (identity := _identity(Path(output))) is not None:
            existing[identity] = output
    inputs = [*sources, *(Source(other, bytes, path=Path(other)) for other in others if other)] if existing else []
    for source in inputs:
        output = existing.get(_identity(source.path), "") if source.path else ""
        if output and (source.explicit or source.archive or _holds_report(source)):
            raise CliError(with_prefix(output, _INPUT))


def _identity(path: Path) -> tuple[int, int] | None:
    """Return what all names of a file have in common; `None` if there is no file, or it is a device or a pipe."""
    try:
        status = path.stat()
    except OSError:  # if it is to be written, that will say why it cannot be
        return None
    return (status.st_dev, status.st_ino) if S_ISREG(status.st_mode) else None


def _holds_report(source: Source) -> bool:
    run = Run(Options(allow_empty=True), [source])
    next(iter(run.outcomes()), None)
    return not run.passed_over


_INPUT = Words(
    "这个文件要读取，不能同时写入；请另取文件名",
    "a file that is to be read cannot be written over; choose another name",
)
_TWICE = Words("两种结果不能写入同一个文件", "two outputs cannot be written to one file")
