"""The command line as a whole: its verbs, each imported when it is asked for, and its exit codes."""

from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path

import click

from gkformat.base.words import Words
from gkformat.cli import INTERRUPTED
from gkformat.cli.errors import Trouble, suggestion, why
from gkformat.cli.help import Spoken, refuse
from gkformat.cli.language import language, spoken
from gkformat.cli.output import Closed, colours, complain, give_up_unwritten, never_fail_to_print
from gkformat.version import VERSION

READER_GONE = 141
"""What a shell reports of a program that SIGPIPE ends: 128 and the number of the signal."""


def run(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code. Nothing that goes wrong ends in a traceback."""
    never_fail_to_print()
    try:
        code = int(cli.main(arguments, prog_name="gkformat", standalone_mode=False) or 0)
    except Trouble as trouble:
        complain(trouble.words)
        code = trouble.code
    except click.ClickException as error:
        refuse(error)
        code = error.exit_code if error.exit_code > 1 else 2
    except click.Abort:
        complain(Words("已中断", "interrupted"))
        code = INTERRUPTED
    except Closed:
        code = READER_GONE
    except OSError as error:  # click itself could not print, as for --help
        complain(why(error))
        code = 2
    except Exception as error:  # noqa: BLE001 - a mistake of our own
        complain(_own_mistake(error))
        code = 2
    give_up_unwritten()
    return code


def _own_mistake(error: Exception) -> Words:
    """What failed, and in which line of code, for a report of it."""
    from traceback import extract_tb  # noqa: PLC0415 - never needed, one hopes

    line = extract_tb(error.__traceback__)[-1]
    said = f"{type(error).__name__}: {error}, {Path(line.filename).name}:{line.lineno}"
    return _OWN_MISTAKE.format(said=said)


_OWN_MISTAKE = Words(
    "gkformat 自身的错误，不是报告的错误（{said}）", "a mistake in gkformat and not in a report ({said})"
)

VERBS: Mapping[str, Words] = {
    "check": Words(
        "检查报告：列出全部错误，每处都说明位置", "Check reports: every error at once, each with its place."
    ),
    "read": Words("读取网页、Word、PDF、Excel 等文件", "Read pages, Word files, PDFs, spreadsheets and text."),
    "show": Words("按官方版式显示一份报告", "Show a report in the official layout."),
    "diagnose": Words("找出可能填错的格", "Tell which cells are probably wrong."),
    "diff": Words("逐格比较两份报告", "Compare two reports cell by cell."),
    "consolidate": Words("汇总：逐格相加", "Add up reports cell by cell."),
    "rules": Words("列出规则", "List the rules."),
    "schema": Words("输出 JSON Schema", "Print a JSON Schema."),
}
"""Each verb with what it does; its module in `commands` has its name."""


class Verbs(Spoken, click.Group):
    """A group whose commands are imported when they are run, so that each starts fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - as click calls it
        """The names of the verbs, in the order in which they are met."""
        return list(VERBS)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The verb that the arguments begin with. Raises `Trouble` with what was probably meant."""
        name = args[0]
        if name in VERBS or name.startswith("-") or ctx.resilient_parsing:  # as when a shell completes
            return super().resolve_command(ctx, args)
        raise Trouble(_UNKNOWN.format(name=name, meant=suggestion(name, list(VERBS))))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as click calls it
        """A verb by its name."""
        if cmd_name not in VERBS:
            return None
        command: click.Command = import_module(f"gkformat.cli.commands.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - as above
        """The verbs and what they do, none of them imported."""
        with formatter.section(spoken("命令", "Commands")):
            formatter.write_dl([(name, words.text(language())) for name, words in VERBS.items()])


_UNKNOWN = Words("没有命令 {name}{meant}（见 gkformat --help）", "no such command: {name}{meant} (see gkformat --help)")


@click.group(
    cls=Verbs,
    options_metavar=spoken("[选项]", "[OPTIONS]"),
    subcommand_metavar=spoken("命令 [参数]...", "COMMAND [ARGS]..."),
    context_settings={"help_option_names": ["-h", "--help"]},
    help=spoken(
        "政府信息公开工作年度报告的检查与处理。\n\n各命令的用法与示例：gkformat 命令 --help",
        "China's annual report on government information disclosure (政府信息公开工作年度报告).\n\n"
        "For options and an example of each command: gkformat COMMAND --help",
    ),
)
@click.version_option(VERSION, help=spoken("显示版本并退出", "Show the version and exit."))
@click.pass_context
def cli(ctx: click.Context) -> None:
    """The group; what it says of itself stands above, in two languages."""
    ctx.color = colours()
