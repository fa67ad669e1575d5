"""Addresses: what lies within what."""

from gkformat import Address


def test_address_is_within_itself_and_what_contains_it() -> None:
    inner = Address("requests.outcomes.other_handling.other")
    around = ["", "requests", "requests.outcomes", "requests.outcomes.other_handling", inner]
    assert all(inner.within(outer) for outer in around)
    assert not inner.within("requests.out")
    assert not Address("requests").within(inner)
