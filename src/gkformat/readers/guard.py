"""A guard around the libraries that open files: whatever they raise for a file becomes `Unreadable`."""

from collections.abc import Iterator
from contextlib import contextmanager
from warnings import catch_warnings, simplefilter

from gkformat.base.errors import GkFormatError, Unreadable
from gkformat.base.words import Words

_INSTALL = "pip install 'gkformat[documents]'"


@contextmanager
def guarded(name: str) -> Iterator[None]:
    """Turn any exception of a library into `Unreadable`, and silence its warnings; `name` says what is being read.

    Our own exceptions and `MemoryError` pass. An `ImportError` becomes a hint to install the extra.
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
        raise Unreadable(Words(f"{name} 文件损坏或不完整", f"a damaged or incomplete {name} file: {detail}")) from error
