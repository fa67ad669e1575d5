"""The verbs of the command line."""

import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper

import click
from attrs import evolve

from gkformat.cli.diagnosing import diagnoses_as_json, diagnoses_as_text
from gkformat.cli.outcome import Across, examine
from gkformat.cli.printing import as_json, as_text, differences_as_json, differences_as_text
from gkformat.codec import dump, load
from gkformat.consolidation import consolidate
from gkformat.diagnosis import BOUND, diagnose
from gkformat.difference import diff
from gkformat.editions import AnyReport
from gkformat.errors import Malformed
from gkformat.parts import check_parts
from gkformat.series import SeriesFindings, check_series
from gkformat.sharing import shared_addresses
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
        return error.code if isinstance(error, Failed) else 2
    except click.Abort:
        return 2


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="gkformat")
def cli() -> None:
    """政府信息公开工作年度报告 · China's annual report on government information disclosure."""


_format = click.option("--format", "output", type=click.Choice(["text", "json"]), default="text", show_default=True)
_lang = click.option("--lang", type=click.Choice(LANGUAGES), help="Language of the text [default: by locale].")


@cli.command()
@click.argument("files", nargs=-1, required=True)
@_format
@_lang
@click.option("--as-found", is_flag=True, help="For archives: a number may be null, which makes it a blank.")
@click.option("--series", is_flag=True, help="Compare the reports of each body with those of the year before.")
@click.option("--parts-of", "whole", metavar="WHOLE", help="Compare this report with the sum of the others.")
@click.option("--expected", multiple=True, metavar="AGENCY", help="A body that should be among the parts; repeatable.")
def check(
    files: tuple[str, ...],
    output: str,
    lang: Lang | None,
    as_found: bool,
    series: bool,
    whole: str | None,
    expected: tuple[str, ...],
) -> int:
    """Check reports in JSON: every fault and every broken equation, each with its place.

    Exit code 0: no broken equation; 1: a file is malformed or inconsistent, declared or not; 2: a file could not be
    read, or the command was misused. What is found across reports is advice and changes no exit code.

    Example: gkformat check report.json
    """
    # A pattern such as *.json may well name the whole among its parts.
    chosen = [whole, *(file for file in files if file != whole)] if whole else files
    outcomes = [examine(file, as_found=as_found) for file in chosen]
    reports = [outcome.report for outcome in outcomes if outcome.report]
    across = Across()
    if series:
        across = evolve(across, series=_series(reports))
    if whole and outcomes[0].report:
        across = evolve(across, parts=check_parts(outcomes[0].report, reports[1:], expected=expected or None))
    lines = [as_json(outcomes, across)] if output == "json" else as_text(outcomes, across, lang or _locale())
    for line in lines:
        click.echo(line)
    return max(outcome.exit_code for outcome in outcomes)


def _series(reports: Sequence[AnyReport]) -> SeriesFindings:
    try:
        return check_series(reports)
    except ValueError as error:
        raise click.UsageError(str(error)) from None


@cli.command("diagnose")
@click.argument("files", nargs=-1, required=True)
@_format
@_lang
@click.option("--bound", type=click.IntRange(min=1), default=BOUND, show_default=True, help="List at most so many.")
def explain(files: tuple[str, ...], output: str, lang: Lang | None, bound: int) -> int:
    """Tell which cells are probably wrong where equations are broken. Nothing is changed.

    Exit code 0: no broken equation; 1: a file is malformed or inconsistent; 2: a file could not be read.

    Example: gkformat diagnose report.json
    """
    outcomes = [examine(file, as_found=True) for file in files]
    found = [diagnose(outcome.report, bound=bound) if outcome.report else None for outcome in outcomes]
    if output == "json":
        click.echo(diagnoses_as_json(outcomes, found))
    else:
        for line in diagnoses_as_text(outcomes, found, bound, lang or _locale()):
            click.echo(line)
    return max(outcome.exit_code for outcome in outcomes)


@cli.command("diff")
@click.argument("left")
@click.argument("right")
@_format
@_lang
def compare(left: str, right: str, output: str, lang: Lang | None) -> int:
    """Compare two reports cell by cell, across editions where both ask the same.

    Exit code 0: compared, whatever was found; 1: a file is malformed; 2: a file could not be read.

    Example: gkformat diff 2023.json 2024.json
    """
    one, other = (_held(file) for file in (left, right))
    differences = diff(one, other)
    apart = len(shared_addresses(one.edition, other.edition).apart)
    if output == "json":
        click.echo(differences_as_json(differences, apart))
    else:
        for line in differences_as_text(differences, apart, lang or _locale()):
            click.echo(line)
    return 0


@cli.command("consolidate")
@click.argument("parts", nargs=-1, required=True)
@click.option("--agency", required=True, help="The body whose report the sum is.")
@click.option("--year", required=True, type=int)
@click.option("-o", "--output", required=True, metavar="WHOLE", help="The file to write, as JSON.")
def add_up(parts: tuple[str, ...], agency: str, year: int, output: str) -> int:
    """Add up reports cell by cell into one, as found: 汇总.

    Exit code 0: written; 1: a part is malformed, or the parts do not belong together; 2: a file could not be read.

    Example: gkformat consolidate a.json b.json --agency 某市人民政府 --year 2024 -o whole.json
    """
    try:
        whole = consolidate((_held(part) for part in parts), agency=agency, year=year)
    except ValueError as error:
        raise Failed(str(error), 1) from None
    try:
        dump(whole.report, output, indent=2)
    except OSError as error:
        raise Failed(f"{output}: {error.strerror or error}", 2) from None
    for part in whole.manifest:
        click.echo(f"{part.agency}  {part.verdict}")
    for mixed in whole.mixed:
        click.echo(f"{mixed.at}  ≥ {mixed.known}")
    return 0


class Failed(click.ClickException):
    """What a command cannot go on with, and its exit code."""

    def __init__(self, message: str, code: int) -> None:
        super().__init__(message)
        self.code = code


def _held(file: str) -> AnyReport:
    """A report from a file, as found."""
    try:
        return load(file, as_found=True)
    except OSError as error:
        raise Failed(f"{file}: {error.strerror or error}", 2) from None
    except Malformed as error:
        raise Failed(f"{file}: {error}", 1) from None


def _locale() -> Lang:
    """Chinese where the locale says so, else English."""
    stated = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return "zh" if stated.startswith("zh") else "en"
