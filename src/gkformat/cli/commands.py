"""The verbs of the command line."""

import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper

import click

from gkformat.cli.outcome import examine
from gkformat.cli.printing import as_json, as_text
from gkformat.words import LANGUAGES, Lang


def run(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal that cannot show Chinese gets escapes, not a traceback
            stream.reconfigure(errors="backslashreplace")
    try:
        return int(cli.main(arguments, prog_name="gkformat", standalone_mode=False) or 0)
    except click.ClickException as error:
        error.show()
        return 2
    except click.Abort:
        return 2


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="gkformat")
def cli() -> None:
    """政府信息公开工作年度报告 · China's annual report on government information disclosure."""


@cli.command()
@click.argument("files", nargs=-1, required=True)
@click.option("--format", "output", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--lang", type=click.Choice(LANGUAGES), default=None, help="Language of the text [default: by locale].")
@click.option("--as-found", is_flag=True, help="For archives: a number may be null, which makes it a blank.")
def check(files: tuple[str, ...], output: str, lang: Lang | None, as_found: bool) -> int:
    """Check reports in JSON: every fault and every broken equation, each with its place.

    Exit code 0: no broken equation; 1: a file is malformed or inconsistent, declared or not; 2: a file could not be
    read, or the command was misused.

    Example: gkformat check report.json
    """
    outcomes = [examine(file, as_found=as_found) for file in files]
    lines = [as_json(outcomes)] if output == "json" else as_text(outcomes, lang or _locale())
    for line in lines:
        click.echo(line)
    return max(outcome.exit_code for outcome in outcomes)


def _locale() -> Lang:
    """Chinese where the locale says so, else English."""
    stated = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return "zh" if stated.startswith("zh") else "en"
