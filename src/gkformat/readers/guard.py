"""A guard around the libraries that open files: whatever they raise for a file becomes `Unreadable`."""

from collections.abc import Iterator
from contextlib import contextmanager
from warnings import catch_warnings, simplefilter

from gkformat.base.errors import GkFormatError, Unreadable
from gkformat.base.words import NO_WORDS, Words
from gkformat.readers.refusals import SavedAs, save_as

_INSTALL = "pip install 'gkformat[documents]'"


@contextmanager
def guarded(name: str, saved_as: SavedAs | None = None) -> Iterator[None]:
    """Turn any exception of a library into `Unreadable`, and silence its warnings; `name` says what is being read.

    Our own exceptions and `MemoryError` pass. An `ImportError` becomes a hint to install the extra. What a library
    cannot read, another program may: `saved_as` is the kind of file as which it should then save it.
    """
    try:
        with catch_warnings():
            simplefilter("ignore")
            yield
    except (GkFormatError, MemoryError):
        raise
    except ImportError:
        raise Unreadable(
            Words(
                f"读取 {name} 文件需要额外的依赖，请运行 {_INSTALL}",
                f"reading {name} files needs an extra, install it with: {_INSTALL}",
            )
        ) from None
    except Exception as error:
        detail = " ".join(str(error).split())[:80]
        said = Words(f"{name} 文件损坏或不完整", f"a damaged or incomplete {name} file: {detail}")
        raise Unreadable(said + (_ELSEWHERE + save_as(saved_as) if saved_as else NO_WORDS)) from error


_ELSEWHERE = Words("；若能在别处打开，", "; if it opens elsewhere, ")
