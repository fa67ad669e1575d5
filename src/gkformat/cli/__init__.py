"""The command line. It needs the extra `cli`; without it, it says so and does nothing else."""

import atexit
import gc
import sys

_MISSING = (
    "命令行需要额外的依赖，请运行 pip install 'gkformat[cli]' / "
    "the command line needs an extra, install it with: pip install 'gkformat[cli]'"
)


def main() -> int:
    """Run the command line and return its exit code: 0 sound, 1 findings that refuse, 2 trouble."""
    _spare_the_collector()
    try:
        import click  # noqa: F401, PLC0415 - an extra: the library itself must not need it
    except ImportError:
        sys.stderr.write(f"{_MISSING}\n")
        return 2
    try:
        from gkformat.cli.app import run  # noqa: PLC0415

        return run()
    except KeyboardInterrupt:  # before click was there to take it
        return INTERRUPTED


def _spare_the_collector() -> None:
    """Look for garbage rarely, and not at the end. It saves a sixth of the time of a short command."""
    gc.set_threshold(50_000)
    atexit.register(gc.freeze)


INTERRUPTED = 130
"""What a shell reports of a program that SIGINT ends: 128 and the number of the signal."""
