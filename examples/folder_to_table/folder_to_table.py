"""A table of the reports in a folder (文件夹成表): Word files, PDFs, pages and spreadsheets in, CSV out.

    python folder_to_table.py documents table.csv

A line is a report, a column a cell of the form of 2021. A blank cell stays empty, and a file that cannot be read has a
line that says why.
"""

import csv
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gkformat import Report2021, Unreadable, cells, check, read
from gkformat.forms.editions import AnyReport


def rows(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield the line of each file in a folder."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        try:
            report: AnyReport | None = read(path).report
        except Unreadable as error:
            yield {"file": path.name, "verdict": str(error)}
            continue
        if isinstance(report, Report2021):
            head = {"file": path.name, "agency": report.agency, "year": report.year}
            yield head | {"verdict": str(check(report).verdict)} | dict(cells(report))
        else:
            yield {"file": path.name, "verdict": "not a report of the form of 2021"}


def write_table(folder: Path, target: Path) -> int:
    """Write the table of a folder; return the number of its lines."""
    lines = list(rows(folder))
    columns = list(dict.fromkeys(column for line in lines for column in line))
    with target.open("w", encoding="utf-8-sig", newline="") as file:  # with a mark, by which Excel knows UTF-8
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(lines)
    return len(lines)


if __name__ == "__main__":
    folder, target = map(Path, sys.argv[1:])
    print(f"{write_table(folder, target)} file(s), written to {target}")
