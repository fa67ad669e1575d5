"""Extending the converter (扩展转换器): JSON in a shape of your own, with the strictness of the library.

`gkformat.converter()` returns a new cattrs converter. Its `loads` and `dumps` use the hooks registered on it wherever
their type occurs; a class of your own may contain a report; and faults are still listed all at once, each with its
place. The functions `gkformat.loads` and `gkformat.dumps` are not affected.
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
read_object = office.get_structure_hook(Applicants)  # the hook of the library, before it is replaced


@frozen
class Filed:
    """A report as filed by the office that collects it (归档): a class of your own that contains a report."""

    received: date
    report: Report2021


@office.register_structure_hook
def read_row(value: Any, _: Any) -> Applicants:
    """Read a row of table 三 from its seven numbers, left to right, or from an object as usual."""
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
            raise ValueError("七个数字 / seven numbers")  # the expected value; it becomes a fault at this place
    row: Applicants = read_object(value, Applicants)
    return row


@office.register_unstructure_hook
def write_row(row: Applicants) -> list[Any]:
    """Write a row of table 三 as its seven numbers."""
    return list(cells(row).values())


@office.register_structure_hook
def read_date(value: Any, _: Any) -> date:
    """Read a date such as 2025-01-27."""
    return date.fromisoformat(value)


office.register_unstructure_hook(date, date.isoformat)


def main() -> None:
    """Write a filed report, read it back, and show the faults of a malformed one."""
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
