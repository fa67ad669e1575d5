"""Findings about reading: what is odd about a place in a document."""

from collections.abc import Sequence
from typing import cast

from gkformat.base.address import Address
from gkformat.base.families import FAMILIES
from gkformat.base.findings import Finding, Mark, MarkKind
from gkformat.base.words import Words
from gkformat.judgement.root import cell_message
from gkformat.notation.outline import label
from gkformat.readers.sheet import Entry


def finding(cls: type, rule: str, at: Address, found: str | Words = "") -> Finding:
    """Return a finding of a family of the authority `reading`; `found` is the text that its message quotes."""
    text = FAMILIES[rule].message.format(found=found if isinstance(found, Words) else _shortened(found))
    return Finding(rule, at, label(cls, at), "advice", text)


def _shortened(text: str) -> str:
    shown = text if len(text) <= 80 else text[:80] + "…"  # noqa: PLR2004 - enough to find it again
    return " ".join(shown.split())


def cell_finding(cls: type, entry: Entry) -> Finding:
    """Return a finding about an unclear cell."""
    mark = Mark(entry.at, cast("MarkKind", entry.state), entry.text)
    return Finding(f"cell-{mark.kind}", mark.at, label(cls, mark.at), "advice", cell_message(cls, mark.kind, [mark]))


def common_address(addresses: Sequence[Address]) -> Address:
    """Return the innermost address that contains all of these."""
    steps = [at.steps for at in addresses]
    shared = 0
    while all(len(one) > shared and one[shared] == steps[0][shared] for one in steps):
        shared += 1
    return Address.of(steps[0][:shared])
