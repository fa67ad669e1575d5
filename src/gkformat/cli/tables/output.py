"""The files that hold tables: one for all of them if it is a workbook, else one for each."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import IO

from gkformat.base.atomic import open_atomic
from gkformat.base.words import Lang, Words
from gkformat.cli.errors import CliError, os_message, with_prefix
from gkformat.cli.tables.table import Sink, Table

SUFFIXES = (".csv", ".xlsx", ".parquet", ".jsonl")
_WORKBOOK = ".xlsx"

AddTable = Callable[[Table], Sink]


def table_files(path: str, names: Sequence[str]) -> Mapping[str, str]:
    """Return the file of each table: of the first the path itself, of the others a file beside it.

    Raises `CliError` for a suffix of no kind of table.
    """
    file = Path(path)
    if file.suffix.lower() not in SUFFIXES:
        raise CliError(_UNKNOWN.format(suffix=file.suffix, known=" ".join(SUFFIXES)))
    if file.suffix.lower() == _WORKBOOK:
        return dict.fromkeys(names, path)
    first, *others = names
    return {first: path} | {name: str(file.with_stem(f"{file.stem}-{name}")) for name in others}


@contextmanager
def open_tables(files: Mapping[str, str], *, titles: bool, lang: Lang) -> Iterator[AddTable]:
    """Open the files of tables, and yield how to add one. They get their names when the block ends, none if it raises.

    Raises `CliError` for a file that cannot be written, and for an extra that is missing.
    """
    try:
        with ExitStack() as opened:
            streams = {file: opened.enter_context(open_atomic(file)) for file in dict.fromkeys(files.values())}
            yield _adder(files, streams, opened, titles=titles, lang=lang)
    except OSError as error:
        raise CliError(with_prefix(error.filename or next(iter(files.values())), os_message(error))) from None


def _adder(
    files: Mapping[str, str], streams: Mapping[str, IO[bytes]], opened: ExitStack, *, titles: bool, lang: Lang
) -> AddTable:
    kind = Path(next(iter(streams))).suffix.lower()
    if kind == _WORKBOOK:
        try:
            from gkformat.cli.tables.workbook import Workbook  # noqa: PLC0415 - it needs an extra
        except ImportError:
            raise CliError(_EXTRA.format(suffix=kind, extra="documents")) from None
        (stream,) = streams.values()
        book = opened.enter_context(closing(Workbook(stream, [*files], lang)))
        return lambda table: book.sheet(table, titles=titles)
    if kind == ".parquet":
        try:
            from gkformat.cli.tables.parquet_file import ParquetFile  # noqa: PLC0415 - it needs an extra
        except ImportError:
            raise CliError(_EXTRA.format(suffix=kind, extra="bulk")) from None
        return lambda table: opened.enter_context(closing(ParquetFile(streams[files[table.name]], table, titles)))
    from gkformat.cli.tables.text_files import CsvFile, JsonLinesFile  # noqa: PLC0415 - beside the others

    cls = CsvFile if kind == ".csv" else JsonLinesFile
    return lambda table: cls(streams[files[table.name]], table, titles)


_UNKNOWN = Words("不能写成 {suffix!r} 表格；可写：{known}", "no table has the suffix {suffix!r}; possible are {known}")
_EXTRA = Words(
    "写 {suffix} 表格需要额外的依赖，请运行 pip install 'gkformat[{extra}]'",
    "writing {suffix} tables needs an extra, install it with: pip install 'gkformat[{extra}]'",
)
