"""Opening a file with a library that may fail in many ways, all of which mean the same to a reader."""

from collections.abc import Iterator
from contextlib import contextmanager
from warnings import catch_warnings, simplefilter

from gkformat.base.errors import GkFormatError, Unreadable

_INSTALL = "pip install 'gkformat[documents]'"


@contextmanager
def opening(name: str) -> Iterator[None]:
    """Whatever a library raises for a file becomes `Unreadable`; what it warns of is no concern of the reader's."""
    try:
        with catch_warnings():
            simplefilter("ignore")
            yield
    except (GkFormatError, MemoryError):
        raise
    except ImportError:
        raise Unreadable(
            f"读取 {name} 文件需要额外的依赖，请运行 {_INSTALL} / reading {name} files needs an extra, "
            f"install it with: {_INSTALL}"
        ) from None
    except Exception as error:
        said = " ".join(str(error).split())[:80]
        raise Unreadable(f"{name} 文件损坏或不完整 / a damaged or incomplete {name} file: {said}") from error
