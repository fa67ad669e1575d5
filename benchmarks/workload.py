"""Generate the reports to measure: sound, from a seed, half of them all zero and half of them busy.

Many bodies receive no application in a year. The busy reports fill about half of the cells of table 三, which is more
than most real ones do.
"""

import json
import random
from typing import Any

from gkformat import Address, complete, dumps
from gkformat.forms.y2021 import Report
from gkformat.notation.domains import Money, String
from gkformat.notation.equations import equations
from gkformat.notation.outline import Node, outline

SCRIPT = "政府信息公开工作年度报告县镇人民办公室依申请主动监督保障平台建设、，。"
LENGTHS = {"preface": 330, "overview": 1600, "problems_and_improvements": 800, "other_matters": 350}
"""Characters of prose in a `full` report, about as in published ones; a `tables` report has ten in each section."""

_TOTALS = {equation.at for equation in equations(Report) if equation.is_total}
_SOLVED = "requests.newly_received"


def reports(count: int, *, full: bool = False, seed: int = 2021) -> list[bytes]:
    """Return reports as compact JSON: mostly tables, of about 6 kB, or `full` of prose, of about 14 kB."""
    chance = random.Random(seed)
    return [_report(chance, busy=bool(number % 2), full=full) for number in range(count)]


def _report(chance: random.Random, *, busy: bool, full: bool) -> bytes:
    most = chance.choice([3, 30, 400]) if busy else 0
    tree: dict[str, Any] = _drawn(outline(Report), chance, most)
    tree |= {"edition": "2021", "year": chance.randrange(2021, 2031)}
    for name, length in LENGTHS.items():
        tree[name] = "".join(chance.choices(SCRIPT, k=length if full else 10))
    carried, brought = tree["requests"]["carried_forward"], tree["requests"]["brought_forward"]
    brought |= {"natural_person": carried["natural_person"], "legal_person": carried["legal_person"]}
    return dumps(complete(Report, tree)).encode()


def _drawn(box: Node, chance: random.Random, most: int) -> dict[str, Any]:
    """Draw numbers for all cells that no equation determines."""
    return {
        node.name: _drawn(node, chance, most) if node.children else _cell(node, chance, most)
        for node in box.children
        if node.required and node.at not in _TOTALS and not (node.is_cell and node.at.within(_SOLVED))
    }


def _cell(node: Node, chance: random.Random, most: int) -> object:
    if isinstance(node.domain, String):
        return "淄博市人民政府"
    if isinstance(node.domain, Money):
        return f"{chance.randrange(10**6) / 100:.2f}"
    if node.at.within("proactive_disclosure"):
        return chance.randrange(100)
    return chance.randrange(most + 1) if chance.getrandbits(1) else 0


# -- the same reports, spoiled -------------------------------------------------------------------------

SPOILED: tuple[tuple[str, object], ...] = (
    ("requests.newly_received.natural_person", -1),
    ("requests.outcomes.denied.state_secret.legal_person.other", "3"),
    ("requests.outcomes.小计", 1),
    ("reconsideration_and_litigation.litigation.direct.total", None),
    ("proactive_disclosure.documents.rules.issued", 1.5),
)
"""Values that no form accepts, with their addresses; the third adds a key."""


def spoiled(report: bytes, faults: int) -> bytes:
    """Return a report with this many faults in its structure."""
    return changed(report, SPOILED[:faults])


def broken(report: bytes) -> bytes:
    """Return a report with one wrong number, which breaks three equations."""
    return changed(report, [("requests.outcomes.denied.state_secret.natural_person", 10**6)])


def changed(report: bytes, changes: Any) -> bytes:
    """Return a report with other values at these addresses."""
    tree = json.loads(report)
    for at, value in changes:
        *outer, name = Address(at).steps
        parent = tree
        for step in outer:
            parent = parent[step]
        parent[name] = value
    return json.dumps(tree, ensure_ascii=False, separators=(",", ":")).encode()
