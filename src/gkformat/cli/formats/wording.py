"""What all formats for people say alike."""

from collections.abc import Iterator, Mapping

from gkformat.base.words import Lang, Words
from gkformat.cli.outcomes import MALFORMED, Conclusion, Level, Note, Outcome
from gkformat.cli.run import Run

CONCLUSIONS: Mapping[Conclusion, Words] = {
    "consistent": Words("一致", "consistent"),
    "undecided": Words("待定", "undecided"),
    "inconsistent": Words("不一致", "inconsistent"),
    "malformed": Words("不合格式", "malformed"),
    "unreadable": Words("无法读取", "unreadable"),
    "not-a-report": Words("不是年报", "not a report"),
}
LEVELS: Mapping[Level, Words] = {
    "fault": Words("格式错误", "fault"),
    "broken": Words("不符", "broken"),
    "undecided": Words("待定", "undecided"),
    "advice": Words("提示", "advice"),
    "failure": Words("程序出错", "internal error"),
}
_SEVERAL: Mapping[Level, str] = {"fault": "faults", "failure": "internal errors"}
"""Levels of which English has another word for several."""

DECLARED = Words("已声明", "declared")
ACCEPTED = Words("基线已接受", "accepted by the baseline")
_PLACE = Words("第 {line} 行第 {column} 列", "line {line} column {column}")
_OMITTED = Words("另有 {omitted} 处未列", "{omitted} more not listed")
PASSED_OVER = Words("略过 {count} 个不是年报的文件", "{count} file(s) passed over that hold no report")
_TOTAL = Words("共 {files} 份：{counts}", "{files} file(s): {counts}")
_FAILED = Words("；未通过 {failed} 份", "; {failed} failed")
_ACCEPTED = Words("基线已接受 {count} 处", "{count} finding(s) accepted by the baseline")
_NO_REPORT = Words("没有找到年报", "no report was found")
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
_SEPARATOR = Words("，", ", ")


def on_one_line(text: str) -> str:
    """A line that no name breaks: what a file says might look like our own words, or like a command to GitHub."""
    return text.replace("\n", "\\n")


def joined(parts: list[Words], lang: Lang) -> str:
    """Words with commas between them."""
    return _SEPARATOR.text(lang).join(part.text(lang) for part in parts)


def leveled(note: Note, lang: Lang) -> str:
    """How grave a note is, and whether the report declares it or a baseline accepts it."""
    return joined([LEVELS[note.level], *[DECLARED] * note.declared, *[ACCEPTED] * note.accepted], lang)


def counted(outcome: Outcome, lang: Lang) -> str:
    """How many notes of each level a file has, where it has any."""
    counts = [
        Words(f"{words.zh} {count}", f"{count} {_SEVERAL.get(level, words.en) if count > 1 else words.en}")
        for level, words in LEVELS.items()
        if (count := outcome.count(level))
    ]
    if outcome.accepted:
        counts.append(Words(f"{ACCEPTED.zh} {outcome.accepted}", f"{outcome.accepted} {ACCEPTED.en}"))
    return joined(counts, lang)


def where(note: Note, lang: Lang) -> str:
    """Rule, address, and line: for those who look it up."""
    span = _PLACE.format(line=note.span.line, column=note.span.column).text(lang) if note.span else ""
    return "  ".join(filter(None, (note.item.rule, note.place, span)))


def omitted(outcome: Outcome) -> Words:
    """That there are faults which are not listed."""
    return _OMITTED.format(omitted=outcome.omitted)


def unjudged(outcome: Outcome, lang: Lang) -> Iterator[str]:
    """What could not be judged, where data has not the shape of a report."""
    if outcome.conclusion == "malformed":
        equations = sum(item.equations for item in outcome.skipped if item.reason is MALFORMED)
        yield (_UNJUDGED.format(equations=equations) if equations else _UNADVISED).text(lang)


def totals(run: Run, lang: Lang) -> Iterator[str]:
    """A line that counts the files by what came of them, if there are any."""
    if not run.conclusions:
        return
    counts = [
        Words(f"{words.zh} {run.conclusions[key]}", f"{words.en} {run.conclusions[key]}")
        for key, words in CONCLUSIONS.items()
        if run.conclusions[key]
    ]
    total = _TOTAL.format(files=run.conclusions.total(), counts=Words(joined(counts, "zh"), joined(counts, "en")))
    yield total.text(lang) + (_FAILED.format(failed=run.failed).text(lang) if run.failed else "")


def remarks(run: Run, lang: Lang) -> Iterator[str]:
    """What is to be said of a whole run, beside its counts: nothing is left out in silence."""
    if not run.conclusions:
        yield _NO_REPORT.text(lang)
    if run.accepted:
        yield _ACCEPTED.format(count=run.accepted).text(lang)
    policy = run.asked.policy
    if policy.select:
        yield _ONLY.format(rules=", ".join(policy.counted)).text(lang)
    elif policy.ignore:
        yield _LEFT_OUT.format(rules=", ".join(policy.left_out)).text(lang)
    if run.passed_over:
        yield PASSED_OVER.format(count=len(run.passed_over)).text(lang)
    if expired := run.expired():
        yield _EXPIRED.format(count=len(expired)).text(lang)
        yield from (f"  {entry.report}  {entry.rule}  {entry.at}  {entry.values}".rstrip() for entry in expired)
