"""The arithmetic and the shape of the form, written out once more by hand: what the library is held against.

It knows the 2021 tables as lists of keys and works on plain payloads; it imports nothing of the library.
"""

import re
from typing import Any

APPLICANTS = [
    "natural_person",
    "legal_person.commercial_enterprise",
    "legal_person.research_institution",
    "legal_person.public_welfare_organization",
    "legal_person.legal_service_organization",
    "legal_person.other",
]
OUTCOMES = [
    "granted",
    "partially_granted",
    "denied.state_secret",
    "denied.prohibited_by_law",
    "denied.endangers_security_or_stability",
    "denied.third_party_rights",
    "denied.internal_affairs",
    "denied.deliberative_process",
    "denied.enforcement_files",
    "denied.administrative_inquiry",
    "unavailable.not_held",
    "unavailable.requires_creation",
    "unavailable.unclear_after_correction",
    "not_processed.petition_or_complaint",
    "not_processed.duplicate",
    "not_processed.published_material",
    "not_processed.excessive_requests",
    "not_processed.confirmation_or_reissue",
    "other_handling.correction_overdue",
    "other_handling.fee_overdue",
    "other_handling.other",
]
RESULTS = ["upheld", "corrected", "other", "pending"]

NEW, BROUGHT, CARRIED = (f"requests.{name}" for name in ("newly_received", "brought_forward", "carried_forward"))
HANDLED = "requests.outcomes.total"
LINES = [NEW, BROUGHT, *(f"requests.outcomes.{name}" for name in OUTCOMES), HANDLED, CARRIED]
CASES = [
    f"reconsideration_and_litigation.{name}"
    for name in ("reconsideration", "litigation.direct", "litigation.after_reconsideration")
]
COUNTS = [
    *(
        f"proactive_disclosure.documents.{line}.{column}"
        for line in ("rules", "normative_documents")
        for column in ("issued", "repealed", "in_force")
    ),
    "proactive_disclosure.licensing.administrative_licenses.decisions",
    "proactive_disclosure.enforcement.administrative_penalties.decisions",
    "proactive_disclosure.enforcement.administrative_compulsion.decisions",
]
FEE = "proactive_disclosure.fees.administrative_fees.amount_wan_yuan"
CELLS = [
    *COUNTS,
    FEE,
    *(f"{line}.{column}" for line in LINES for column in [*APPLICANTS, "total"]),
    *(f"{group}.{column}" for group in CASES for column in [*RESULTS, "total"]),
]


def lines(edition: str) -> tuple[list[str], list[str]]:
    """The rows of outcomes, and all rows of table 三: in 2019 other handling was a single one."""
    if edition == "2021":
        return OUTCOMES, LINES
    folded = [*(name for name in OUTCOMES if not name.startswith("other_handling")), "other_handling"]
    return folded, [NEW, BROUGHT, *(f"requests.outcomes.{name}" for name in folded), HANDLED, CARRIED]


def relations(edition: str = "2021") -> list[tuple[str, str, list[str], list[str]]]:
    """Every equation: rule, where a failure is reported, the cells on the left, the cells on the right."""
    found: list[tuple[str, str, list[str], list[str]]] = []
    outcomes, rows = lines(edition)
    for column in [*APPLICANTS, "total"]:
        balance = [f"{line}.{column}" for line in (NEW, BROUGHT, HANDLED, CARRIED)]
        found.append(("balance", balance[0], balance[:2], balance[2:]))
        parts = [f"requests.outcomes.{name}.{column}" for name in outcomes]
        found.append(("outcomes-total", f"{HANDLED}.{column}", parts, [f"{HANDLED}.{column}"]))
    for line in rows:
        found.append(("row-total", f"{line}.total", [f"{line}.{name}" for name in APPLICANTS], [f"{line}.total"]))
    for group in CASES:
        found.append(("case-total", f"{group}.total", [f"{group}.{name}" for name in RESULTS], [f"{group}.total"]))
    return found


def broken(payload: Any) -> set[tuple[str, str, int, int]]:
    """The broken equations of a payload without blanks: rule, place, left and right side."""

    def side(cells: list[str]) -> int:
        return sum(_number(payload, cell) for cell in cells)

    return {
        (rule, at, side(left), side(right))
        for rule, at, left, right in relations(payload["edition"])
        if side(left) != side(right)
    }


def _number(payload: Any, address: str) -> int:
    for step in address.split("."):
        payload = payload[step]
    return int(payload)


# -- the shape of a payload ----------------------------------------------------------------------------

TEXTS = ["preface", "overview", "problems_and_improvements", "other_matters"]
AMOUNT = re.compile(r"(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?", re.ASCII)


def count(value: Any, low: int = 0, high: int = 2**53 - 1) -> str:
    """The rule that a count breaks, or nothing."""
    return "wrong-type" if type(value) is not int else "" if low <= value <= high else "out-of-range"


def year(value: Any) -> str:
    return count(value, 2000, 2100)


def amount(value: Any) -> str:
    if type(value) not in (str, int, float):
        return "wrong-type"
    return (
        ""
        if AMOUNT.fullmatch(value if isinstance(value, str) else f"{value:f}".rstrip("0").rstrip("."))
        else "out-of-range"
    )


def text(value: Any) -> str:
    if not isinstance(value, str):
        return "wrong-type"
    return "out-of-range" if any("\ud800" <= character <= "\udfff" for character in value) else ""


def edition(value: Any) -> str:
    return "wrong-type" if not isinstance(value, str) else "" if value in ("2019", "2021") else "unknown-edition"


def items(value: Any) -> str:
    return "" if value in ([], ()) else "wrong-type"


def shape() -> dict[str, Any]:
    """The objects of a payload of 2021, with a check for each value."""
    tree: dict[str, Any] = {"edition": edition, "agency": text, "year": year}
    tree |= dict.fromkeys(TEXTS, text) | dict.fromkeys(("marks", "discrepancies"), items)
    for cell in CELLS:
        *outer, name = cell.split(".")
        place = tree
        for step in outer:
            place = place.setdefault(step, {})
        place[name] = amount if cell == FEE else count
    return tree


def faults(payload: Any, expected: dict[str, Any] | None = None, pointer: str = "") -> set[tuple[str, str]]:
    """The rule and pointer of each fault of a payload of 2021 that has neither marks nor discrepancies."""
    expected = expected or shape()
    if not isinstance(payload, dict):
        return {("wrong-type", pointer)}
    found = {("unknown-key", f"{pointer}/{_escaped(key)}") for key in payload.keys() - expected.keys()}
    for name, inner in expected.items():
        here = f"{pointer}/{name}"
        if name not in payload:
            found |= set() if inner is items or name in TEXTS else {("missing", here)}
        elif isinstance(inner, dict):
            found |= faults(payload[name], inner, here)
        elif rule := inner(payload[name]):
            found.add((rule, here))
    return found


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")
