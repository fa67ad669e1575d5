"""`gkformat rules`."""

from collections.abc import Iterator, Mapping

import click

from gkformat.base.families import FAMILIES, Authority
from gkformat.base.words import Lang, Words
from gkformat.cli.errors import Trouble, each, suggestion
from gkformat.cli.options import edition, lang, output_format, verb
from gkformat.cli.output import say, speak_utf8
from gkformat.codec import dumps
from gkformat.derived.catalogue import Rule, rules


@verb(
    "列出规则的名称、依据和要求；点名的规则连同等式一起列出。",
    "List the rules with their names, on whose authority they stand, and what they ask for; of rules that are named, "
    "the equations too.",
    example="gkformat rules balance",
)
@click.argument("names", nargs=-1)
@edition
@output_format(("text", "json"))
@lang
def command(names: tuple[str, ...], edition: str, output: str, lang: Lang) -> int:
    """Print the catalogue of an edition, or some rules of it."""
    for name in names:
        if name not in FAMILIES:
            raise Trouble(_UNKNOWN.format(name=name, meant=suggestion(name, list(FAMILIES))))
    try:
        found = [rule for rule in rules(edition) if not names or rule.rule in names]
    except LookupError as error:
        raise Trouble(each(error)) from None
    if output == "json":
        speak_utf8()
        say([dumps(found, indent=2)])
    else:
        say(line for rule in found for line in _lines(rule, lang, fully=bool(names)))
    return 0


_UNKNOWN = Words("没有这样的规则：{name}{meant}", "no such rule: {name}{meant}")
_AUTHORITIES: Mapping[Authority, Words] = {
    "stated": Words("格式明文规定", "printed by the form"),
    "derived": Words("由表中总计推得", "derived from a printed total"),
    "advice": Words("提示", "advice"),
    "reading": Words("读取文件", "reading a file"),
    "structure": Words("格式错误", "structure"),
    "internal": Words("程序自身", "the library itself"),
}
_EQUATIONS = Words("，{count} 条等式", ", {count} equation(s)")


def _lines(rule: Rule, lang: Lang, *, fully: bool) -> Iterator[str]:
    authority = _AUTHORITIES[rule.authority].text(lang)
    count = _EQUATIONS.format(count=rule.equations).text(lang) if rule.equations else ""
    yield f"{click.style(rule.rule, bold=True)}  [{authority}{count}]"
    yield f"  {rule.title.text(lang)}"
    if fully:
        yield from (f"  {line}" for line in (rule.says, rule.chinese, rule.example) if line)
