"""The options that several verbs share, so that they are named and explained alike."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from gkformat.base.words import LANGUAGES, NOTHING, Lang, Words
from gkformat.cli.errors import Trouble
from gkformat.cli.help import Option, Spoken
from gkformat.cli.language import language, spoken
from gkformat.cli.output import complain
from gkformat.cli.settings import settings

F = TypeVar("F", bound=Callable[..., Any])


class Verb(Spoken):
    """A command whose options have the defaults that the project has settled; the command line wins."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the settings, then the arguments. Help is given whatever the settings are."""
        if not {"-h", "--help"}.intersection(args):
            found = settings(Path.cwd())
            ctx.default_map, ctx.obj = dict(found.values), found
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run it; what keeps it from going on is told in the language that was asked for."""
        try:
            return super().invoke(ctx)
        except Trouble as trouble:
            complain(trouble.words, ctx.params.get("lang"))
            return trouble.code


def verb(zh: str, en: str, *, example: str, codes: Words = NOTHING) -> Callable[[Callable[..., Any]], click.Command]:
    """Make a command of a function, with its help in the language of the locale, and an example that can be run."""
    paragraphs = [spoken(zh, en), codes.text(language()), f"\b\n{spoken('示例：', 'Example:')}\n  {example}"]
    return click.command(
        cls=Verb, options_metavar=spoken("[选项]", "[OPTIONS]"), help="\n\n".join(filter(None, paragraphs))
    )


def option(*names: str, zh: str, en: str, **rest: Any) -> Callable[[F], F]:
    """An option with its help in the language of the locale."""
    return click.option(*names, cls=Option, help=spoken(zh, en), **rest)


def _speaker(_: click.Context, __: click.Parameter, value: Lang | None) -> Lang:
    return value or language()


FILE = click.Path(readable=False)
"""A name that a shell completes. Whether it can be read is seen when it is."""

lang = option(
    "--lang",
    type=click.Choice(LANGUAGES),
    callback=_speaker,
    zh="输出所用的语言 [默认：随系统]",
    en="Language of the output [default: by locale].",
)


def output_format(choices: Sequence[str]) -> Callable[[F], F]:
    """The form of the output."""
    return option(
        "--format",
        "output",
        type=click.Choice(choices),
        default=choices[0],
        show_default=True,
        zh="输出格式",
        en="Form of the output.",
    )


edition = option("--edition", default="2021", show_default=True, zh="格式版本", en="Edition of the form.")
