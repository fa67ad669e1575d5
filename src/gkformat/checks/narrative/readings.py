"""What a number in a text may lawfully mean: for each thing that it can count, all readings, the likeliest first."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain, combinations

from gkformat.base.address import Address
from gkformat.base.frozen import frozen
from gkformat.checks.narrative.vocabulary import Balance, Sum, Topic, Topics, other_rows


@frozen
class Meaning:
    """What a number may count: it is found at `at`, and any of the readings is lawful, the likeliest first.

    `share_of` is what a percentage that follows may be a share of. With `at_most` a reading is a bound: what counts as
    an answer is left open, but there are no more of them.
    """

    at: Address
    readings: tuple[Sum, ...]
    share_of: tuple[Sum, ...] = ()
    at_most: bool = False


def of_requests(form: Topics, verbs: AbstractSet[str]) -> Meaning:
    """Requests, by what is said to have been done with them.

    They may be newly received (`newly`), these with or without those brought forward (`received`), handled (`done`), or
    any of these (`either`). Answers (`answered`) are bounded by what was handled.
    """
    readings = tuple(dict.fromkeys(_readings(form, verbs)))
    return Meaning(readings[0].plus[0], readings, at_most="answered" in verbs)


def _readings(form: Topics, verbs: AbstractSet[str]) -> Iterator[Sum]:
    newly, brought, handled, carried = map(form.balance.cell, form.balance.rows)
    if verbs & {"done", "answered"}:
        yield Sum((handled,))
    if "done" in verbs:
        yield Sum((newly,), (carried,))  # of those newly received
        *_, not_processed, otherwise = form.groups  # which may be counted as not done
        for left_out in ((not_processed,), (otherwise,), (not_processed, otherwise)):
            yield Sum((handled,), _cells(left_out))
    if verbs & {"newly", "received", "either"}:
        yield Sum((newly,))
    if verbs & {"received", "either"}:
        yield Sum((newly, brought))
    if "either" in verbs:
        yield Sum((handled,))


def _cells(topics: Sequence[Topic]) -> tuple[Address, ...]:
    return tuple(dict.fromkeys(chain.from_iterable(topic.cells for topic in topics)))


def of_row(balance: Balance, row: Address) -> Meaning:
    """The total of one row."""
    cell = balance.cell(row)
    return Meaning(cell, (Sum((cell,)),))


def of_outcomes(form: Topics, named: Sequence[Topic], spoken: AbstractSet[Address]) -> Meaning:
    """One outcome, or several in one number. A group that the text does not speak of may be counted in with them."""
    silent = [group for group in form.groups if group.at not in spoken]
    readings = (Sum(_cells((*named, *more))) for size in range(len(silent) + 1) for more in combinations(silent, size))
    return Meaning(named[0].at, tuple(readings), tuple(dict.fromkeys(_readings(form, {"done", "received"}))))


def of_applicant(balance: Balance, topic: Topic) -> Meaning:
    """Those who applied, among the newly received, among all, or among the handled."""
    newly, brought, handled, _ = (other_rows(topic, balance, row) for row in balance.rows)
    return Meaning(topic.at, (Sum(newly), Sum((*newly, *brought)), Sum(handled)))


def of_cases(named: Sequence[Topic], *, each: bool) -> Sequence[Meaning]:
    """Cases in one number, or each with the same. A kind with kinds inside may be meant as any of these."""
    if each:
        return [meaning for topic in named for meaning in of_cases([topic], each=False)]
    cells = _cells(named)
    parts = cells if len(named) == 1 and len(cells) > 1 else ()
    return [Meaning(named[0].at, (Sum(cells), *(Sum((cell,)) for cell in parts)))]
