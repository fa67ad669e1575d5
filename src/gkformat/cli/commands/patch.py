"""The command `gkformat patch`."""

from collections.abc import Iterator
from pathlib import Path

import click

from gkformat.base.errors import Malformed, Unreadable, Unwritable, excerpt
from gkformat.base.visible import visible
from gkformat.base.words import Lang, Words
from gkformat.cli.errors import CliError, malformed_message, os_message, with_prefix
from gkformat.cli.options import FILE, lang, localized_command, option
from gkformat.cli.output import print_lines
from gkformat.writers.patch import Patched, patch


@localized_command(
    "把改好的数字写进原来的 Word（.docx）或 Excel（.xlsx）文件：字体、版式、公式和其他内容不动。"
    "只改 --set 给出的格，合计也不例外。其他种类的文件按官方格式重新写出，并列出不能保留的内容。",
    "Put changed numbers into a Word (.docx) or Excel (.xlsx) file: fonts, layout, formulas and all else stay. Only "
    "what --set names is changed, which holds for sums too. A file of another kind is written anew as the official "
    "form, and what is lost is listed.",
    codes=Words(
        "退出码：0 已写出；1 地址或数字不合格式，或文件中没有此格；2 文件无法读取或写出，或用法有误。",
        "Exit code 0: written; 1: an address or a number is not of the form, or the file has no such cell; 2: a file "
        "could not be read or written, or misuse.",
    ),
    example="gkformat patch tests/corpus/documents/suqian-2024.docx "
    "--set requests.newly_received.natural_person=3441 -o fixed.docx",
)
@click.argument("file", type=FILE)
@option(
    "--set",
    "settings",
    multiple=True,
    required=True,
    metavar="ADDRESS=NUMBER",
    zh="改哪一格，改成多少",
    en="The cell, and its number.",
)
@option("-o", "--output", required=True, metavar="FILE", type=FILE, zh="写入此文件", en="The file to write.")
@lang
def command(file: str, settings: tuple[str, ...], output: str, lang: Lang) -> int:
    """Write a file with changed numbers, and list each change."""
    try:
        patched = patch(Path(file), Path(output), dict(map(_setting, settings)))
    except Malformed as error:
        raise CliError(with_prefix(file, malformed_message(error)), 1) from None
    except (Unreadable, Unwritable) as error:
        raise CliError(with_prefix(file, error.words)) from None
    except OSError as error:
        raise CliError(with_prefix(error.filename or file, os_message(error))) from None
    print_lines(_lines(patched, output, lang))
    return 0


def _setting(given: str) -> tuple[str, str]:
    address, equals, number = given.partition("=")
    if not equals:
        raise CliError(_NO_SETTING.format(given=given))
    return address.strip(), number.strip()


_NO_SETTING = Words("--set 应为 地址=数字：{given}", "--set takes ADDRESS=NUMBER: {given}")


def _lines(patched: Patched, output: str, lang: Lang) -> Iterator[str]:
    yield (
        (_WRITTEN_ANEW if patched.is_new else _CHANGED)
        .format(count=len(patched.cells), output=visible(output))
        .text(lang)
    )
    for cell in patched.cells:
        where = visible(cell.place.words.text(lang)).strip()
        change = f"{visible(cell.found) or _BLANK.text(lang)} → {cell.written}"
        formula = _FORMULA.text(lang) if cell.at in patched.computed else ""
        yield "  ".join(filter(None, ["", cell.label, change, where, click.style(cell.at, dim=True), formula]))
    if others := {*patched.computed} - {cell.at for cell in patched.cells}:
        yield f"  {_FORMULAS.format(count=len(others)).text(lang)}"
    for item in patched.lost:
        yield f"  {_LOST.format(text=excerpt(item.text)).text(lang)}"
    for text in patched.rewritten:
        yield f"  {text.label}  {visible(text.message(lang))}"


_CHANGED = Words("已改 {count} 格，写入 {output}", "{count} cell(s) changed, written to {output}")
_WRITTEN_ANEW = Words(
    "已改 {count} 格，按官方格式重新写出到 {output}，原来的版式不能保留",
    "{count} cell(s) changed, written anew to {output} as the official form; the old layout is lost",
)
_FORMULA = Words("此格是公式：打开文件时重算，这个数不会保留", "a formula: this number lasts until the file is opened")
_FORMULAS = Words(
    "另有 {count} 格是公式，打开文件时重算；在此之前存的是原来的数",
    "{count} other cell(s) are formulas: computed when the file is opened, they hold the old numbers until then",
)
_BLANK = Words("（空白）", "(blank)")
_LOST = Words("未能保留：{text}", "lost: {text}")
