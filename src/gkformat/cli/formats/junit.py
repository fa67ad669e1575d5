"""JUnit XML, which most CI servers show as tests: a test suite per file, a test case per rule."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from attrs import define, field

from gkformat.base.visible import visible
from gkformat.base.words import COLON, Lang
from gkformat.cli.formats.wording import remark_lines
from gkformat.cli.outcomes import Outcome
from gkformat.cli.policy import Policy
from gkformat.cli.run import Run
from gkformat.cli.skipped import applicable_rules
from gkformat.examination.result import CONCLUSIONS, Note
from gkformat.views.wording import level_text, location, omitted_message

_READING = "read"
_STRUCTURE = "structure"


def junit(run: Run, lang: Lang) -> Iterator[str]:
    """Yield one XML document with a suite for each file, one for comparisons between files, and one for remarks."""
    root = Element("testsuites", name="gkformat")
    writer = _Writer(run.options.policy, lang)
    for outcome in run.outcomes():
        examination = outcome.examination
        conclusion = CONCLUSIONS[examination.conclusion].text(lang)
        root.append(writer.suite(examination.file, conclusion, writer.cases(outcome)))
    if run.series is not None or run.parts is not None:
        rules = dict.fromkeys(note.item.rule for note in run.comparison_notes)
        cases = (
            writer.case("across", rule, [n for n in run.comparison_notes if n.item.rule == rule]) for rule in rules
        )
        root.append(writer.suite("across", "", cases))
    if remarks := list(remark_lines(run, lang)):
        root.append(writer.suite("remarks", "", [writer.message_case("remarks", "remarks", remarks)]))
    for name in ("tests", "failures", "errors", "skipped"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in root)))
    indent(root)
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield from tostring(root, encoding="unicode").split("\n")


@define
class _Writer:
    policy: Policy
    lang: Lang
    _tags: Sequence[tuple[str, str]] = field(
        init=False, default=(("failures", "failure"), ("errors", "error"), ("skipped", "skipped"))
    )

    def suite(self, name: str, conclusion: str, cases: Iterable[Element]) -> Element:
        suite = Element("testsuite", name=visible(name))
        if conclusion:
            SubElement(SubElement(suite, "properties"), "property", name="conclusion", value=conclusion)
        suite.extend(cases)
        suite.set("tests", str(len(suite.findall("testcase"))))
        for counter, tag in self._tags:
            suite.set(counter, str(len(suite.findall(f"testcase/{tag}"))))
        return suite

    def cases(self, outcome: Outcome) -> Iterator[Element]:
        """Yield the cases of a file: reading, structure, and each rule that applies."""
        examination = outcome.examination
        if examination.error:
            message = examination.error.text(self.lang)
            yield self._failed_case("error", examination.file, _READING, "unreadable", message, message)
            return
        faults = [note for note in examination.notes if note.level == "fault"]
        more = [omitted_message(examination).text(self.lang)] if examination.omitted else []
        yield self.case(examination.file, _STRUCTURE, faults, more)
        skipped = {item.rule: item.reason.words.text(self.lang) for item in outcome.skipped}
        others = [note for note in examination.notes if note.level != "fault"]
        applicable = (*applicable_rules(examination.edition), *(family.rule for family in self.policy.own))
        for rule in dict.fromkeys(chain(applicable, (note.item.rule for note in others))):
            notes = [note for note in others if note.item.rule == rule]
            case = self.case(examination.file, rule, notes)
            if rule in skipped and not notes:
                SubElement(case, "skipped", message=skipped[rule])
            yield case

    def case(self, file: str, rule: str, notes: Sequence[Note], more: Sequence[str] = ()) -> Element:
        """Return the case of a rule: failed, skipped if undecided, or passed. Other notes become its output."""
        failing = [note for note in notes if self.policy.fails(note)]
        if failing or more:
            tag = "error" if any(note.level == "failure" for note in failing) else "failure"
            details = "\n".join([*map(self._details, failing), *more])
            first = self._summary(failing[0]) if failing else more[0]
            case = self._failed_case(tag, file, rule, failing[0].level if failing else "fault", first, details)
        else:
            case = self._new_case(file, rule)
            open_ = [note for note in notes if note.level == "undecided"]
            if open_:
                SubElement(case, "skipped", message=_printable("\n".join(map(self._details, open_))))
        quiet = [note for note in notes if note not in failing]
        if quiet:
            SubElement(case, "system-out").text = _printable("\n".join(map(self._details, quiet)))
        return case

    def message_case(self, file: str, name: str, lines: Iterable[str]) -> Element:
        """Return a case that passes and has these lines as output."""
        case = self._new_case(file, name)
        SubElement(case, "system-out").text = _printable("\n".join(lines))
        return case

    def _failed_case(self, tag: str, file: str, name: str, kind: str, first: str, details: str) -> Element:
        case = self._new_case(file, name)
        SubElement(case, tag, message=_printable(first), type=kind).text = _printable(details)
        return case

    def _new_case(self, file: str, name: str) -> Element:
        return Element("testcase", classname=visible(file), name=name, time="0")

    def _summary(self, note: Note) -> str:
        """Return a note on one line, for the list of failures."""
        return f"{self._place(note)}{COLON.text(self.lang)}{note.message(self.lang)}"

    def _details(self, note: Note) -> str:
        heading = f"[{level_text(note, self.lang)}] {self._place(note)}"
        return f"{heading}\n  {note.message(self.lang)}\n  {location(note, self.lang)}"

    def _place(self, note: Note) -> str:
        return note.item.label or visible(note.address or note.report_title)


def _printable(lines: str) -> str:
    """Return lines without any character that XML 1.0 §2.2 does not allow, or that does not show."""
    return "\n".join(map(visible, lines.split("\n")))
