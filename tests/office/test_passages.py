"""What LibreOffice makes of written reports is read as the reports that they were: by Writer and by Calc."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from gkformat import AnyReport, Mark, Reading, Report2021, as_found, cells, check, read, replace, write
from gkformat.base.findings import MarkKind
from gkformat.judgement.marks import row_groups
from gkformat.notation.outline import build, numbers
from office_suite import converted
from readings import marked, report, reported
from support import CORPUS, ROOT

pytestmark = pytest.mark.office

PASSAGES: Mapping[str, Sequence[Sequence[str]]] = {
    "docx": [["doc"], ["docx"], ["odt", "docx"], ["html"], ["pdf"]],
    "xlsx": [["xlsx"], ["xls"], ["ods", "xlsx"], ["html"], ["pdf"]],
}
"""For each kind of file that is written, into which kinds it is made, one after another: LibreOffice's own are not read."""

PAGE = ROOT / "docs" / "how-to" / "writing.md"

TEXTS = {
    "agency": "甲市乙县人民政府",
    "preface": "本报告由甲市乙县人民政府编制。",
    "overview": "\n".join(["一年来，各项工作照常进行，" * 60 + "没有其他情况。"] * 3),
    "problems_and_improvements": "人手不足。",
    "other_matters": "没有收取信息处理费。",
}
ODD: Sequence[tuple[MarkKind, str]] = [
    *(("blank", text) for text in ("/", "不适用")),
    *(("unreadable", text) for text in ("#REF!", "=1+1", "<b>三</b>", "三千\n二百", "7 46", "约20")),
    ("out-of-range", "3001.5"),
    *((kind, "") for kind in ("blank", "annotated", "unreadable", "out-of-range", "absent")),
]
"""Marks whose texts mean something to a program, or are broken over lines; those without a text were not kept."""


def _odd_report() -> AnyReport:
    """Return a report with marks of every kind, and with groups in one row."""
    first, second, *_ = row_groups(Report2021)
    marks = [Mark(at, *odd) for at, odd in zip(numbers(Report2021)[10:], ODD, strict=False)]
    return replace(marked(Mark(first, "merged"), Mark(second, "merged"), *marks), **TEXTS)


def _large_report() -> AnyReport:
    """Return a report with numbers that are long for their columns: each is a thousand times what was published."""
    values = {at: (value or 0) * 1000 for at, value in cells(report()).items()}
    return build(Report2021, values, as_found, year=2024, **TEXTS)


@pytest.fixture(scope="module")
def made() -> Mapping[str, AnyReport]:
    """Return the published reports, with a long text, and two that are hard."""
    published = {path.stem: replace(report(path.stem), overview=TEXTS["overview"]) for path in CORPUS.glob("*.json")}
    return published | {"odd": _odd_report(), "large": _large_report()}


@pytest.fixture(scope="module")
def passed(made: Mapping[str, AnyReport], tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """Return the folder of the files that came back from each passage."""
    folder = tmp_path_factory.mktemp("office")
    with ThreadPoolExecutor() as pool:
        found = pool.map(lambda kind: dict(_pass(folder / kind, kind, made)), PASSAGES)
    return {name: place for places in found for name, place in places.items()}


def _pass(folder: Path, kind: str, made: Mapping[str, AnyReport]) -> Iterator[tuple[str, Path]]:
    (folder / kind).mkdir(parents=True)
    for name, each in made.items():
        assert write(each, folder / kind / f"{name}.{kind}") == ()
    for steps in PASSAGES[kind]:
        place = folder / kind
        for step in steps:
            place = converted(sorted(place.iterdir()), step, folder / "-".join(["to", *steps[: steps.index(step) + 1]]))
        yield " → ".join([kind, *steps]), place


NAMES = [" → ".join([kind, *steps]) for kind, passages in PASSAGES.items() for steps in passages]


@pytest.mark.parametrize("name", NAMES)
def test_what_comes_back_is_read_as_it_was_written(
    name: str, made: Mapping[str, AnyReport], passed: Mapping[str, Path]
) -> None:
    counts: Counter[str] = Counter()
    for file in passed[name].iterdir():
        reading, truth = read(file), made[file.stem]
        counts.update(_verdicts(reading, truth))
        if name.endswith("pdf"):  # which breaks texts into lines
            assert reported(reading).year == truth.year
        else:
            assert reading.report == truth
    assert counts["wrong"] == 0
    row = f"| {name} | {len(made)} | {counts['right']:,} | {counts['open']:,} |"
    assert row in PAGE.read_text(encoding="utf-8").splitlines()


def _verdicts(reading: Reading, truth: AnyReport) -> Iterator[str]:
    """Yield whether each cell is right, wrong, or open with a finding that says so."""
    found = cells(reading.report)
    told = {finding.at for finding in check(reading.report)}
    for at, number in cells(truth).items():
        is_open = found[at] is None and number is not None and at in told
        yield "right" if found[at] == number else "open" if is_open else "wrong"
