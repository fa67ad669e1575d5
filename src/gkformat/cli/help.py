"""Help pages and usage errors in Chinese, if that is the language of the locale. Those of click itself are English."""

import re
from collections.abc import Iterator
from typing import Any

import click

from gkformat.base.visible import visible
from gkformat.base.words import Words
from gkformat.cli.output import OutputClosed, print_error, print_stderr
from gkformat.views.language import language, localized

OPTIONS = localized("[选项]", "[OPTIONS]")
"""The options in a line of usage."""


class HelpPage(click.HelpFormatter):
    """A help page in Chinese: translated headings, and lines wrapped for characters that are two columns wide."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:  # noqa: ARG002 - the signature is click's
        """Write the usage line."""
        super().write_usage(prog, args, "用法：")

    def write_heading(self, heading: str) -> None:
        """Write a heading. Only the one of the options comes from click and has to be translated."""
        self.write(f"{' ' * self.current_indent}{'选项' if heading == 'Options' else heading}：\n")

    def write_text(self, text: str) -> None:
        """Write paragraphs. As in click, one that begins with a backspace keeps its line breaks."""
        margin = " " * self.current_indent
        paragraphs = (
            paragraph.removeprefix("\b\n").splitlines()
            if paragraph.startswith("\b\n")
            else _wrap(paragraph, self.width - self.current_indent)
            for paragraph in text.split("\n\n")
        )
        self.write("\n".join("".join(f"{margin}{line}\n" for line in lines) for lines in paragraphs))


def _wrap(text: str, width: int) -> Iterator[str]:
    """Wrap text to this width in columns. Latin words are not broken, and closing punctuation may exceed the width."""
    from rich.cells import cell_len  # noqa: PLC0415 - slow to import, and only needed for help

    line = ""
    for piece in re.findall("[!-~]+|.", text):
        if line and cell_len(line + piece) > width and piece not in "，、。；：）”":
            yield line.rstrip()
            line = ""
        line += piece if line else piece.lstrip()
    yield line


class LocalizedContext(click.Context):
    """A context that makes help pages in the language of the locale."""

    def make_formatter(self) -> click.HelpFormatter:
        """Return an empty help page."""
        if language() == "en":
            return super().make_formatter()
        return HelpPage(width=self.terminal_width, max_width=self.max_content_width)


class LocalizedCommand(click.Command):
    """A command with its help in the language of the locale."""

    context_class = LocalizedContext

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        """Make the context, which prints help if it is asked for. For a closed pipe click would exit with 1."""
        try:
            return super().make_context(*args, **kwargs)
        except BrokenPipeError:
            raise OutputClosed from None

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the option `--help` with its own help localized."""
        found = super().get_help_option(ctx)
        if found:
            found.help = localized("显示此说明并退出", "Show this message and exit.")
        return found


class LocalizedOption(click.Option):
    """An option whose help says in the language of the locale that it is required, or what its default is."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the names and the help of the option."""
        record = super().get_help_record(ctx)
        if record is None or language() == "en":
            return record
        names, text = record
        return names, text.replace("[default: ", "[默认：").replace("[required]", "[必填]")


# -- usage errors --------------------------------------------------------------------------------------


def show_usage_error(error: click.ClickException) -> None:
    """Print an error of usage and how to get help."""
    if isinstance(error, click.UsageError) and error.ctx:
        command = error.ctx.command_path
        hint = localized(f"说明见 {command} --help", f"Try '{command} --help' for help.")
        for line in (*error.ctx.get_usage().split("\n"), hint, ""):
            print_stderr(line)
    print_error(Words(*map(visible, (_usage_message(error), error.format_message()))))


def _usage_message(error: click.ClickException) -> str:
    match error:
        case click.NoSuchOption():
            meant = f"；是否为 {'、'.join(error.possibilities)}？" if error.possibilities else ""
            return f"没有选项 {error.option_name}{meant}"
        case click.MissingParameter(param=click.Option() as option):
            return f"缺少选项 {option.opts[0]}"
        case click.MissingParameter(param=click.Argument() as argument):
            return f"缺少 {argument.human_readable_name}"
        case click.BadParameter(param=click.Parameter() as param):
            return f"{param.opts[0]} 的值不对：{_expected_value(param.type) or error.message}"
        case click.BadOptionUsage():
            return f"选项 {error.option_name} 缺少它的值，或不带值"
        case _:
            return f"用法有误（{error.format_message()}）"


def _expected_value(kind: object) -> str:
    """Describe the values that a type of parameter accepts; return "" if there is nothing to add to click's message."""
    match kind:
        case click.Choice():
            return f"应为 {'、'.join(map(str, kind.choices))} 之一"
        case click.DateTime():
            return "应为日期，如 2025-01-31"
        case click.IntRange(min=least, max=None):
            return f"应为不小于 {least} 的整数"
        case click.IntRange(min=least, max=most):
            return f"应为 {least} 至 {most} 的整数"
        case _:
            return "应为整数" if kind is click.INT else ""
