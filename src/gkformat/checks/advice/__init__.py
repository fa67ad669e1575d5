"""Advice: rules that are ours and not the form's, worth a look and never a reason to refuse.

Each advice is a function from a report to findings, and its name is that of its rule family. It uses only the report
itself, and is silent where a blank leaves room: a false alarm is worse than a miss.
"""

from collections.abc import Callable, Iterator

from gkformat.base.findings import Finding
from gkformat.checks.advice.fees import fee_amount, fee_silent, fee_statement_missing
from gkformat.checks.advice.identity import notice_cited, other_body_named, period_differs
from gkformat.checks.advice.sections import (
    numbering_repeated,
    overview_part_missing,
    placeholder_left,
    section_empty,
    text_gap,
)
from gkformat.checks.advice.tables import cells_blank, in_force_below_issued, rules_without_power, year_mismatch
from gkformat.checks.advice.text_numbers import growth_rate, text_differs, text_parts_sum
from gkformat.forms import editions

Advice = Callable[["editions.AnyReport"], Iterator[Finding]]

ADVICE: tuple[Advice, ...] = (
    cells_blank,
    year_mismatch,
    section_empty,
    placeholder_left,
    overview_part_missing,
    fee_statement_missing,
    fee_silent,
    fee_amount,
    in_force_below_issued,
    rules_without_power,
    period_differs,
    notice_cited,
    other_body_named,
    text_gap,
    numbering_repeated,
    text_differs,
    text_parts_sum,
    growth_rate,
)
"""The advice on a single report, in the order of the catalogue."""
