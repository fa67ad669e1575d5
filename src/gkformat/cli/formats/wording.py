"""Texts that several output formats share."""

from collections.abc import Iterator, Mapping, Sequence

from gkformat.base.errors import OMITTED
from gkformat.base.findings import DECLARED, SEVERITY_TITLES, VERDICT_TITLES
from gkformat.base.visible import visible
from gkformat.base.words import COMMA, Lang, Words
from gkformat.cli.outcomes import Conclusion, Level, Note, Outcome
from gkformat.cli.run import Run
from gkformat.cli.skipped import MALFORMED
from gkformat.version import VERSION

CONCLUSIONS: Mapping[Conclusion, Words] = {
    **{verdict.value: words for verdict, words in VERDICT_TITLES.items()},
    "malformed": Words("不合格式", "malformed"),
    "unreadable": Words("无法读取", "unreadable"),
    "not-a-report": Words("不是年报", "not a report"),
}
LEVELS: Mapping[Level, Words] = {
    "fault": Words("格式错误", "fault"),
    "broken": SEVERITY_TITLES["broken"],
    "undecided": SEVERITY_TITLES["undecided"],
    "advice": SEVERITY_TITLES["advice"],
    "failure": Words("程序出错", "internal error"),
}
_SEVERAL: Mapping[Level, str] = {"fault": "faults", "failure": "internal errors"}
"""Plurals of the English names of levels that have one."""

ACCEPTED = Words("基线已接受", "accepted by the baseline")
_PLACE = Words("第 {line} 行第 {column} 列", "line {line} column {column}")
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
_UNADVISED = Words("因数据不合格式而未检查：各项提示", "not checked, for the data is malformed: all advice")
_EXPIRED = Words(
    "基线中有 {count} 条已失效（数字已改动或已不再出现），请重写基线：",
    "expired entries of the baseline: {count} (the values changed, or the finding is gone); write it anew:",
)


def join_words(parts: list[Words], lang: Lang) -> str:
    """Join words with commas."""
    return COMMA.text(lang).join(part.text(lang) for part in parts)


def level_text(note: Note, lang: Lang) -> str:
    """Return the level of a note, and whether the report declares it or the baseline accepts it."""
    return join_words([LEVELS[note.level], *[DECLARED] * note.declared, *[ACCEPTED] * note.accepted], lang)


def level_counts(outcome: Outcome, lang: Lang) -> str:
    """Return the number of notes of each level that a file has."""
    counts = [
        Words(f"{words.zh} {count}", f"{count} {_SEVERAL.get(level, words.en) if count > 1 else words.en}")
        for level, words in LEVELS.items()
        if (count := outcome.count(level))
    ]
    if outcome.accepted:
        counts.append(Words(f"{ACCEPTED.zh} {outcome.accepted}", f"{outcome.accepted} {ACCEPTED.en}"))
    return join_words(counts, lang)


def location(note: Note, lang: Lang) -> str:
    """Return rule, address and place of a note, for those who look it up."""
    return "  ".join(filter(None, (note.item.rule, visible(note.address), place_text(note, lang))))


def place_text(note: Note, lang: Lang) -> str:
    """Return where a note is in its file: line and column of JSON, page, table or cell of any other document."""
    if note.span:
        return _PLACE.format(line=note.span.line, column=note.span.column).text(lang)
    return visible(note.place.words.text(lang)).strip()


def omitted_message(outcome: Outcome) -> Words:
    """Return the number of faults that are not listed, in words."""
    return OMITTED.format(count=outcome.omitted)


def passed_over_message(names: Sequence[str]) -> Words:
    """Return how many files were passed over, and the names of the first."""
    few = [*map(visible, names[:_FEW]), *["…"] * (len(names) > _FEW)]
    return _PASSED_OVER.format(count=len(names), names=Words("、".join(few), ", ".join(few)))


def unjudged_lines(outcome: Outcome, lang: Lang) -> Iterator[str]:
    """Yield a line on what was not judged, if the data is malformed."""
    if outcome.conclusion == "malformed":
        equations = sum(item.equations for item in outcome.skipped if item.reason is MALFORMED)
        yield (_UNJUDGED.format(equations=equations) if equations else _UNADVISED).text(lang)


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
