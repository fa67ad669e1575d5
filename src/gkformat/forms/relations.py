"""Relations that are ours and not the form's: across years, among counts, and which cells they are about.

The form prints none of them, so they only give advice. They stand here because they name fields of the form; what
checks them knows no names.
"""

import re
from functools import cached_property

from gkformat.base.citations import Article
from gkformat.base.frozen import frozen
from gkformat.forms.law import REGULATIONS


@frozen
class Relation:
    """A relation in the names of fields, which holds in every box that has them all.

    `text` is `a + b - c == d` or `a + b >= d`; a name after `previous.` is that of the report of the year before. A
    name may be that of a row: the relation then holds in each of its columns.
    """

    rule: str
    text: str

    @cached_property
    def left(self) -> tuple[tuple[str, int], ...]:
        """The terms of the left side, each with its sign."""
        left = re.split("==|>=", self.text)[0]
        return tuple((name, -1 if sign == "-" else 1) for sign, name in re.findall(r"([+-]?)\s*([\w.]+)", left))

    @cached_property
    def right(self) -> str:
        """The one name on the right side."""
        return re.split("==|>=", self.text)[1].strip()


PREVIOUS = "previous."
"""The prefix of a name in the report of the year before."""

ACROSS_YEARS = (
    Relation("carry-over", "previous.requests.carried_forward == requests.brought_forward"),
    Relation("in-force-chain", "previous.in_force + issued - repealed == in_force"),
)
"""What one year hands on to the next: requests that are pending, and documents that are in force."""

DOCUMENTS_OF_A_YEAR = Relation("in-force-below-issued", "in_force + repealed >= issued")
"""Every document that was issued in a year is in force or was repealed at its end."""

WRITTEN_ANEW = ("problems_and_improvements",)
"""The texts that the notices forbid to be the same every year (年年雷同)."""

GOVERNMENT_RULES = "rules"
"""The row of government rules (规章), which only some bodies may make (立法法)."""

JOINTLY_ISSUED = Article(REGULATIONS, "第二十条第（一）项")
"""The band of documents: several bodies may issue one together, so the counts of parts need not add up."""

FEE_NOT_PAID = "fee_overdue"
"""The row of requests that were closed because the applicant did not pay the fee of which it was told."""

DECISIONS = "decisions"
"""The column of the decisions on licences and penalties of a year."""

OUTCOMES = "requests.outcomes"
NEWLY_RECEIVED = "requests.newly_received"
CASES = "reconsideration_and_litigation"
"""What charts show of a report: how requests were decided, who applied, and the cases against the body."""
