"""Tests of reporting what a document lacks."""

from readings import OUTCOMES, find_label, read_spoiled, rules_at_addresses


def test_missing_row_is_reported() -> None:
    reading = read_spoiled(lambda made: made[1].pop(find_label(made[1], "2.重复申请")[0]))
    assert rules_at_addresses(reading) == {("cell-missing", f"{OUTCOMES}.not_processed.duplicate")}
