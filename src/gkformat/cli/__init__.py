"""The command line. It needs the extra `cli`; without it, `main` says so and returns 2."""

import atexit
import gc
import sys
from contextlib import suppress

_MISSING = (
    "命令行需要额外的依赖，请运行 pip install 'gkformat[cli]' / "
    "the command line needs an extra, install it with: pip install 'gkformat[cli]'"
)


def main() -> int:
    """Run the command line and return its exit code: 0 passed, 1 failed, 2 unreadable input, misuse or a bug."""
    _relax_garbage_collection()
    try:
        import click  # noqa: F401, PLC0415 - an extra: the library itself must not need it
    except ImportError:
        with suppress(OSError, AttributeError):  # full, or closed from the start
            sys.stderr.write(f"{_MISSING}\n")
            sys.stderr.flush()
        return 2
    try:
        from gkformat.cli.app import run  # noqa: PLC0415

        return run()
    except KeyboardInterrupt:  # before click is loaded and handles it
        return INTERRUPTED


def _relax_garbage_collection() -> None:
    """Collect garbage rarely, and not at exit, which saves a sixth of the time of a short command."""
    gc.set_threshold(50_000)
    atexit.register(gc.freeze)


INTERRUPTED = 130
"""The exit status that a shell reports for a program killed by SIGINT: 128 plus the number of the signal."""
