"""`gkformat diagnose`."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack

import click

from gkformat.cli.baseline import Baseline
from gkformat.cli.diagnosing import diagnosis_as_plain, diagnosis_as_text
from gkformat.cli.formats.text import heading, told
from gkformat.cli.intake import sources
from gkformat.cli.judging import Outcome, examine
from gkformat.cli.options import lang, option, output_format, verb
from gkformat.cli.output import say, speak_utf8
from gkformat.cli.policy import Policy
from gkformat.codec import dumps, unstructure
from gkformat.diagnosis import BOUND, Diagnoses, diagnose
from gkformat.words import Lang, Words


@verb(
    "勾稽关系不符时，找出最可能填错的格，并列出改法。只提建议，不改动任何数字。",
    "Where equations are broken, tell which cells are most likely wrong, and what would mend them. Nothing is changed.",
    codes=Words(
        "退出码：0 没有不成立的等式；1 有文件不合格式或不一致；2 有文件无法读取或用法有误。取其中最大者。",
        "Exit code 0: no broken equation; 1: a file is malformed or inconsistent; 2: a file could not be read, or "
        "misuse. The highest wins.",
    ),
    example="gkformat diagnose tests/corpus/hongze-2023.json",
)
@click.argument("files", nargs=-1, required=True)
@output_format(("text", "json"))
@lang
@option("--bound", type=click.IntRange(min=1), default=BOUND, zh="最多列出几种解释", en="List at most so many.")
def command(files: tuple[str, ...], output: str, lang: Lang, bound: int) -> int:
    """Print the explanations of what is broken in each file."""
    with ExitStack() as opened:
        outcomes = [examine(source, Policy(), Baseline(), as_found=True) for source in sources(files, opened)]
    found = [diagnose(outcome.report, bound=bound) if outcome.report else None for outcome in outcomes]
    if output == "json":
        speak_utf8()
        say([_as_json(outcomes, found)])
    else:
        say(_as_text(outcomes, found, bound, lang))
    return max((outcome.exit_code for outcome in outcomes), default=2)


def _as_text(outcomes: Sequence[Outcome], found: Sequence[Diagnoses | None], bound: int, lang: Lang) -> Iterator[str]:
    for outcome, diagnoses in zip(outcomes, found, strict=True):
        if diagnoses is None:
            yield from told(outcome, lang)
        else:
            yield heading(outcome, lang)
            yield from (f"  {line}" for line in diagnosis_as_text(diagnoses, bound, lang))


def _as_json(outcomes: Sequence[Outcome], found: Sequence[Diagnoses | None]) -> str:
    """`diagnosis` is null where a file holds no report that can be diagnosed."""
    files = [
        {
            "file": outcome.file,
            "agency": outcome.agency or None,
            "year": outcome.year,
            "conclusion": outcome.conclusion,
            "trouble": unstructure(outcome.trouble) if outcome.trouble else None,
            "faults": unstructure([note.item for note in outcome.notes if note.level == "fault"]),
            "diagnosis": None if diagnoses is None else diagnosis_as_plain(diagnoses),
        }
        for outcome, diagnoses in zip(outcomes, found, strict=True)
    ]
    return dumps({"files": files}, indent=2)
