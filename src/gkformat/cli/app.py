"""The group of commands, each imported when it is run, and the exit codes for everything that can go wrong."""

import os
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path

import click

from gkformat.base.words import Words
from gkformat.cli import INTERRUPTED
from gkformat.cli.errors import CliError, os_message, suggestion
from gkformat.cli.help import OPTIONS, LocalizedCommand, show_usage_error
from gkformat.cli.output import OutputClosed, colour_setting, discard_unwritten, escape_unencodable, print_error
from gkformat.version import VERSION
from gkformat.views.language import language, localized

BROKEN_PIPE = 141
"""The exit status that a shell reports for a program killed by SIGPIPE: 128 plus the number of the signal."""


def run(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code. No error ends in a traceback."""
    escape_unencodable()
    try:
        code = int(cli.main(arguments, prog_name="gkformat", standalone_mode=False) or 0)
    except CliError as error:
        print_error(error.words)
        code = error.code
    except click.ClickException as error:
        show_usage_error(error)
        code = error.exit_code if error.exit_code > 1 else 2
    except click.Abort:
        print_error(Words("已中断", "interrupted"))
        code = INTERRUPTED
    except (OutputClosed, BrokenPipeError):
        code = BROKEN_PIPE
    except OSError as error:  # click itself could not print, for example the help page
        print_error(os_message(error))
        code = 2
    except Exception as error:  # noqa: BLE001 - a bug of this library
        print_error(_internal_error(error))
        code = 2
    discard_unwritten()
    return code


def _internal_error(error: Exception) -> Words:
    """Return the error and the line of code that raised it, for a bug report."""
    from traceback import extract_tb  # noqa: PLC0415 - never needed, one hopes

    line = extract_tb(error.__traceback__)[-1]
    said = f"{type(error).__name__}: {error}, {Path(line.filename).name}:{line.lineno}"
    return _INTERNAL_ERROR.format(said=said)


_INTERNAL_ERROR = Words(
    "gkformat 自身的错误，不是报告的错误（{said}）", "a mistake in gkformat and not in a report ({said})"
)

COMMANDS: Mapping[str, Words] = {
    "check": Words(
        "检查报告：列出全部错误，每处都说明位置", "Check reports: every error at once, each with its place."
    ),
    "read": Words("读取网页、Word、PDF、Excel 等文件", "Read pages, Word files, PDFs, spreadsheets and text."),
    "show": Words("按官方版式显示一份报告", "Show a report in the official layout."),
    "write": Words("写成官方格式的 Word、Excel、网页等", "Write the official form: Word, Excel, a page, text."),
    "patch": Words(
        "改动 Word、Excel 文件中的数字，其余不动", "Change numbers in a Word or Excel file, and nothing else."
    ),
    "blank": Words(
        "写出空白表：自动算总计、自带核对的 Excel，Word 等", "Write a blank form: a workbook that checks itself, Word."
    ),
    "diagnose": Words("找出可能填错的格", "Tell which cells are probably wrong."),
    "diff": Words("逐格比较两份报告", "Compare two reports cell by cell."),
    "indicators": Words("计算公开率等指标", "Compute shares and rates."),
    "consolidate": Words("汇总：逐格相加", "Add up reports cell by cell."),
    "rules": Words("列出规则", "List the rules."),
    "schema": Words("输出 JSON Schema", "Print a JSON Schema."),
}
"""The commands and what each does. The module in `commands` has the name of the command."""


class Commands(LocalizedCommand, click.Group):
    """A group whose commands are imported when they are run, so that each starts fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - the signature is click's
        """Return the names of the commands in the order in which a newcomer meets them."""
        return list(COMMANDS)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command named by the first argument.

        Raises `CliError` for an unknown name, with the most similar one.
        """
        name = args[0]
        if name in COMMANDS or name.startswith("-") or ctx.resilient_parsing:  # set when a shell completes
            return super().resolve_command(ctx, args)
        if Path(name).suffix or os.path.lexists(name):
            raise CliError(_FILE.format(name=name, quoted=f'"{name}"' if " " in name else name))
        raise CliError(_UNKNOWN.format(name=name, meant=suggestion(name, list(COMMANDS))))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - the signature is click's
        """Import and return the command of this name, or `None`."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"gkformat.cli.commands.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - the signature is click's
        """Write the list of commands without importing any."""
        with formatter.section(localized("命令", "Commands")):
            formatter.write_dl([(name, words.text(language())) for name, words in COMMANDS.items()])


_FILE = Words(
    "{name} 是文件，不是命令；要检查它，请运行 gkformat check {quoted}",
    "{name} is a file and not a command; to check it, run: gkformat check {quoted}",
)
_UNKNOWN = Words("没有命令 {name}{meant}（见 gkformat --help）", "no such command: {name}{meant} (see gkformat --help)")


@click.group(
    cls=Commands,
    invoke_without_command=True,
    options_metavar=OPTIONS,
    subcommand_metavar=localized("命令 [参数]...", "COMMAND [ARGS]..."),
    context_settings={"help_option_names": ["-h", "--help"]},
    help=localized(
        "政府信息公开工作年度报告的检查与处理。\n\n各命令的用法与示例：gkformat 命令 --help",
        "China's annual report on government information disclosure (政府信息公开工作年度报告).\n\n"
        "For options and an example of each command: gkformat COMMAND --help",
    ),
)
@click.version_option(VERSION, help=localized("显示版本并退出", "Show the version and exit."))
@click.pass_context
def cli(ctx: click.Context) -> int:
    """Set up the group, or show its help, in two languages in the decorator, to somebody who names no command."""
    ctx.color = colour_setting()
    if ctx.invoked_subcommand:
        return 0
    click.echo(ctx.get_help())
    return 2
