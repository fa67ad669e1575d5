"""The command line. It needs the extra `cli`; without it, it says so and does nothing else."""

import sys

_MISSING = (
    "命令行需要额外的依赖，请运行 pip install 'gkformat[cli]' / "
    "the command line needs an extra, install it with: pip install 'gkformat[cli]'"
)


def main() -> int:
    """Run the command line and return its exit code: 0 sound, 1 findings that refuse, 2 trouble."""
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


INTERRUPTED = 130
"""What a shell reports of a program that SIGINT ends: 128 and the number of the signal."""
