"""The valid readings of a number in a text: for each topic that it can count, all readings, the likeliest first."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain, combinations

from gkformat.base.address import Address
from gkformat.base.frozen import frozen
from gkformat.checks.narrative.vocabulary import BalanceRows, Referent, Referents, SignedSum, cells_in_row


@frozen
class Meaning:
    """The possible meaning of a number: a finding is placed at `at`, and each reading is valid, the likeliest first.

    `share_of` holds the wholes of which a following percentage may be a share. With `at_most` a reading is an upper
    bound: it is open what counts as an answer, but there cannot be more of them.
    """

    at: Address
    readings: tuple[SignedSum, ...]
    share_of: tuple[SignedSum, ...] = ()
    at_most: bool = False


def request_meaning(form: Referents, verbs: AbstractSet[str]) -> Meaning:
    """Return the meaning of a number of requests, by the kinds of verbs beside it.

    Requests may be newly received (`newly`), received with or without those brought forward (`received`), handled
    (`done`), or any of these (`either`). The number handled is an upper bound of the answers (`answered`).
    """
    readings = tuple(dict.fromkeys(_request_readings(form, verbs)))
    return Meaning(readings[0].plus[0], readings, at_most="answered" in verbs)


def _request_readings(form: Referents, verbs: AbstractSet[str]) -> Iterator[SignedSum]:
    newly, brought, handled, carried = map(form.balance.cell, form.balance.rows)
    if verbs & {"done", "answered"}:
        yield SignedSum((handled,))
    if "done" in verbs:
        yield SignedSum((newly,), (carried,))  # handled among the newly received
        *_, not_processed, otherwise = form.groups  # which may not count as done
        for not_counted in ((not_processed,), (otherwise,), (not_processed, otherwise)):
            yield SignedSum((handled,), _cells_of(not_counted))
    if verbs & {"newly", "received", "either"}:
        yield SignedSum((newly,))
    if verbs & {"received", "either"}:
        yield SignedSum((newly, brought))
    if "either" in verbs:
        yield SignedSum((handled,))


def _cells_of(topics: Sequence[Referent]) -> tuple[Address, ...]:
    return tuple(dict.fromkeys(chain.from_iterable(topic.cells for topic in topics)))


def row_meaning(balance: BalanceRows, row: Address) -> Meaning:
    """Return the meaning of the total of a row."""
    cell = balance.cell(row)
    return Meaning(cell, (SignedSum((cell,)),))


def outcome_meaning(form: Referents, named: Sequence[Referent], named_outcomes: AbstractSet[Address]) -> Meaning:
    """Return the meaning of one number for some outcomes. It may include groups that the text does not name."""
    unnamed = [group for group in form.groups if group.at not in named_outcomes]
    added = (more for size in range(len(unnamed) + 1) for more in combinations(unnamed, size))
    readings = tuple(SignedSum(_cells_of((*named, *more))) for more in added)
    return Meaning(named[0].at, readings, tuple(dict.fromkeys(_request_readings(form, {"done", "received"}))))


def applicant_meaning(balance: BalanceRows, topic: Referent) -> Meaning:
    """Return the meaning of a number of applicants: among the newly received, all, or the handled requests."""
    newly, brought, handled, _ = (cells_in_row(topic, balance, row) for row in balance.rows)
    return Meaning(topic.at, (SignedSum(newly), SignedSum((*newly, *brought)), SignedSum(handled)))


def case_meanings(named: Sequence[Referent], *, each: bool) -> Sequence[Meaning]:
    """Return the meanings of a number of cases, one together or one for `each`. It may count one kind of several."""
    if each:
        return [meaning for topic in named for meaning in case_meanings([topic], each=False)]
    cells = _cells_of(named)
    parts = cells if len(named) == 1 and len(cells) > 1 else ()
    return [Meaning(named[0].at, (SignedSum(cells), *(SignedSum((cell,)) for cell in parts)))]


def result_meaning(words: Sequence[Referent], cases: Sequence[Sequence[Address]]) -> Meaning | None:
    """Return the meaning of a number of cases with one result, after the totals of the cases that a sentence counts.

    The number may be of the cases that were counted last, of any kind among them, or of all.
    """

    def of(totals: Sequence[Address]) -> tuple[Address, ...]:
        places = {total.steps[:-1] for total in totals}
        return tuple(topic.at for topic in words if topic.at.steps[:-1] in places)

    last, every = of(cases[-1]), of([*chain.from_iterable(cases)])
    parts = [(cell,) for cell in last] if len(last) > 1 else []
    readings = tuple(SignedSum(cells) for cells in dict.fromkeys([last, *parts, every]) if cells)
    return Meaning(last[0], readings) if last else None
