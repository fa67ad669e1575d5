"""JUnit XML, which most CI servers show as tests: a suite a file, a case a rule."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from attrs import define, field

from gkformat.base.words import COLON, Lang
from gkformat.cli.formats.wording import CONCLUSIONS, leveled, omitted, remarks, where
from gkformat.cli.outcomes import Note, Outcome, asked_of
from gkformat.cli.policy import Policy
from gkformat.cli.run import Run

_READING = "read"
_STRUCTURE = "structure"


def junit(run: Run, lang: Lang) -> Iterator[str]:
    """One document with a suite for each file, one for what was found across files, and one for remarks."""
    root = Element("testsuites", name="gkformat")
    writer = _Writer(run.asked.policy, lang)
    for outcome in run.outcomes():
        root.append(writer.suite(outcome.file, CONCLUSIONS[outcome.conclusion].text(lang), writer.cases(outcome)))
    if run.series is not None or run.parts is not None:
        rules = dict.fromkeys(note.item.rule for note in run.across)
        cases = (writer.case("across", rule, [n for n in run.across if n.item.rule == rule]) for rule in rules)
        root.append(writer.suite("across", "", cases))
    if said := list(remarks(run, lang)):
        root.append(writer.suite("remarks", "", [writer.spoken("remarks", "remarks", said)]))
    for name in ("tests", "failures", "errors", "skipped"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in root)))
    indent(root)
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield tostring(root, encoding="unicode")


@define
class _Writer:
    policy: Policy
    lang: Lang
    _tags: Sequence[tuple[str, str]] = field(
        init=False, default=(("failures", "failure"), ("errors", "error"), ("skipped", "skipped"))
    )

    def suite(self, name: str, conclusion: str, cases: Iterable[Element]) -> Element:
        made = Element("testsuite", name=_printable(name))
        if conclusion:
            SubElement(SubElement(made, "properties"), "property", name="conclusion", value=conclusion)
        made.extend(cases)
        made.set("tests", str(len(made.findall("testcase"))))
        for counter, tag in self._tags:
            made.set(counter, str(len(made.findall(f"testcase/{tag}"))))
        return made

    def cases(self, outcome: Outcome) -> Iterator[Element]:
        """Reading, the shape, and each rule that a report is asked."""
        if outcome.trouble:
            said = outcome.trouble.text(self.lang)
            yield self._failed("error", outcome.file, _READING, "unreadable", said, said)
            return
        faults = [note for note in outcome.notes if note.level == "fault"]
        more = [omitted(outcome).text(self.lang)] if outcome.omitted else []
        yield self.case(outcome.file, _STRUCTURE, faults, more)
        skipped = {item.rule: item.reason.words.text(self.lang) for item in outcome.skipped}
        others = [note for note in outcome.notes if note.level != "fault"]
        for rule in dict.fromkeys(chain(asked_of(outcome.edition), (note.item.rule for note in others))):
            notes = [note for note in others if note.item.rule == rule]
            case = self.case(outcome.file, rule, notes)
            if rule in skipped and not notes:
                SubElement(case, "skipped", message=skipped[rule])
            yield case

    def case(self, file: str, rule: str, notes: Sequence[Note], more: Sequence[str] = ()) -> Element:
        """A rule of a file: failed, or skipped where it is undecided, or passed; what fails nothing is printed."""
        failing = [note for note in notes if note.fails(self.policy)]
        if failing or more:
            tag = "error" if any(note.level == "failure" for note in failing) else "failure"
            said = "\n".join([*map(self._said, failing), *more])
            first = self._in_short(failing[0]) if failing else more[0]
            made = self._failed(tag, file, rule, failing[0].level if failing else "fault", first, said)
        else:
            made = self._made(file, rule)
            open_ = [note for note in notes if note.level == "undecided"]
            if open_:
                SubElement(made, "skipped", message=_printable("\n".join(map(self._said, open_))))
        quiet = [note for note in notes if note not in failing]
        if quiet:
            SubElement(made, "system-out").text = _printable("\n".join(map(self._said, quiet)))
        return made

    def spoken(self, file: str, name: str, lines: Iterable[str]) -> Element:
        """A case that passes and says something."""
        made = self._made(file, name)
        SubElement(made, "system-out").text = _printable("\n".join(lines))
        return made

    def _failed(self, tag: str, file: str, name: str, kind: str, first: str, said: str) -> Element:
        made = self._made(file, name)
        SubElement(made, tag, message=_printable(first), type=kind).text = _printable(said)
        return made

    def _made(self, file: str, name: str) -> Element:
        return Element("testcase", classname=_printable(file), name=name, time="0")

    def _in_short(self, note: Note) -> str:
        """A note in a line, as servers list what failed."""
        return f"{self._place(note)}{COLON.text(self.lang)}{note.message(self.lang)}"

    def _said(self, note: Note) -> str:
        return (
            f"[{leveled(note, self.lang)}] {self._place(note)}\n  {note.message(self.lang)}\n  {where(note, self.lang)}"
        )

    def _place(self, note: Note) -> str:
        return note.item.label or note.place or note.report


_UNPRINTABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 §2.2 has no place for."""


def _printable(text: str) -> str:
    return _UNPRINTABLE.sub("\ufffd", text)
