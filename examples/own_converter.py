"""Extending the converter (扩展转换器): JSON in a shape of one's own, with the library's strictness.

What to learn: `gkformat.converter()` gives a fresh cattrs converter. Hooks that are registered on it are honoured by
its `loads` and `dumps`, wherever their type occurs; a class of one's own may hold a report; and faults are still
listed all at once, each with its place. The functions `gkformat.loads` and `gkformat.dumps` stay as they were.
"""

import json
from datetime import date
from pathlib import Path
from typing import Any

from attrs import frozen

from gkformat import Malformed, Report2021, cells, converter, dumps, load
from gkformat.forms.y2021 import Applicants

COMPLETE = Path(__file__).parent / "complete.json"

office = converter()
read_object = office.get_structure_hook(Applicants)  # the library's own way to read a row, asked for before it changes


@frozen
class Filed:
    """A report as a collecting office files it (归档): a class of one's own around a report."""

    received: date
    report: Report2021


@office.register_structure_hook
def read_row(value: Any, _: Any) -> Applicants:
    """Read a row of table 三 from its seven numbers, left to right, or from an object as ever."""
    match value:
        case [natural_person, enterprise, research, welfare, legal_service, other, total]:
            legal_person = {
                "commercial_enterprise": enterprise,
                "research_institution": research,
                "public_welfare_organization": welfare,
                "legal_service_organization": legal_service,
                "other": other,
            }
            value = {"natural_person": natural_person, "legal_person": legal_person, "total": total}
        case [*_]:
            raise ValueError("七个数字 / seven numbers")  # what was expected; it becomes a fault at this place
    row: Applicants = read_object(value, Applicants)
    return row


@office.register_unstructure_hook
def write_row(row: Applicants) -> list[Any]:
    """Write a row of table 三 as its seven numbers."""
    return list(cells(row).values())


@office.register_structure_hook
def read_date(value: Any, _: Any) -> date:
    """Read a day such as 2025-01-27."""
    return date.fromisoformat(value)


office.register_unstructure_hook(date, date.isoformat)


def main() -> None:
    """Write a filed report, read it back, and show what is said of a bad one."""
    filed = Filed(received=date(2025, 1, 27), report=load(COMPLETE, Report2021))
    text = office.dumps(filed)
    payload = json.loads(text)
    print("A row:", payload["report"]["requests"]["newly_received"])
    print(f"The report: {len(dumps(filed.report))} characters by the library, {len(text)} in rows of seven numbers")
    print("Read back, it is the same:", office.loads(text, Filed) == filed)
    print("Rows written as objects are still read:", office.loads(dumps(filed.report), Report2021) == filed.report)

    payload["received"] = "soon"
    payload["report"]["requests"]["newly_received"] = [3001, 53, 3119]
    payload["report"]["requests"]["brought_forward"] = [34, 0, "0", 0, 0, 0, 34]
    try:
        office.loads(payload, Filed)
    except Malformed as error:
        print(error)


if __name__ == "__main__":
    main()
