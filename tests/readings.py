"""Readings of printed reports, and of reports whose tables or headings were changed."""

from collections.abc import Callable, Mapping
from io import BytesIO
from operator import attrgetter
from zipfile import ZIP_DEFLATED, ZipFile

from attrs import evolve

import papers
from gkformat import Address, AnyReport, Mark, Reading, Report2021, as_found, cells, load
from gkformat.judgement.marks import implied_zeros
from gkformat.notation.outline import build, nodes
from gkformat.readers.assemble import assemble_reading
from gkformat.readers.document import Document, Paragraph, Table
from gkformat.readers.match_file import match_file
from gkformat.readers.matching.match import match_document
from support import CORPUS


def report(name: str = "suqian-2024") -> AnyReport:
    """Return a published report as found."""
    return load(CORPUS / f"{name}.json", as_found=True)


def marked(*marks: Mark) -> Report2021:
    """Return a published report in which some cells were marked; where a mark says that there is no number, it is 0."""
    found = report()
    values = {at: attrgetter(at)(found) for at in nodes(Report2021) if nodes(Report2021)[at].domain}
    for mark in marks:
        values |= {at: values[at] * 0 for at in implied_zeros(Report2021, mark)}
    return build(Report2021, values | {Address("marks"): marks}, as_found)


def read_blocks(document: Document) -> Reading:
    """Return the reading of a document."""
    return assemble_reading(match_document(document))


def read_here(data: bytes) -> Reading:
    """Return the reading of a file, read in this process."""
    return assemble_reading(match_file(data))


def reported(reading: Reading) -> AnyReport:
    """Return the report of a reading, which must have one."""
    assert reading.report is not None
    return reading.report


def open_cells(reading: Reading) -> set[str]:
    """Return the addresses of the cells that were unreadable or missing."""
    return {entry.at for entry in reading.sheet.cells if entry.is_unclear}


def rules_at_addresses(reading: Reading) -> set[tuple[str, str]]:
    """Return the rule and the address of each finding."""
    return {(finding.rule, str(finding.at)) for finding in reading.findings}


def wrong_cells(reading: Reading, truth: AnyReport) -> list[str]:
    """Return the cells of a reading that say something else than the paper."""
    expected = cells(truth)
    return [
        entry.at
        for entry in reading.sheet.cells
        if entry.state in {"number", "annotated"} and str(entry.value) != str(expected[entry.at])
    ]


COUNT = "requests.newly_received.natural_person"
FEE = "proactive_disclosure.fees.administrative_fees.amount_wan_yuan"


def read_spoiled(spoil: Callable[[list[papers.Rows]], object], name: str = "suqian-2024") -> Reading:
    """Return the reading of a report whose tables were changed."""
    truth = report(name)
    made = papers.tables(truth)
    spoil(made)
    reading = read_blocks(papers.document(truth, made))
    assert wrong_cells(reading, truth) == [] or reading.findings.items != ()
    return reading


def find_label(rows: papers.Rows, label: str) -> tuple[int, int]:
    """Return the row and the column of the first cell that begins with a label."""
    return next((r, c) for r, row in enumerate(rows) for c, cell in enumerate(row) if cell.text.startswith(label))


def write_after_label(made: list[papers.Rows], table: int, label: str, after: int, text: str) -> None:
    """Write into the cell that stands so many places after a label."""
    row, column = find_label(made[table], label)
    made[table][row][column + after] = evolve(made[table][row][column + after], text=text)


OUTCOMES = "requests.outcomes"


def read_with_headings(headings: Mapping[str, str]) -> Reading:
    """Return the reading of a report with other headings. An empty one is left out."""
    blocks = [
        evolve(block, text=headings.get(block.text, block.text)) if isinstance(block, Paragraph) else block
        for block in papers.document(report()).blocks
    ]
    return read_blocks(Document("html", [block for block in blocks if isinstance(block, Table) or block.text]))


def zipped(**members: bytes) -> bytes:
    """Return a zip file; in names of members, `__` stands for `/` and `_xml` for `.xml`."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return file.getvalue()
