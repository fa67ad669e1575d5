"""`gkformat diagnose`."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from functools import partial

import click

from gkformat.base.words import Lang, Words
from gkformat.cli.baseline import Baseline
from gkformat.cli.diagnoses import diagnosis_as_plain, diagnosis_as_text
from gkformat.cli.formats.text import heading, told
from gkformat.cli.formats.wording import PASSED_OVER
from gkformat.cli.inputs import sources
from gkformat.cli.options import FILE, lang, option, output_format, verb
from gkformat.cli.outcomes import Outcome, examine
from gkformat.cli.output import say, speak_utf8
from gkformat.cli.policy import Policy
from gkformat.codec import dumps, unstructure
from gkformat.diagnosis.diagnose import BOUND, diagnose


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
@click.argument("files", nargs=-1, required=True, type=FILE)
@output_format(("text", "json"))
@lang
@option("--bound", type=click.IntRange(min=1), default=BOUND, zh="最多列出几种解释", en="List at most so many.")
def command(files: tuple[str, ...], output: str, lang: Lang, bound: int) -> int:
    """Print the explanations of what is broken in each file."""
    codes: list[int] = []
    with ExitStack() as opened:
        outcomes = _outcomes(files, opened)
        if output == "json":
            speak_utf8()
            say([_as_json(_told(outcomes, codes), bound)])
        else:
            say(_as_text(_told(outcomes, codes), bound, lang))
    return max(codes, default=2)


def _outcomes(files: Sequence[str], opened: ExitStack) -> Iterator[Outcome]:
    """What came of each file; of JSON Lines, of each line that is not simply sound."""
    one = partial(examine, policy=Policy(), baseline=Baseline(), as_found=True)
    for source in sources(files, opened):
        if source.lines is None:
            yield one(source)
        else:
            from gkformat.cli.jsonl import examined  # noqa: PLC0415 - rarely needed

            yield from examined(source, source.lines, one, as_found=True, every=False)


def _told(outcomes: Iterable[Outcome], codes: list[int]) -> Iterator[Outcome]:
    """Those that are named, while the exit codes of all that are reports, or should be, are noted."""
    for outcome in outcomes:
        if outcome.conclusion != "not-a-report":
            codes.append(outcome.exit_code)
        if outcome.file:
            yield outcome


def _as_text(outcomes: Iterable[Outcome], bound: int, lang: Lang) -> Iterator[str]:
    passed_over = 0
    for outcome in outcomes:
        if outcome.conclusion == "not-a-report":
            passed_over += 1
        elif outcome.report is None:
            yield from told(outcome, lang)
        else:
            yield heading(outcome, lang)
            found = diagnose(outcome.report, bound=bound)
            yield from (f"  {line}" for line in diagnosis_as_text(found, bound, lang))
    if passed_over:
        yield PASSED_OVER.format(count=passed_over).text(lang)


def _as_json(outcomes: Iterable[Outcome], bound: int) -> str:
    """`diagnosis` is null where a file holds no report that can be diagnosed."""
    files = [
        {
            "file": outcome.file,
            "agency": outcome.agency or None,
            "year": outcome.year,
            "conclusion": outcome.conclusion,
            "trouble": unstructure(outcome.trouble) if outcome.trouble else None,
            "faults": unstructure([note.item for note in outcome.notes if note.level == "fault"]),
            "diagnosis": diagnosis_as_plain(diagnose(outcome.report, bound=bound)) if outcome.report else None,
        }
        for outcome in outcomes
    ]
    return dumps({"files": files}, indent=2)
