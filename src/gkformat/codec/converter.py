"""JSON through cattrs: converters that know the forms and honour the hooks of their users.

Every box is structured by the walk of `codec.structure`. Where somebody has registered a hook for a class or a cell
inside a box, the walk calls it, and what it raises becomes a fault at that place.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, TypeVar, cast, get_args, get_origin, overload

import attrs
import cattrs
import msgspec
from cattrs.errors import (
    AttributeValidationNote,
    ClassValidationError,
    ForbiddenExtraKeysError,
    IterableValidationError,
    StructureHandlerNotFoundError,
)
from cattrs.gen import make_dict_unstructure_fn

from gkformat.base.address import Address
from gkformat.base.arguments import demand, of_type, wrong_argument
from gkformat.base.errors import Fault, Inconsistent, Malformed, excerpt
from gkformat.base.findings import Discrepancy, Finding, Findings, Mark, Term
from gkformat.base.frozen import frozen
from gkformat.base.words import LANGUAGES, Words
from gkformat.codec import loads
from gkformat.codec.faults import FaultCollector
from gkformat.codec.parsing import format_json, parse
from gkformat.codec.structure import (
    Hook,
    Reader,
    decoded,
    edition_class,
    hook_reader,
    json_violation,
    make_reader,
    read_item,
    structure,
)
from gkformat.codec.tree import Data, Steps, value_at
from gkformat.forms.editions import EDITIONS, AnyReport
from gkformat.notation.declare import Nested, declaration, is_box
from gkformat.notation.domains import WRONG_TYPE, Integer, Money, String
from gkformat.notation.outline import outline

T = TypeVar("T")


class Converter(cattrs.Converter):
    """A cattrs converter that knows the forms, with `loads` and `dumps` of its own.

    Register hooks on it as on any cattrs converter: they are honoured by `structure`, `loads` and `dumps` alike. Unlike
    cattrs it refuses unknown keys in every class, and coerces nothing to a text or an integer.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        if not arguments:  # which `copy` passes, all of them
            options = {"detailed_validation": True, "forbid_extra_keys": True, **options}
        super().__init__(*arguments, **options)
        self.register_structure_hook(str, lambda value, _: _read_value(_TEXT, value))
        self.register_structure_hook(int, _read_integer)
        self.register_unstructure_hook(Decimal, str)
        self.register_unstructure_hook(date, date.isoformat)
        configure_converter(self)

    @overload
    def loads(self, data: Data, cls: None = None, *, as_found: bool = False) -> AnyReport: ...
    @overload
    def loads(self, data: Data, cls: type[T], *, as_found: bool = False) -> T: ...
    def loads(self, data: Data, cls: type[T] | None = None, *, as_found: bool = False) -> T | AnyReport:
        """Read a report like the function `loads`, with the hooks of this converter.

        The class may also be one of yours, or a list, that holds reports. Raises like the function; `TypeError` if
        such a class is to be read `as_found`. The pointer of a fault in a class of yours has the names of attributes.
        """
        wanted: Any = AnyReport if cls is None else cls
        if is_box(type(wanted)):
            declaration(wanted)  # raises `TypeError`: it is an object, and no class
        classes = _box_classes(wanted, self)
        if classes and not any(_hooked_reader(box, self) for box in classes):
            return cast("T", loads(data, wanted, as_found=as_found))
        tree, repeated = parse(data) if isinstance(data, str | bytes) else (data, ())
        if classes:
            box = wanted if is_box(wanted) else None
            reader = _hooked_reader(box or edition_class(tree), self)
            return cast("T", structure(tree, box, reader=reader, repeated=repeated, as_found=as_found))
        if as_found:
            raise TypeError("as_found 只用于报告本身 / as_found=True is for a report itself, not for what holds one")
        return cast("T", self._structure_whole(tree, wanted, repeated))

    def _structure_whole(self, tree: Any, cls: Any, repeated: Iterable[Steps]) -> Any:
        """Read what is no box; whatever cattrs or a hook raises becomes a list of faults."""
        collector = FaultCollector(cls, tree)
        collector.add_keys("duplicate-key", repeated)
        value: Any = None
        try:
            value = self.structure(tree, cls)
        except StructureHandlerNotFoundError as error:  # a mistake in the class, not in the data
            raise wrong_argument("cls", error.type_, _A_CLASS) from error
        except Exception as error:  # noqa: BLE001
            _add_exception(error, collector, ())
        collector.raise_for_problems()
        return value

    def dumps(self, box: Any, *, indent: int | None = None) -> str:
        """Write a report like the function `dumps`, with the hooks of this converter."""
        plain = self.unstructure(box)
        try:
            return format_json(msgspec.json.encode(plain), indent)
        except TypeError:
            raise wrong_argument("box", box, _A_VALUE) from None


_A_CLASS = Words(
    "报告、表或行的类，或者含有它们的 attrs 类、列表等，或者 cattrs 知道的其他类型",
    "the class of a report, a table or a row, an attrs class or a list that holds some, or a type that cattrs knows",
)
_A_VALUE = Words(
    "报告、表或行，检查的结果，或者含有它们的列表、字典",
    "a report, a table, a row, a result of a check, or a list or dict of such",
)


def converter() -> Converter:
    """Return a fresh cattrs converter that knows the forms, for hooks of your own.

    A hook may read a box from any shape. An exception that it raises becomes a fault at that place, and is the cause of
    the `Malformed`; so does a value that does not belong there. A box that is there already is taken as it is. Nothing
    is known about a shape that only a hook can read until it is read: its numbers are not part of `Malformed.findings`,
    `as_found` finds no `null` in it, and the pointers inside are those of the hook.
    """
    return Converter()


_CONVERTER = of_type(cattrs.BaseConverter, Words(" cattrs 的转换器", "a converter of cattrs"))


def configure_converter(converter: cattrs.Converter) -> None:
    """Register the forms on a cattrs converter that you have: a plain one, or one of `cattrs.preconf`.

    It then structures and unstructures reports, tables and rows, and your classes that hold them, as `converter()`
    does. Reading a box raises `Malformed` with every fault, or `Inconsistent`; cattrs wraps them if the box is inside
    another class. Findings, faults and addresses are unstructured as `dumps` writes them. Nothing else changes.
    """
    demand(_CONVERTER, converter=converter)
    converter.register_structure_hook_factory(is_box, _box_hook)
    converter.register_structure_hook_factory(lambda cls: cls in _ITEMS, _item_hook)
    converter.register_structure_hook_factory(lambda cls: _domain(cls) is not None, _value_hook)
    converter.register_structure_hook(AnyReport, any_report := _any_report_hook(converter))
    converter.register_structure_hook(
        AnyReport | None, lambda tree, kind: None if tree is None else any_report(tree, kind)
    )
    converter.register_structure_hook(Address, lambda value, _: Address(_read_value(_TEXT, value)))
    converter.register_unstructure_hook_factory(is_box, _unstructure_box)
    converter.register_unstructure_hook_func(lambda cls: isinstance(_domain(cls), Money), str)
    converter.register_unstructure_hook(Address, str)
    converter.register_unstructure_hook(Words, lambda words: {"zh": words.zh, "en": words.en})
    converter.register_unstructure_hook_factory(lambda cls: cls is Term, _term_hook)
    converter.register_unstructure_hook_factory(lambda cls: cls is Finding, _finding_hook)
    converter.register_unstructure_hook_factory(lambda cls: cls is Fault, _fault_hook)
    converter.register_unstructure_hook_factory(lambda cls: cls is Findings, _findings_hook)


# -- structuring ----------------------------------------------------------------------------------------

_ITEMS = (Mark, Discrepancy)
_TEXT = String()
_INTEGER = Words("整数", "an integer")


@frozen
class _FormHook:
    """A hook of our own: by its class, the walk tells it from the hooks of users.

    `reader` is `None` unless there are hooks of users inside the box, which it calls.
    """

    structure: Callable[[Any], Any]
    reader: Reader | None = None

    def __call__(self, value: Any, _: Any) -> Any:
        return self.structure(value)


def _box_hook(cls: type, converter: cattrs.Converter) -> _FormHook:
    """Return the hook for a box. If there is no hook of a user inside, it reads as the function `loads` does."""
    found: list[Hook] = []

    def find_hook(kind: Any) -> Hook | None:
        hook = _user_hook(kind, converter)
        found.extend([hook] if hook else [])
        return hook

    reader = make_reader(outline(cls), find_hook)
    if found:
        return _FormHook(lambda tree: structure(tree, cls, reader=reader), reader)
    return _FormHook(lambda tree: _structure_plainly(tree, cls))


def _structure_plainly(tree: Any, cls: type | None) -> Any:
    return loads(tree, cast("Any", cls)) if isinstance(tree, Mapping) else structure(tree, cls)


def _any_report_hook(converter: cattrs.Converter) -> _FormHook:
    """Return the hook for a report of any edition, which states it."""

    def read(tree: Any) -> Any:
        reader = _hooked_reader(edition_class(tree), converter)
        return structure(tree, reader=reader) if reader else _structure_plainly(tree, None)

    return _FormHook(read)


def _item_hook(cls: type, _: cattrs.Converter) -> _FormHook:
    def read(tree: Any) -> Any:
        collector = FaultCollector(cls, tree)
        item = read_item(cls, tree, collector, ())
        collector.raise_for_problems()
        return item

    return _FormHook(read)


def _value_hook(cls: Any, _: cattrs.Converter) -> _FormHook:
    domain = cast("Integer | Money | String", _domain(cls))
    return _FormHook(lambda value: _read_value(domain, value))


def _domain(cls: Any) -> Integer | Money | String | None:
    """Return the domain in the annotation of a cell's type; `None` for other types."""
    extras = get_args(cls)[1:] if get_origin(cls) is Annotated else ()
    return next((extra for extra in extras if isinstance(extra, Integer | Money | String)), None)


def _read_value(domain: Integer | Money | String, value: Any) -> Any:
    if rule := json_violation(domain, value):
        raise Malformed([Fault(rule, Address(), found=excerpt(value), expected=domain.expected)])
    return decoded(domain, value)


def _read_integer(value: Any, _: Any) -> int:
    if type(value) is not int:
        raise Malformed([Fault(WRONG_TYPE, Address(), found=excerpt(value), expected=_INTEGER)])
    return value


# -- hooks of users -------------------------------------------------------------------------------------


def _box_classes(cls: Any, converter: cattrs.Converter) -> list[Any]:
    """Return the classes of boxes that may be read for a class: those of all editions for `AnyReport`."""
    if is_box(cls):
        return [cls]
    is_ours = cls == AnyReport and isinstance(converter.get_structure_hook(cls), _FormHook)
    return [edition.report for edition in EDITIONS.values()] if is_ours else []


def _hooked_reader(cls: Any, converter: cattrs.Converter) -> Reader | None:
    """Return the reader for a box with the hooks of a converter; `None` if there are no hooks at or in the box."""
    hook = converter.get_structure_hook(cls)
    if isinstance(hook, _FormHook):
        return hook.reader
    return hook_reader(outline(cls), cast("Hook", _user_hook(cls, converter)))


def _user_hook(kind: Any, converter: cattrs.Converter) -> Hook | None:
    """Return the hook that a user registered for a type, in the form in which the walk calls it."""
    hook = converter.get_structure_hook(kind)
    if isinstance(hook, _FormHook):
        return None

    def read(value: Any, collector: FaultCollector, steps: Steps) -> Any:
        try:
            return hook(value, kind)
        except Exception as error:  # noqa: BLE001 - whatever a hook raises is a fault of the value
            return _add_exception(error, collector, steps)

    return read


def _add_exception(error: BaseException, collector: FaultCollector, steps: Steps) -> None:
    """Record all faults and findings in an exception.

    cattrs keeps a note with the name of the attribute, or the index of the item, on every exception. Its own formatter
    would drop the words of a `ValueError` and stop at the object around it.
    """
    match error:
        case ClassValidationError() | IterableValidationError():
            for inner, further, kind in _placed_errors(error):
                if isinstance(inner, KeyError) and inner.args == further:
                    collector.add_missing((*steps, *further), _type_in_words(kind))
                else:
                    _add_exception(inner, collector, (*steps, *further))
        case ForbiddenExtraKeysError():
            given = value_at(collector.tree, steps)
            names = attrs.fields_dict(error.cl) if attrs.has(error.cl) else getattr(error.cl, "__annotations__", {})
            free = [name for name in names if isinstance(given, Mapping) and name not in given]
            collector.add_unknown(error.extra_fields, steps, free)
        case Malformed():
            collector.add_faults(error.faults, steps)
            collector.add_findings(error.findings, steps)
            collector.count += error.omitted
        case Inconsistent():
            collector.add_findings(error.findings, steps)
        case _:
            collector.add_error(error, steps)


def _placed_errors(
    error: ClassValidationError | IterableValidationError,
) -> Iterator[tuple[BaseException, Steps, object]]:
    """Yield the exceptions in a group, each with the attribute or the index at which it occurred, and its type."""
    placed, others = error.group_exceptions()
    for inner, note in placed:
        yield inner, (note.name if isinstance(note, AttributeValidationNote) else str(note.index),), note.type
    for inner in others:
        yield inner, (), None


def _type_in_words(kind: Any) -> Words:
    """Return what is expected of a type: in our words if it is one of ours."""
    if is_box(kind):
        return Nested(kind).expected
    if domain := _domain(kind):
        return domain.expected
    name = getattr(kind, "__qualname__", str(kind)) if isinstance(kind, type) else str(kind)
    return Words(name, name)


# -- unstructuring --------------------------------------------------------------------------------------


def _unstructure_box(cls: Any, converter: cattrs.Converter) -> Callable[[Any], dict[str, Any]]:
    """Write every field, even if the converter leaves out defaults elsewhere: a report must state its edition."""
    return make_dict_unstructure_fn(cls, converter, _cattrs_omit_if_default=False)


def _fields_of(item: Any, converter: cattrs.Converter) -> dict[str, Any]:
    """Return the fields of a finding, a term or a fault; an amount as text, whatever the converter does elsewhere."""
    return {name: _plain(getattr(item, name), converter) for name in attrs.fields_dict(type(item))}


def _plain(value: Any, converter: cattrs.Converter) -> Any:
    return str(value) if isinstance(value, Decimal) else converter.unstructure(value)


def _term_hook(_: Any, converter: cattrs.Converter) -> Callable[[Term], dict[str, Any]]:
    return lambda term: _fields_of(term, converter)


def _finding_hook(_: Any, converter: cattrs.Converter) -> Callable[[Finding], dict[str, Any]]:
    def unstructure(finding: Finding) -> dict[str, Any]:
        plain = _fields_of(finding, converter)
        message = plain.pop("text")
        difference = _plain(finding.difference, converter)
        return {**plain, "difference": difference, "message": message, "pointer": finding.at.pointer}

    return unstructure


def _fault_hook(_: Any, converter: cattrs.Converter) -> Callable[[Fault], dict[str, Any]]:
    def unstructure(fault: Fault) -> dict[str, Any]:
        return {**_fields_of(fault, converter), "message": {lang: fault.message(lang) for lang in LANGUAGES}}

    return unstructure


def _findings_hook(_: Any, converter: cattrs.Converter) -> Callable[[Findings], dict[str, Any]]:
    def unstructure(findings: Findings) -> dict[str, Any]:
        return {"verdict": findings.verdict.value, "findings": [*map(converter.unstructure, findings.items)]}

    return unstructure
