"""JSON through cattrs: a converter that knows the forms, which honours hooks, and can say all that is wrong.

Reading is strict: nothing is coerced, nothing unknown or repeated is passed over. The good path is one call of
cattrs; only where it fails are the exceptions that cattrs gathered turned into the list of all faults. It accepts what
`codec` accepts by its faster functions, and is asked where these have no answer.
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
from gkformat.codec.faults import Complaint, Refused, value_at
from gkformat.codec.parsing import Steps, laid_out, parse, parse_plainly, written
from gkformat.codec.validation import inspect
from gkformat.forms.editions import EDITIONS, AnyReport, edition_for
from gkformat.judgement.marks import remark_faults
from gkformat.judgement.root import discrepancies_of, is_root
from gkformat.notation.declare import Inner, Items, is_box
from gkformat.notation.domains import OUT_OF_RANGE, WRONG_TYPE, Choice, Domain, Integer, Money, String
from gkformat.notation.outline import numbers

T = TypeVar("T")
Data = str | bytes | Mapping[str, Any]


class Converter(cattrs.Converter):
    """A cattrs converter that knows the forms, with `loads` and `dumps` of its own.

    Register hooks on it as on any cattrs converter: they are honoured by `structure`, `loads` and `dumps` alike.
    """

    def __init__(self) -> None:
        super().__init__(detailed_validation=True, forbid_extra_keys=True)
        _register(self)

    @overload
    def loads(self, data: Data, cls: None = None, *, as_found: bool = False) -> AnyReport: ...
    @overload
    def loads(self, data: Data, cls: type[T], *, as_found: bool = False) -> T: ...
    def loads(self, data: Data, cls: type[T] | None = None, *, as_found: bool = False) -> T | AnyReport:
        """Like the function `loads`, with the hooks of this converter."""
        tree, repeated = self._parsed(data) if isinstance(data, str | bytes) else (data, iter(()))
        any_edition = cls is None or cls == AnyReport
        wanted: Any = _edition_class(tree) if any_edition else cls
        complaint = Complaint(wanted, tree)
        complaint.add_keys("duplicate-key", repeated)
        if as_found and not is_box(wanted):
            raise TypeError("as_found 只用于报告本身 / as_found=True is for a report itself, not for what holds one")
        if isinstance(tree, Mapping) and is_box(wanted) and is_root(wanted):
            tree = _with_edition(tree, wanted, complaint, any_edition=any_edition)
            if as_found:
                tree = {**_with_blanks_marked(tree, wanted), "discrepancies": []}
        return cast("T", self._structured(tree, wanted, complaint, as_found=as_found))

    def _structured(self, tree: Any, cls: type[Any], complaint: Complaint, *, as_found: bool) -> Any:
        box = self._gathered(tree, cls, complaint)
        if complaint.faults:
            self._note_remark_faults(tree, cls, complaint)
            raise complaint.malformed() from complaint.cause
        if not complaint.findings:
            return box
        if not as_found:
            raise Inconsistent(Findings(complaint.findings))
        declared = self.unstructure(discrepancies_of(Findings(complaint.findings)))
        return self.structure({**tree, "discrepancies": declared}, cls)

    def _parsed(self, data: str | bytes) -> tuple[Any, Iterator[Steps]]:
        return parse(data)

    def _gathered(self, tree: Any, cls: type[Any], complaint: Complaint) -> Any:
        """The box; where there is none, all faults and findings are noted."""
        try:
            return self.structure(tree, cls)
        except (BaseValidationError, Malformed, Inconsistent, Refused) as error:
            complaint.explain(error)

    def _note_remark_faults(self, tree: Any, cls: type[Any], complaint: Complaint) -> None:
        """Note what is wrong with marks and discrepancies in a payload that never came to be a report."""
        if not (isinstance(tree, Mapping) and is_box(cls) and is_root(cls)):
            return
        if not (tree.get("marks") or tree.get("discrepancies")):
            return
        try:
            marks = self.structure(tree.get("marks", ()), tuple[Mark, ...])
            discrepancies = self.structure(tree.get("discrepancies", ()), tuple[Discrepancy, ...])
        except (BaseValidationError, Refused):
            return
        complaint.add_faults(remark_faults(cls, marks, discrepancies, lambda at: value_at(tree, at.steps)))

    def dumps(self, box: Any, *, indent: int | None = None) -> str:
        """Like the function `dumps`, with the hooks of this converter."""
        return laid_out(msgspec.json.encode(self.unstructure(box)), indent)


class Hookless(Converter):
    """The converter of `loads`, which needs no cattrs to say what is wrong: nobody has put hooks on it."""

    def _parsed(self, data: str | bytes) -> tuple[Any, Iterator[Steps]]:
        tree = parse_plainly(data)
        return parse(data) if tree is None else (tree, iter(()))

    def _gathered(self, tree: Any, cls: type[Any], complaint: Complaint) -> Any:
        found = is_box(cls) and inspect(cls, tree, complaint)
        return None if found else super()._gathered(tree, cls, complaint)


def converter() -> Converter:
    """A fresh cattrs converter that knows the forms, for hooks of one's own.

    A hook may read a box from any shape. What it raises becomes a fault where it stands; the exception itself is the
    cause of the `Malformed`. Of a shape that only a hook can read, nothing is known before it is read: its numbers
    take no part in `Malformed.findings`, `as_found` finds no `null` in it, and pointers inside are those of the hook.
    """
    return Converter()


# -- hooks ---------------------------------------------------------------------------------------------


_KEPT = (Mark, Discrepancy)
_WHOLE_NUMBER = Words("整数", "an integer")
_ARRAY = Words("数组", "an array")


def _register(converter: cattrs.Converter) -> None:
    converter.register_structure_hook_factory(_is_object, lambda cls: _object_hook(cls, converter))
    converter.register_structure_hook_factory(_is_many, lambda cls: _array_hook(cls, converter))
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
    """A report of whatever edition it states, or where it states none, of the edition of its year."""
    return value if is_box(type(value)) else converter.structure(value, _edition_class(value))


def _is_object(cls: Any) -> bool:
    return is_box(cls) or cls in _KEPT


def _is_many(cls: Any) -> bool:
    return get_origin(cls) is tuple and get_args(cls)[1:] == (...,)


def _is_literal(cls: Any) -> bool:
    return get_origin(cls) is Literal


def _domain(cls: Any) -> Domain | None:
    """The domain with which a type is annotated, if it is a cell."""
    extras = get_args(cls)[1:] if get_origin(cls) is Annotated else ()
    return next((extra for extra in extras if isinstance(extra, Integer | Money | String)), None)


def _object_hook(cls: type[T], converter: cattrs.Converter) -> Callable[[Any, Any], T]:
    """A class from a mapping with its keys and no others, or from an object of the class itself."""
    structure = make_dict_structure_fn(cls, converter, _cattrs_forbid_extra_keys=True, _cattrs_detailed_validation=True)

    def hook(value: Any, _: Any) -> T:
        if isinstance(value, Mapping):
            # A copy of any other mapping, for looking into some (a defaultdict) invents and keeps what is missing.
            return structure(value if type(value) is dict else dict(value), cls)
        if type(value) is cls:
            return value
        raise Refused(WRONG_TYPE, value, Inner(cls).expected)

    return hook


def _array_hook(cls: Any, converter: cattrs.Converter) -> Callable[[Any, Any], Any]:
    """A tuple from an array: of what a report keeps no more than it may, in a class of one's own any number."""
    items = Items(get_args(cls)[0])
    kept = items.type in _KEPT
    expected = items.expected if kept else _ARRAY
    structure = converter.get_structure_hook(list[items.type])  # type: ignore[name-defined]

    def hook(value: Any, _: Any) -> Any:
        if not isinstance(value, list | tuple):
            raise Refused(WRONG_TYPE, value, expected)
        if kept and len(value) > items.most:
            raise Refused(OUT_OF_RANGE, value, expected)
        return tuple(structure(value, list[items.type]))  # type: ignore[name-defined]

    return hook


def _cell_hook(cls: Any) -> Callable[[Any, Any], Any]:
    domain = _domain(cls)
    if isinstance(domain, Money):
        return _amount_hook(domain)
    return _value_hook(cast("Domain", domain))


def _value_hook(domain: Domain) -> Callable[[Any, Any], Any]:
    def hook(value: Any, _: Any) -> Any:
        if rule := domain.refusal(value):
            raise Refused(rule, value, domain.expected)
        return value

    return hook


def _whole_number(value: Any, _: Any) -> int:
    if type(value) is not int:
        raise Refused(WRONG_TYPE, value, _WHOLE_NUMBER)
    return value


def _address(value: Any, _: Any) -> Address:
    if not isinstance(value, str):
        raise Refused(WRONG_TYPE, value, String().expected)
    return Address(value)


def _amount_hook(domain: Money) -> Callable[[Any, Any], Decimal]:
    def hook(value: Any, _: Any) -> Decimal:
        text = written(value)
        if text is None:
            raise Refused(WRONG_TYPE, value, domain.expected)
        if not domain.reads(text):
            raise Refused(OUT_OF_RANGE, value, domain.expected)
        return Decimal(text)

    return hook


# -- the edition, and what is as found -----------------------------------------------------------------


def _edition_class(tree: Any) -> type[AnyReport]:
    """The class for a payload: by its edition, or where that is no help by its year, so that its faults can be told."""
    stated, year = (tree.get("edition"), tree.get("year")) if isinstance(tree, Mapping) else (None, None)
    if isinstance(stated, str) and stated in EDITIONS:
        return EDITIONS[stated].report
    try:
        return edition_for(year if type(year) is int else _LATEST).report
    except LookupError:
        return edition_for(_LATEST).report


_LATEST = 2100


def _with_edition(tree: Mapping[str, Any], cls: type, complaint: Complaint, *, any_edition: bool) -> Mapping[str, Any]:
    """The payload with the edition of the class; what is wrong with the one it states is noted."""
    name = next(name for name, edition in EDITIONS.items() if edition.report is cls)
    domain = Choice(tuple(EDITIONS) if any_edition else (name,), rule="unknown-edition")
    if "edition" not in tree:
        complaint.add("missing", ("edition",), expected=domain.expected)
    elif rule := domain.refusal(tree["edition"]):
        complaint.add(rule, ("edition",), excerpt(tree["edition"]), domain.expected)
    return {**tree, "edition": name}


def _with_blanks_marked(tree: Mapping[str, Any], cls: type) -> Mapping[str, Any]:
    """The payload with 0 and a mark for each number that is `null`.

    A mark that is there already says why the cell is blank; where it says that there is a number, `null` stays.
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
