"""JSON through cattrs: a converter that knows the forms, honours hooks, and can report every fault.

Reading is strict: nothing is coerced, and unknown or repeated keys are faults. Valid input takes a single call of
cattrs; only if that fails are the exceptions that cattrs gathered turned into the list of all faults. The converter
accepts the same input as the faster functions of `codec`, and is asked where these have no answer.
"""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal, TypeVar, cast, get_args, get_origin, overload

import attrs
import cattrs
import msgspec
from cattrs.errors import BaseValidationError
from cattrs.gen import make_dict_structure_fn

from gkformat.base.address import Address
from gkformat.base.errors import Fault, Inconsistent, Malformed, excerpt
from gkformat.base.findings import Discrepancy, Finding, Findings, Mark
from gkformat.base.words import LANGUAGES, Words
from gkformat.codec.faults import FaultCollector, InvalidValue
from gkformat.codec.parsing import amount_text, format_json, parse_exact, parse_fast
from gkformat.codec.tree import Data, Steps, value_at
from gkformat.codec.validation import inspect
from gkformat.forms.editions import EDITIONS, AnyReport, edition_for
from gkformat.judgement.marks import mark_and_discrepancy_faults
from gkformat.judgement.root import discrepancies_of, is_report
from gkformat.notation.declare import Items, Nested, is_box
from gkformat.notation.domains import OUT_OF_RANGE, WRONG_TYPE, Choice, Domain, Integer, Money, String
from gkformat.notation.outline import numbers

T = TypeVar("T")


class Converter(cattrs.Converter):
    """A cattrs converter that knows the forms, with `loads` and `dumps` of its own.

    Register hooks on it as on any cattrs converter: they are honoured by `structure`, `loads` and `dumps` alike.
    """

    def __init__(self) -> None:
        super().__init__(detailed_validation=True, forbid_extra_keys=True)
        _register_hooks(self)

    @overload
    def loads(self, data: Data, cls: None = None, *, as_found: bool = False) -> AnyReport: ...
    @overload
    def loads(self, data: Data, cls: type[T], *, as_found: bool = False) -> T: ...
    def loads(self, data: Data, cls: type[T] | None = None, *, as_found: bool = False) -> T | AnyReport:
        """Read a report like the function `loads`, with the hooks of this converter."""
        tree, repeated = self._parse(data) if isinstance(data, str | bytes) else (data, iter(()))
        any_edition = cls is None or cls == AnyReport
        wanted: Any = _edition_class(tree) if any_edition else cls
        collector = FaultCollector(wanted, tree)
        collector.add_keys("duplicate-key", repeated)
        if as_found and not is_box(wanted):
            raise TypeError("as_found 只用于报告本身 / as_found=True is for a report itself, not for what holds one")
        if isinstance(tree, Mapping) and is_box(wanted) and is_report(wanted):
            tree = _with_edition(tree, wanted, collector, any_edition=any_edition)
            if as_found:
                tree = {**_with_blanks_marked(tree, wanted), "discrepancies": []}
        return cast("T", self._structure_whole(tree, wanted, collector, as_found=as_found))

    def _structure_whole(self, tree: Any, cls: type[Any], collector: FaultCollector, *, as_found: bool) -> Any:
        box = self._structure_or_collect(tree, cls, collector)
        if collector.faults:
            self._collect_mark_faults(tree, cls, collector)
            raise collector.malformed() from collector.cause
        if not collector.findings:
            return box
        if not as_found:
            raise Inconsistent(Findings(collector.findings))
        declared = self.unstructure(discrepancies_of(Findings(collector.findings)))
        return self.structure({**tree, "discrepancies": declared}, cls)

    def _parse(self, data: str | bytes) -> tuple[Any, Iterator[Steps]]:
        return parse_exact(data)

    def _structure_or_collect(self, tree: Any, cls: type[Any], collector: FaultCollector) -> Any:
        """Return the box, or record all faults and findings."""
        try:
            return self.structure(tree, cls)
        except (BaseValidationError, Malformed, Inconsistent, InvalidValue) as error:
            collector.add_exception(error)

    def _collect_mark_faults(self, tree: Any, cls: type[Any], collector: FaultCollector) -> None:
        """Record the faults of marks and discrepancies in a payload that did not become a report."""
        if not (isinstance(tree, Mapping) and is_box(cls) and is_report(cls)):
            return
        if not (tree.get("marks") or tree.get("discrepancies")):
            return
        try:
            marks = self.structure(tree.get("marks", ()), tuple[Mark, ...])
            discrepancies = self.structure(tree.get("discrepancies", ()), tuple[Discrepancy, ...])
        except (BaseValidationError, InvalidValue):
            return
        collector.add_faults(
            mark_and_discrepancy_faults(cls, marks, discrepancies, lambda at: value_at(tree, at.steps))
        )

    def dumps(self, box: Any, *, indent: int | None = None) -> str:
        """Write a report like the function `dumps`, with the hooks of this converter."""
        return format_json(msgspec.json.encode(self.unstructure(box)), indent)


class Hookless(Converter):
    """The converter of `loads`: it has no hooks of users, and so it can find faults without cattrs."""

    def _parse(self, data: str | bytes) -> tuple[Any, Iterator[Steps]]:
        tree = parse_fast(data)
        return parse_exact(data) if tree is None else (tree, iter(()))

    def _structure_or_collect(self, tree: Any, cls: type[Any], collector: FaultCollector) -> Any:
        found = is_box(cls) and inspect(cls, tree, collector)
        return None if found else super()._structure_or_collect(tree, cls, collector)


def converter() -> Converter:
    """Return a fresh cattrs converter that knows the forms, for hooks of your own.

    A hook may read a box from any shape. An exception that it raises becomes a fault at that place, and is the cause of
    the `Malformed`. Nothing is known about a shape that only a hook can read until it is read: its numbers are not part
    of `Malformed.findings`, `as_found` finds no `null` in it, and the pointers inside are those of the hook.
    """
    return Converter()


# -- hooks ---------------------------------------------------------------------------------------------


_REPORT_ITEMS = (Mark, Discrepancy)
_WHOLE_NUMBER = Words("整数", "an integer")
_ARRAY = Words("数组", "an array")


def _register_hooks(converter: cattrs.Converter) -> None:
    converter.register_structure_hook_factory(_is_object, lambda cls: _object_hook(cls, converter))
    converter.register_structure_hook_factory(_is_array, lambda cls: _array_hook(cls, converter))
    converter.register_structure_hook_factory(lambda cls: _domain(cls) is not None, _cell_hook)
    converter.register_structure_hook_factory(_is_literal, lambda cls: _value_hook(Choice(get_args(cls))))
    converter.register_structure_hook_func(lambda cls: cls == AnyReport, lambda value, _: _any_report(value, converter))
    converter.register_structure_hook(str, _value_hook(String()))
    converter.register_structure_hook(int, _whole_number)
    converter.register_structure_hook(Address, _address)
    converter.register_unstructure_hook(Address, str)
    converter.register_unstructure_hook(Decimal, str)
    converter.register_unstructure_hook(Words, lambda words: {"zh": words.zh, "en": words.en})
    converter.register_unstructure_hook(Finding, lambda finding: _finding(finding, converter))
    converter.register_unstructure_hook(Fault, lambda fault: _fault(fault, converter))
    converter.register_unstructure_hook(Findings, lambda findings: _findings(findings, converter))


def _unstructured(item: Any, converter: cattrs.Converter) -> dict[str, Any]:
    return {name: converter.unstructure(getattr(item, name)) for name in attrs.fields_dict(type(item))}


def _finding(finding: Finding, converter: cattrs.Converter) -> dict[str, Any]:
    plain = _unstructured(finding, converter)
    message = plain.pop("text")
    difference = converter.unstructure(finding.difference)
    return {**plain, "difference": difference, "message": message, "pointer": finding.at.pointer}


def _fault(fault: Fault, converter: cattrs.Converter) -> dict[str, Any]:
    return {**_unstructured(fault, converter), "message": {lang: fault.message(lang) for lang in LANGUAGES}}


def _findings(findings: Findings, converter: cattrs.Converter) -> dict[str, Any]:
    return {"verdict": findings.verdict.value, "findings": converter.unstructure(findings.items)}


def _any_report(value: Any, converter: cattrs.Converter) -> AnyReport:
    """Structure a report of the edition that it states, or if it states none, of the edition of its year."""
    return value if is_box(type(value)) else converter.structure(value, _edition_class(value))


def _is_object(cls: Any) -> bool:
    return is_box(cls) or cls in _REPORT_ITEMS


def _is_array(cls: Any) -> bool:
    return get_origin(cls) is tuple and get_args(cls)[1:] == (...,)


def _is_literal(cls: Any) -> bool:
    return get_origin(cls) is Literal


def _domain(cls: Any) -> Domain | None:
    """Return the domain in the annotation of a cell's type; `None` for other types."""
    extras = get_args(cls)[1:] if get_origin(cls) is Annotated else ()
    return next((extra for extra in extras if isinstance(extra, Integer | Money | String)), None)


def _object_hook(cls: type[T], converter: cattrs.Converter) -> Callable[[Any, Any], T]:
    """Structure a class from a mapping with exactly its keys, or from an object of the class itself."""
    structure = make_dict_structure_fn(cls, converter, _cattrs_forbid_extra_keys=True, _cattrs_detailed_validation=True)

    def hook(value: Any, _: Any) -> T:
        if isinstance(value, Mapping):
            # Other mappings are copied: a look-up in some (a defaultdict) adds the missing key.
            return structure(value if type(value) is dict else dict(value), cls)
        if type(value) is cls:
            return value
        raise InvalidValue(WRONG_TYPE, value, Nested(cls).expected)

    return hook


def _array_hook(cls: Any, converter: cattrs.Converter) -> Callable[[Any, Any], Any]:
    """Structure an array as a tuple. The length limit applies to marks and discrepancies only, not to user classes."""
    items = Items(get_args(cls)[0])
    is_limited = items.type in _REPORT_ITEMS
    expected = items.expected if is_limited else _ARRAY
    structure = converter.get_structure_hook(list[items.type])  # type: ignore[name-defined]

    def hook(value: Any, _: Any) -> Any:
        if not isinstance(value, list | tuple):
            raise InvalidValue(WRONG_TYPE, value, expected)
        if is_limited and len(value) > items.max_items:
            raise InvalidValue(OUT_OF_RANGE, value, expected)
        return tuple(structure(value, list[items.type]))  # type: ignore[name-defined]

    return hook


def _cell_hook(cls: Any) -> Callable[[Any, Any], Any]:
    domain = _domain(cls)
    if isinstance(domain, Money):
        return _amount_hook(domain)
    return _value_hook(cast("Domain", domain))


def _value_hook(domain: Domain) -> Callable[[Any, Any], Any]:
    def hook(value: Any, _: Any) -> Any:
        if rule := domain.violation(value):
            raise InvalidValue(rule, value, domain.expected)
        return value

    return hook


def _whole_number(value: Any, _: Any) -> int:
    if type(value) is not int:
        raise InvalidValue(WRONG_TYPE, value, _WHOLE_NUMBER)
    return value


def _address(value: Any, _: Any) -> Address:
    if not isinstance(value, str):
        raise InvalidValue(WRONG_TYPE, value, String().expected)
    return Address(value)


def _amount_hook(domain: Money) -> Callable[[Any, Any], Decimal]:
    def hook(value: Any, _: Any) -> Decimal:
        text = amount_text(value)
        if text is None:
            raise InvalidValue(WRONG_TYPE, value, domain.expected)
        if not domain.matches(text):
            raise InvalidValue(OUT_OF_RANGE, value, domain.expected)
        return Decimal(text)

    return hook


# -- the edition, and blanks ---------------------------------------------------------------------------


def _edition_class(tree: Any) -> type[AnyReport]:
    """Return the class for a payload by its edition, or else by its year, so that its faults can be reported."""
    stated, year = (tree.get("edition"), tree.get("year")) if isinstance(tree, Mapping) else (None, None)
    if isinstance(stated, str) and stated in EDITIONS:
        return EDITIONS[stated].report
    try:
        return edition_for(year if type(year) is int else _LATEST).report
    except LookupError:
        return edition_for(_LATEST).report


_LATEST = 2100


def _with_edition(
    tree: Mapping[str, Any], cls: type, collector: FaultCollector, *, any_edition: bool
) -> Mapping[str, Any]:
    """Return the payload with the edition of the class, and record a fault if it states another or none."""
    name = next(name for name, edition in EDITIONS.items() if edition.report is cls)
    domain = Choice(tuple(EDITIONS) if any_edition else (name,), rule="unknown-edition")
    if "edition" not in tree:
        collector.add("missing", ("edition",), expected=domain.expected)
    elif rule := domain.violation(tree["edition"]):
        collector.add(rule, ("edition",), excerpt(tree["edition"]), domain.expected)
    return {**tree, "edition": name}


def _with_blanks_marked(tree: Mapping[str, Any], cls: type) -> Mapping[str, Any]:
    """Return the payload with 0 and a mark for each number that is `null`.

    An existing mark already says why the cell is blank; if it says that there is a number, `null` stays.
    """
    marks = tree.get("marks", ())
    listed = [mark for mark in marks if isinstance(mark, Mapping)] if isinstance(marks, list | tuple) else []
    kinds = {at: mark.get("kind") for mark in listed if isinstance(at := mark.get("at"), str)}
    blank = [at for at in numbers(cls) if value_at(tree, at.steps) is None and kinds.get(at, "blank") == "blank"]
    for at in blank:
        tree = _with_value(tree, at.steps, 0)
    if not isinstance(marks, list | tuple):
        return tree
    added = [{"at": str(at), "kind": "blank", "text": ""} for at in blank if at not in kinds]
    return {**tree, "marks": [*marks, *added]}


def _with_value(tree: Mapping[str, Any], steps: tuple[str, ...], value: Any) -> Mapping[str, Any]:
    name, *inner = steps
    return {**tree, name: _with_value(tree[name], tuple(inner), value) if inner else value}
