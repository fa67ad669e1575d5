"""Texts that several output formats share."""

from collections.abc import Iterator, Sequence

from gkformat.base.errors import Fault
from gkformat.base.visible import visible
from gkformat.base.words import Lang, Words
from gkformat.cli.outcomes import Outcome
from gkformat.cli.run import Run
from gkformat.cli.skipped import MALFORMED
from gkformat.examination.result import CONCLUSIONS, Examination
from gkformat.forms import editions
from gkformat.notation.outline import numbers
from gkformat.version import VERSION
from gkformat.views.wording import join_words

_PASSED_OVER = Words(
    "略过 {count} 个不是年报的文件：{names}", "{count} file(s) passed over that hold no report: {names}"
)
_FEW = 3
TOTAL = Words("共 {files} 份：{counts}", "{files} file(s): {counts}")
_FAILED = Words("；未通过 {failed} 份", "; {failed} failed")
_ACCEPTED = Words("基线已接受 {count} 处", "{count} finding(s) accepted by the baseline")
NO_REPORT = Words("没有找到年报", "no report was found")
_ONLY = Words("只检查了这些规则：{rules}", "no other rules were checked than: {rules}")
_LEFT_OUT = Words("未检查这些规则：{rules}", "these rules were not checked: {rules}")
_UNJUDGED = Words(
    "因数据不合格式而未检查：等式 {equations} 条，以及各项提示",
    "not checked, for the data is malformed: {equations} equation(s), and all advice",
)
_NULLS = Words(
    "有 {count} 格是 null，尚未填写；加 --as-found，当作空白来检查",
    "{count} cell(s) are null, not filled in yet; with --as-found they are checked as blanks",
)
_UNADVISED = Words("因数据不合格式而未检查：各项提示", "not checked, for the data is malformed: all advice")
_EXPIRED = Words(
    "基线中有 {count} 条已失效（数字已改动或已不再出现），请重写基线：",
    "expired entries of the baseline: {count} (the values changed, or the finding is gone); write it anew:",
)


def passed_over_message(names: Sequence[str]) -> Words:
    """Return how many files were passed over, and the names of the first."""
    few = [*map(visible, names[:_FEW]), *["…"] * (len(names) > _FEW)]
    return _PASSED_OVER.format(count=len(names), names=Words("、".join(few), ", ".join(few)))


def unjudged_lines(outcome: Outcome, lang: Lang) -> Iterator[str]:
    """Yield a line on what was not judged, if the data is malformed, and one on cells that nobody filled in yet."""
    if outcome.examination.conclusion == "malformed":
        if nulls := _null_cells(outcome.examination):
            yield _NULLS.format(count=nulls).text(lang)
        equations = sum(item.equations for item in outcome.skipped if item.reason is MALFORMED)
        yield (_UNJUDGED.format(equations=equations) if equations else _UNADVISED).text(lang)


def _null_cells(examination: Examination) -> int:
    """Return how many cells hold `null` where it is refused."""
    if not examination.edition:
        return 0
    cells = numbers(editions.EDITIONS[examination.edition].report)
    return sum(
        isinstance(note.item, Fault) and note.item.found == "null" and note.item.at in cells
        for note in examination.notes
    )


def closing_lines(run: Run, lang: Lang) -> Iterator[str]:
    """Yield the last lines of an output for people: the totals, the remarks, and the version that judged."""
    yield from total_lines(run, lang)
    yield from remark_lines(run, lang)
    yield f"gkformat {VERSION}"


def total_lines(run: Run, lang: Lang) -> Iterator[str]:
    """Yield a line that counts the files by conclusion, if there are any."""
    if not run.conclusions:
        return
    counts = [
        Words(f"{words.zh} {run.conclusions[key]}", f"{words.en} {run.conclusions[key]}")
        for key, words in CONCLUSIONS.items()
        if run.conclusions[key]
    ]
    total = TOTAL.format(
        files=run.conclusions.total(), counts=Words(join_words(counts, "zh"), join_words(counts, "en"))
    )
    yield total.text(lang) + (_FAILED.format(failed=run.failed).text(lang) if run.failed else "")


def remark_lines(run: Run, lang: Lang) -> Iterator[str]:
    """Yield lines on a whole run beside its counts, so that nothing is skipped silently."""
    if not run.conclusions:
        yield NO_REPORT.text(lang)
    if run.accepted:
        yield _ACCEPTED.format(count=run.accepted).text(lang)
    policy = run.options.policy
    if policy.select:
        yield _ONLY.format(rules=", ".join(policy.included_rules)).text(lang)
    elif policy.ignore:
        yield _LEFT_OUT.format(rules=", ".join(policy.excluded_rules)).text(lang)
    if run.passed_over:
        yield passed_over_message(run.passed_over).text(lang)
    if expired := run.expired():
        yield _EXPIRED.format(count=len(expired)).text(lang)
        for entry in expired:
            yield f"  {visible(f'{entry.report}  {entry.rule}  {entry.at}  {entry.values}')}".rstrip()
