"""The command `gkformat rules`."""

from collections.abc import Iterator

import click

from gkformat.base.errors import UnknownEdition
from gkformat.base.families import AUTHORITY_TITLES, FAMILIES
from gkformat.base.words import Lang, Words
from gkformat.cli.errors import CliError
from gkformat.cli.json_text import json_lines
from gkformat.cli.options import completed_from, edition, lang, localized_command, output_format
from gkformat.cli.output import print_data, print_lines
from gkformat.cli.policy import unknown_rule
from gkformat.derived.catalogue import Rule, explanation, rules


@localized_command(
    "列出规则的名称、效力和要求；点名的规则还说明等式、理由、依据的条文、例子和处理办法。",
    "List the rules with their names, on whose authority they stand, and what they ask for; of rules that are named, "
    "the equations, why, the clauses, an example, and what to do.",
    example="gkformat rules balance",
)
@click.argument("names", nargs=-1, shell_complete=completed_from(FAMILIES))
@edition
@output_format(("text", "json"))
@lang
def command(names: tuple[str, ...], edition: str, output: str, lang: Lang) -> int:
    """Print the catalogue of the rules of an edition, or some of its rules."""
    for name in names:
        if name not in FAMILIES:
            raise unknown_rule(name, FAMILIES)
    try:
        found = [rule for rule in rules(edition) if not names or rule.rule in names]
    except UnknownEdition as error:
        raise CliError(error.words) from None
    if output == "json":
        print_data(json_lines(found, indent=2))
    else:
        print_lines(line for rule in found for line in _lines(rule, lang, fully=bool(names)))
    return 0


_EQUATIONS = Words("，{count} 条等式", ", {count} equation(s)")


def _lines(rule: Rule, lang: Lang, *, fully: bool) -> Iterator[str]:
    authority = AUTHORITY_TITLES[rule.authority].text(lang)
    count = _EQUATIONS.format(count=rule.equations).text(lang) if rule.equations else ""
    yield f"{click.style(rule.rule, bold=True)}  [{authority}{count}]"
    yield f"  {rule.title.text(lang)}"
    if fully:
        yield from (f"  {line}" for line in (rule.says, rule.chinese, rule.example) if line)
        yield from (f"  {words.text(lang)}" for words in explanation(rule))
