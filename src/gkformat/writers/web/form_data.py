"""A form as data for the judge in the page, which knows none: places, equations, words, and how a cell is read."""

import re
from collections.abc import Mapping
from typing import Any, cast

import attrs

from gkformat.base.families import FAMILIES
from gkformat.base.words import Words
from gkformat.codec.parsing import NOT_UTF8
from gkformat.codec.structure import item_domain
from gkformat.forms.editions import edition_named
from gkformat.judgement.judge import AND_OTHERS, CANNOT_HOLD, FEW, FILL_IN, UNDECIDED
from gkformat.judgement.marks import row_groups
from gkformat.judgement.root import WITHOUT_TEXT
from gkformat.notation.cell_text import MOST_DIGITS, NOT_KEPT, PATTERNS, WIDE
from gkformat.notation.declare import Items
from gkformat.notation.domains import Domain, Integer, Money, String
from gkformat.notation.equations import Equation, equations
from gkformat.notation.outline import Node, label, labels, outline

Data = dict[str, Any]
"""A JSON object. `checker.js` declares what is in it, as `Form`."""

_JUDGED = ("stated", "derived", "cell", "structure")
"""The authorities of what the page judges."""

_ADVICE = ("stale", "year-mismatch")
"""The rules of advice that it gives beside."""


def form_data(edition: str) -> Data:
    """Return the form of an edition as a JSON object. Raises `UnknownEdition` for an unknown one."""
    known = edition_named(edition)
    cls = known.report
    return {
        "edition": edition,
        "years": {"first": known.first_year, "last": known.last_year, "words": known.years.zh},
        "root": _place(cls, outline(cls)),
        "groups": [*row_groups(cls)],
        "equations": [_equation(equation) for equation in equations(cls)],
        "messages": {
            family.rule: family.message.zh
            for family in FAMILIES.values()
            if family.authority in _JUDGED or family.rule in _ADVICE
        },
        "words": {
            "undecided": UNDECIDED.zh,
            "fillIn": FILL_IN.zh,
            "cannotHold": CANNOT_HOLD.zh,
            "andOthers": AND_OTHERS.zh,
            "few": FEW,
            "withoutText": _chinese(WITHOUT_TEXT),
            "notUtf8": NOT_UTF8.zh,
        },
        "cellText": {
            "wide": {chr(code): chr(plain) if isinstance(plain, int) else plain or "" for code, plain in WIDE.items()},
            "patterns": {name: _in_javascript(pattern) for name, pattern in PATTERNS.items()},
            "mostDigits": MOST_DIGITS,
            "notKept": NOT_KEPT,
        },
    }


def _place(cls: type, node: Node) -> Data:
    if node.children:
        what: Data = {"children": [_place(cls, child) for child in node.children]}
    elif isinstance(node.domain, Items):
        what = {"domain": _items(node.domain)}
    else:
        what = {"domain": _domain(cast("Domain", node.domain))}
    return {
        "at": node.at,
        "name": node.name,
        "label": labels(cls)[node.at],
        "expected": node.expected.zh,
        "required": node.is_key_required,
        "isCell": node.is_cell,
        "unit": node.printed.unit,
        **what,
    }


def _domain(domain: Domain) -> Data:
    """Return a domain; its bounds are texts, because not every one is a number that a browser can hold."""
    match domain:
        case Integer(minimum, maximum):
            return {"kind": "integer", "minimum": str(minimum), "maximum": str(maximum)}
        case Money():
            return {"kind": "money", "pattern": domain.pattern}
        case String():
            return {"kind": "text"}
        case _:
            return {"kind": "choice", "options": domain.options, "rule": domain.rule}


def _items(items: Items) -> Data:
    fields = attrs.fields(cast("Any", items.type))
    return {
        "kind": "items",
        "maximum": items.max_items,
        "fields": [
            {
                "name": field.name,
                "required": field.default is attrs.NOTHING,
                "domain": _domain(item_domain(field.type)),
                "expected": item_domain(field.type).expected.zh,
            }
            for field in fields
        ],
    }


def _equation(equation: Equation) -> Data:
    return {
        "rule": equation.rule,
        "at": equation.at,
        "label": label(equation.box, equation.at),
        "left": equation.left,
        "right": equation.right,
        "names": equation.term_names,
    }


def _chinese(words: Mapping[Any, Words]) -> dict[str, str]:
    return {name: said.zh for name, said in words.items()}


_FLAGS = {re.IGNORECASE: "i", re.DOTALL: "s"}


def _in_javascript(pattern: re.Pattern[str]) -> Data:
    """Return a pattern for `RegExp`, to be matched against a whole text."""
    flags = "".join(letter for flag, letter in _FLAGS.items() if pattern.flags & flag)
    return {"source": f"^(?:{pattern.pattern.replace('(?P<', '(?<')})$", "flags": f"u{flags}"}
