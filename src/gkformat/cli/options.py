"""The decorators of commands, and the options that several commands share, so that their names and help agree."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar, get_args

import click

from gkformat.base.words import LANGUAGES, NO_WORDS, Lang, Words
from gkformat.cli.errors import CliError
from gkformat.cli.help import OPTIONS, LocalizedCommand, LocalizedOption
from gkformat.cli.output import print_error
from gkformat.cli.policy import selectors
from gkformat.cli.settings import load_settings
from gkformat.forms.editions import EDITIONS
from gkformat.notation.domains import Year
from gkformat.views.language import language, localized

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


class ConfiguredCommand(LocalizedCommand):
    """A command whose options take their defaults from the settings of the project."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Load the settings, then parse the arguments. `--help` works even if the settings are broken."""
        if not {"-h", "--help"}.intersection(args):
            found = load_settings(Path.cwd())
            ctx.default_map, ctx.obj = dict(found.values), found
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command. A `CliError` is printed in the language of `--lang`."""
        try:
            return super().invoke(ctx)
        except CliError as error:
            print_error(error.words, ctx.params.get("lang"))
            return error.code


def localized_command(
    zh: str, en: str, *, example: str, codes: Words = NO_WORDS
) -> Callable[[Callable[..., Any]], click.Command]:
    """Return a decorator that makes a command of a function, with its help in the language of the locale.

    `codes` explains the exit codes. `example` is a command line that works in a checkout; the tests run it.
    """
    paragraphs = [localized(zh, en), codes.text(language()), f"\b\n{localized('示例：', 'Example:')}\n  {example}"]
    return click.command(
        cls=ConfiguredCommand,
        options_metavar=OPTIONS,
        help="\n\n".join(filter(None, paragraphs)),
    )


def option(*names: str, zh: str, en: str, **rest: Any) -> Callable[[Decorated], Decorated]:
    """Return a decorator that adds an option with its help in the language of the locale."""
    return click.option(*names, cls=LocalizedOption, help=localized(zh, en), **rest)


def _default_language(_: click.Context, __: click.Parameter, value: Lang | None) -> Lang:
    return value or language()


FILE = click.Path(readable=False)
"""A file name, for the completion of shells. Errors are reported when the file is read, not when it is parsed."""

lang = option(
    "--lang",
    type=click.Choice(LANGUAGES),
    callback=_default_language,
    zh="输出所用的语言 [默认：随系统]",
    en="Language of the output [default: by locale].",
)


def output_format(choices: Sequence[str]) -> Callable[[Decorated], Decorated]:
    """Return a decorator that adds the option `--format`. The first of `choices` is the default."""
    return option(
        "--format",
        "output",
        type=click.Choice(choices),
        default=choices[0],
        show_default=True,
        zh="输出格式",
        en="Form of the output.",
    )


_YEARS = get_args(Year)[1]
agency = option("--agency", default="", metavar="AGENCY", zh="文件没有写明机关时用", en="For files that name no body.")
year = option(
    "--year",
    type=click.IntRange(_YEARS.minimum, _YEARS.maximum),
    metavar="YEAR",
    zh="文件没有写明年度时用",
    en="For files without a year.",
)


def rule_names(*names: str, zh: str, en: str) -> Callable[[Decorated], Decorated]:
    """Return a decorator that adds an option for rules: several with commas between them, and repeatedly."""
    return option(
        *names,
        multiple=True,
        callback=_split,
        shell_complete=_complete_rules,
        metavar="RULE[,RULE...]",
        zh=zh,
        en=en,
    )


def _split(_: click.Context, __: click.Parameter, value: Iterable[str]) -> tuple[str, ...]:
    return tuple(name.strip() for given in value for name in given.split(","))


def _complete_rules(_: click.Context, __: click.Parameter, incomplete: str) -> list[str]:
    before, comma, last = incomplete.rpartition(",")
    return [before + comma + name for name in selectors() if name.startswith(last)]


def completed_from(names: Iterable[str]) -> Callable[[click.Context, click.Parameter, str], list[str]]:
    """Return how a shell completes an argument that is one of these names."""
    return lambda _, __, incomplete: [name for name in names if name.startswith(incomplete)]


edition = option(
    "--edition",
    default="2021",
    show_default=True,
    shell_complete=completed_from(EDITIONS),
    zh="格式版本",
    en="Edition of the form.",
)
