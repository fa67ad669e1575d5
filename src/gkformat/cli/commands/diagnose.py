"""The command `gkformat diagnose`."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from functools import partial
from typing import Any

import click

from gkformat.base.words import LANGUAGES, Lang, Words
from gkformat.cli.baseline import Baseline
from gkformat.cli.examine import examine, examine_sources
from gkformat.cli.formats.text import file_lines
from gkformat.cli.formats.wording import passed_over_message
from gkformat.cli.inputs import find_sources
from gkformat.cli.json_text import json_lines
from gkformat.cli.options import FILE, agency, lang, localized_command, option, output_format, year
from gkformat.cli.outcomes import Outcome, SoundLine
from gkformat.cli.output import print_data, print_lines
from gkformat.cli.policy import Policy
from gkformat.codec import unstructure
from gkformat.diagnosis.determined import Determined
from gkformat.diagnosis.diagnose import BOUND, BUDGET, Component, Diagnoses, Diagnosis, diagnose
from gkformat.views.diagnoses import diagnosis_lines
from gkformat.views.text import file_heading

Explain = Callable[[Any], Diagnoses]
"""A function that diagnoses a report."""


@localized_command(
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
@agency
@year
@lang
@option("--bound", type=click.IntRange(min=1), default=BOUND, zh="最多列出几种解释", en="List at most so many.")
@option(
    "--budget",
    type=click.IntRange(min=1),
    default=BUDGET,
    show_default=True,
    zh="最多查找几步；用完即停，并说明",
    en="Take at most so many steps of work; say so where the search stops there.",
)
def command(
    files: tuple[str, ...], output: str, agency: str, year: int | None, lang: Lang, bound: int, budget: int
) -> int:
    """Print explanations of the broken equations of each file."""
    explain = partial(diagnose, bound=bound, budget=budget)
    codes: list[int] = []
    with ExitStack() as opened:
        one = partial(examine, policy=Policy(), baseline=Baseline(), as_found=True, agency=agency, year=year)
        outcomes = examine_sources(find_sources(files, opened), one, as_found=True, include_sound=False)
        if output == "json":
            print_data(_as_json(_named(outcomes, codes), explain))
        else:
            print_lines(_as_text(_named(outcomes, codes), explain, lang))
    return max(codes, default=2)


def _named(outcomes: Iterable[Outcome | SoundLine], codes: list[int]) -> Iterator[Outcome]:
    """Yield the outcomes to print, and append the exit code of everything that is or should be a report to `codes`."""
    for outcome in outcomes:
        if isinstance(outcome, SoundLine):
            codes.append(0)
            continue
        if outcome.examination.conclusion != "not-a-report":
            codes.append(outcome.exit_code)
        yield outcome


def _as_text(outcomes: Iterable[Outcome], explain: Explain, lang: Lang) -> Iterator[str]:
    passed_over: list[str] = []
    for outcome in outcomes:
        if outcome.examination.conclusion == "not-a-report":
            passed_over.append(outcome.examination.file)
        elif outcome.examination.report is None:
            yield from file_lines(outcome, lang)
        else:
            yield file_heading(outcome.examination, lang)
            yield from (f"  {line}" for line in diagnosis_lines(explain(outcome.examination.report), lang))
    if passed_over:
        yield passed_over_message(passed_over).text(lang)


def _as_json(outcomes: Iterable[Outcome], explain: Explain) -> list[str]:
    """Return the lines of the JSON document. `diagnosis` is null if a file holds no report."""
    files = [
        {
            "file": outcome.examination.file,
            "agency": outcome.examination.agency or None,
            "year": outcome.examination.year,
            "conclusion": outcome.examination.conclusion,
            "error": unstructure(outcome.examination.error) if outcome.examination.error else None,
            "faults": unstructure([note.item for note in outcome.examination.notes if note.level == "fault"]),
            "diagnosis": _diagnosis_to_dict(explain(outcome.examination.report))
            if outcome.examination.report
            else None,
        }
        for outcome in outcomes
    ]
    return json_lines({"files": files}, indent=2)


def _diagnosis_to_dict(found: Diagnoses) -> dict[str, Any]:
    """Return diagnoses as plain values: the components, and for each its explanations, likeliest first."""
    return {
        "components": [
            {
                "broken": [{"rule": finding.rule, "at": finding.at} for finding in component.broken],
                "diagnoses": [_explanation_to_dict(diagnosis, component) for diagnosis in component.diagnoses],
                "truncated": component.truncated,
                "stopped": component.stopped,
            }
            for component in found.components
        ],
        "determined": [_determined_to_dict(each) for each in found.determined],
        "not_looked_for": [{lang: limitation.text(lang) for lang in LANGUAGES} for limitation in found.not_looked_for],
    }


def _determined_to_dict(each: Determined) -> dict[str, Any]:
    return {
        "at": each.at,
        "label": each.label,
        "text": each.text,
        "proposed": each.proposed,
        "same_digits": each.same_digits,
        "equations": [{"rule": equation.rule, "at": equation.at} for equation in each.equations],
    }


def _explanation_to_dict(diagnosis: Diagnosis, component: Component) -> dict[str, Any]:
    slips, bits = diagnosis.cost
    return {
        "slips": [
            {
                "kind": slip.kind,
                "title": {lang: slip.title(lang) for lang in LANGUAGES},
                "bits": slip.bits,
                "changes": unstructure(slip.changes),
            }
            for slip in diagnosis.slips
        ],
        "cost": {"slips": slips, "bits": bits},
        "equals": diagnosis.equals,
        "mends": [{"rule": finding.rule, "at": finding.at} for finding in diagnosis.mends],
        "leaves": [
            {"rule": finding.rule, "at": finding.at} for finding in component.broken if finding not in diagnosis.mends
        ],
    }
