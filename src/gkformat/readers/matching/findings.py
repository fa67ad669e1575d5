"""Findings about reading: what is odd about a place in a document."""

from collections.abc import Sequence

from gkformat.base.address import Address
from gkformat.base.families import FAMILIES
from gkformat.base.findings import Finding
from gkformat.notation.outline import label


def finding(cls: type, rule: str, at: Address, found: str = "") -> Finding:
    """Return a finding of a family of the authority `reading`; `found` is the text that its message quotes."""
    shown = found if len(found) <= 80 else found[:80] + "…"  # noqa: PLR2004 - enough to find it again
    text = FAMILIES[rule].message.format(found=" ".join(shown.split()))
    return Finding(rule, at, label(cls, at), "advice", text)


def common_address(addresses: Sequence[Address]) -> Address:
    """Return the innermost address that contains all of these."""
    steps = [at.steps for at in addresses]
    shared = 0
    while all(len(one) > shared and one[shared] == steps[0][shared] for one in steps):
        shared += 1
    return Address.of(steps[0][:shared])
