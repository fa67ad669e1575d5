"""Help and misuse in Chinese, where the locale says so: what click says by itself is English."""

import re
from collections.abc import Iterator
from contextlib import suppress

import click

from gkformat.base.words import Words
from gkformat.cli.language import language, spoken
from gkformat.cli.output import complain, remark


class Page(click.HelpFormatter):
    """A page of help in Chinese: its headings, and lines in which a character is two columns wide."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:  # noqa: ARG002 - as click calls it
        """How a command is called."""
        super().write_usage(prog, args, "用法：")

    def write_heading(self, heading: str) -> None:
        """A heading; the one that click gives is that of the options."""
        self.write(f"{' ' * self.current_indent}{'选项' if heading == 'Options' else heading}：\n")

    def write_text(self, text: str) -> None:
        """Paragraphs; one that begins with a backspace keeps its lines, as click has it."""
        margin = " " * self.current_indent
        paragraphs = (
            paragraph.removeprefix("\b\n").splitlines()
            if paragraph.startswith("\b\n")
            else _lines(paragraph, self.width - self.current_indent)
            for paragraph in text.split("\n\n")
        )
        self.write("\n".join("".join(f"{margin}{line}\n" for line in lines) for lines in paragraphs))


def _lines(text: str, width: int) -> Iterator[str]:
    """Text in lines of this width; a word in Latin letters stays whole, and what closes may stand beyond the edge."""
    from rich.cells import cell_len  # noqa: PLC0415 - slow to import, and not needed for anything but help

    line = ""
    for piece in re.findall("[!-~]+|.", text):
        if line and cell_len(line + piece) > width and piece not in "，、。；：）”":
            yield line.rstrip()
            line = ""
        line += piece if line else piece.lstrip()
    yield line


class Context(click.Context):
    """A context whose pages are in the language of the locale."""

    def make_formatter(self) -> click.HelpFormatter:
        """A page that is still empty."""
        if language() == "en":
            return super().make_formatter()
        return Page(width=self.terminal_width, max_width=self.max_content_width)


class Spoken(click.Command):
    """A command that is explained in the language of the locale."""

    context_class = Context

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option that shows the page."""
        found = super().get_help_option(ctx)
        if found:
            found.help = spoken("显示此说明并退出", "Show this message and exit.")
        return found


class Option(click.Option):
    """An option of which the page tells in the language of the locale what is its default, or that it is required."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Its names, and what it is for."""
        record = super().get_help_record(ctx)
        if record is None or language() == "en":
            return record
        names, said = record
        return names, said.replace("[default: ", "[默认：").replace("[required]", "[必填]")


# -- misuse --------------------------------------------------------------------------------------------


def refuse(error: click.ClickException) -> None:
    """Tell of misuse, and where help is."""
    if language() == "en" or not isinstance(error, click.UsageError):
        with suppress(OSError):
            error.show()
        return
    if error.ctx:
        remark(f"{error.ctx.get_usage()}\n说明见 {error.ctx.command_path} --help\n")
    complain(Words(_chinese(error), error.format_message()))


def _chinese(error: click.UsageError) -> str:
    match error:
        case click.NoSuchOption():
            meant = f"；是否为 {'、'.join(error.possibilities)}？" if error.possibilities else ""
            return f"没有选项 {error.option_name}{meant}"
        case click.MissingParameter(param=click.Option() as option):
            return f"缺少选项 {option.opts[0]}"
        case click.MissingParameter(param=click.Argument() as argument):
            return f"缺少 {argument.human_readable_name}"
        case click.BadParameter(param=click.Parameter() as param):
            return f"{param.opts[0]} 的值不对：{_expected(param.type) or error.message}"
        case click.BadOptionUsage():
            return f"选项 {error.option_name} 缺少它的值，或不带值"
        case _:
            return f"用法有误（{error.format_message()}）"


def _expected(kind: object) -> str:
    """What a value should be."""
    match kind:
        case click.Choice():
            return f"应为 {'、'.join(map(str, kind.choices))} 之一"
        case click.IntRange(min=least, max=None):
            return f"应为不小于 {least} 的整数"
        case click.IntRange(min=least, max=most):
            return f"应为 {least} 至 {most} 的整数"
        case _:
            return "应为整数" if kind is click.INT else ""
