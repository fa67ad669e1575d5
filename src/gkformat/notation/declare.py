"""The notation in which a form is declared: one class per box, one attribute per row or column, in printed order.

`@form` turns such a class into a frozen, slotted, keyword-only attrs class that refuses values of the wrong shape and
records everything else. The field words store the printed label as attrs metadata. Nothing here knows a particular
form.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import (
    Annotated,
    Any,
    Literal,
    TypeVar,
    cast,
    dataclass_transform,
    get_args,
    get_origin,
    overload,
)

import attrs

from gkformat.base.address import Address
from gkformat.base.citations import Act, Article, Notice
from gkformat.base.errors import Fault, Malformed, excerpt
from gkformat.base.families import FAMILIES
from gkformat.base.frozen import frozen
from gkformat.base.late import announce, late
from gkformat.base.words import Words
from gkformat.notation.codegen import compile_function, tiered
from gkformat.notation.domains import OUT_OF_RANGE, WRONG_TYPE, Choice, Domain, Integer, Money, String

T = TypeVar("T")
FieldKind = Literal["title", "section", "band", "row", "column", "total", "prose", "unprinted"]
_METADATA_KEY = "gkformat"


@frozen
class Printed:
    """The printed side of a field: its kind, its label, and `rule`, the equation family of a total.

    An `unprinted` field, such as the edition or the marks, does not appear on the form.
    """

    kind: FieldKind
    label: str
    rule: str = ""
    note: str = ""
    unit: str = ""
    covers: tuple[str, ...] = ()
    cites: Article | None = None


@frozen
class Balance:
    """An equation that the form prints above a table: `text` in field names, `says` as it is printed."""

    text: str
    rule: str
    says: str

    @property
    def sides(self) -> tuple[tuple[Address, ...], tuple[Address, ...]]:
        """The terms to the left and to the right of the equals sign."""
        sides = [tuple(Address(term.strip()) for term in side.split("+")) for side in self.text.split("==")]
        if len(sides) != 2:  # noqa: PLR2004 - a left and a right side
            raise TypeError(f"{self.text!r} is no equation of two sums, such as 'first + second == third'")
        return sides[0], sides[1]


@frozen
class Declaration:
    """The declaration of a box as a whole: its heading, its corner, its balances, and for a report its notice."""

    heading: str = ""
    corner: str = ""
    balances: tuple[Balance, ...] = ()
    notice: Notice | None = None


@frozen
class Items:
    """The domain of a tuple field: at most `max_items` values of one class.

    The bound keeps a hostile payload from taking minutes; it is far above the number of cells in any form.
    """

    type: type
    max_items: int = 1000

    def violation(self, value: object) -> str | None:
        """Return the structural rule that the value breaks, or `None`."""
        if type(value) is not tuple or any(type(item) is not self.type for item in value):
            return WRONG_TYPE
        return None if len(value) <= self.max_items else OUT_OF_RANGE

    @property
    def expected(self) -> Words:
        """The domain in words."""
        name = self.type.__name__
        return Words(f"至多 {self.max_items} 个 {name} 组成的数组", f"an array of at most {self.max_items} {name}")


@frozen
class Nested:
    """The domain of a field that holds a box."""

    type: type

    def violation(self, value: object) -> str | None:
        """Return the structural rule that the value breaks, or `None`."""
        return None if type(value) is self.type else WRONG_TYPE

    @property
    def expected(self) -> Words:
        """The domain in words."""
        return Words(f"对象（{self.type.__name__}）", f"an object ({self.type.__name__})")


# -- field words ---------------------------------------------------------------------------------------


def title(label: str) -> Any:
    """Declare a field that the title of the report names, such as the agency or the year."""
    return _field(Printed("title", label))


def section(label: str) -> Any:
    """Declare a numbered section of the report that is a table."""
    return _field(Printed("section", label))


def band(label: str, *, of: Act) -> Any:
    """Declare a band: a part of a table whose heading cites an article of an act."""
    return _field(Printed("band", label, cites=Article(of, label)))


def row(label: str) -> Any:
    """Declare a row or a group of rows."""
    return _field(Printed("row", label))


def column(label: str, *, unit: str = "") -> Any:
    """Declare a column or a group of columns; `unit` is the unit of money that its label prints, if any."""
    return _field(Printed("column", label, unit=unit))


def total(label: str, *, rule: str) -> Any:
    """Declare the sum of the rows or columns above it in the same box; `rule` names the family of that equation."""
    return _field(Printed("total", label, rule=rule))


def prose(label: str, *, note: str = "", covers: tuple[str, ...] = ()) -> Any:
    """Declare a text, empty by default. `note` is the instruction that the form prints in its place, if any.

    `covers` lists the topics that the notice asks the text to address, in its words.
    """
    return _field(Printed("prose", label, note=note, covers=covers), default="")


def _field(printed: Printed, default: Any = attrs.NOTHING) -> Any:
    return attrs.field(default=default, metadata={_METADATA_KEY: printed})


_UNPRINTED = Printed("unprinted", "")

# -- class decorators ----------------------------------------------------------------------------------


# `prose` is not a field specifier, so that type checkers take its result for a default value, which it provides.
@overload
@dataclass_transform(
    frozen_default=True, kw_only_default=True, field_specifiers=(title, section, band, row, column, total)
)
def form(cls: type[T], /) -> type[T]: ...
@overload
@dataclass_transform(
    frozen_default=True, kw_only_default=True, field_specifiers=(title, section, band, row, column, total)
)
def form(heading: str = "", /, *, corner: str = "") -> Callable[[type[T]], type[T]]: ...
def form(cls_or_heading: Any = "", /, *, corner: str = "") -> Any:
    """Turn a class into a box of the form.

    The optional heading is the text that the form prints above the columns of the box; `corner` is the text above the
    labels of the rows.

    The constructor raises `Malformed`, with addresses relative to the box, for values outside their domains. It checks
    nothing else: a box can hold a wrong total. Raises `TypeError` for a declaration that is not valid.
    """
    if isinstance(cls_or_heading, type):
        return make_box(cls_or_heading, Declaration())
    return lambda cls: make_box(cls, Declaration(heading=cls_or_heading, corner=corner))


def balance(text: str, *, rule: str, says: str) -> Callable[[type[T]], type[T]]:
    """Declare an equation that the form prints above the table of the box.

    `text` gives it in field names, `says` in the printed words. Write the decorator below `@form`, which resolves the
    names and raises `TypeError` for a name that is not in the box.
    """

    def declare(cls: type[T]) -> type[T]:
        if is_box(cls):
            raise TypeError(f"{cls.__name__}: write @balance below @form; above it, its equation would be lost")
        balances = (Balance(text, rule, says), *getattr(cls, "__balances__", ()))
        setattr(cls, "__balances__", balances)  # noqa: B010 - unknown to type checkers
        return cls

    return declare


def make_box(cls: type[T], declaration: Declaration, validate: Callable[[Any], None] | None = None) -> type[T]:
    """Turn a class into a box; `validate` is called with each new object after its shape was checked.

    Raises `TypeError` for a field that no form can have, for a balance that names a field which is not there, and for
    a total or a balance whose rule is no family of equations.
    """
    if is_box(cls):
        raise TypeError(f"{cls.__name__} is a box already")
    balances: tuple[Balance, ...] = getattr(cls, "__balances__", ())
    corner = declaration.corner or (balances[0].says if balances else "")
    bare: Any = cls
    bare.__form__ = attrs.evolve(declaration, corner=corner, balances=balances)
    bare.__init_subclass__ = classmethod(_forbid_subclass)
    bare.__get_pydantic_core_schema__ = classmethod(late("codec.pydantic_hooks:core_schema"))
    bare.__get_pydantic_json_schema__ = classmethod(late("codec.pydantic_hooks:json_schema"))
    bare.__attrs_post_init__ = _check_shape if validate is None else _check_shape_then(validate)
    # Without a slot for weak references a report is a tenth smaller, and nobody keeps weak references to numbers.
    box = frozen(kw_only=True, weakref_slot=False)(bare)
    attrs.resolve_types(box, include_extras=True)
    box.__doc__ = box.__doc__ or _labels_in_lines(fields(box))  # raises TypeError for a field that no form can have
    _check_rules(box, balances)
    _check_balances(box, balances)
    announce(box)
    return cast("type[T]", box)


def _labels_in_lines(fields: Sequence[tuple[str, Printed, Domain | Items | Nested, bool]]) -> str:
    """Return the fields of a box with what the form prints, which `help` shows."""
    return "\n".join(f"{name}: {printed.label}" for name, printed, _, _ in fields)


def _forbid_subclass(cls: type, /, **_: object) -> None:
    raise TypeError(f"{cls.__name__}: a box of the form cannot be subclassed; write your own class that holds one")


def _check_rules(cls: type, balances: tuple[Balance, ...]) -> None:
    totals = [printed.rule for _, printed, _, _ in fields(cls) if printed.kind == "total"]
    for rule in (*totals, *(balance.rule for balance in balances)):
        if rule not in FAMILIES or FAMILIES[rule].authority not in ("stated", "derived"):
            raise TypeError(f"{cls.__name__}: {rule!r} is no family of equations; base/families.py lists them")


def _check_balances(cls: type, balances: tuple[Balance, ...]) -> None:
    for equation in balances:
        for term in (term for side in equation.sides for term in side):
            owner: Any = cls
            for step in term.steps:
                if not is_box(owner) or step not in attrs.fields_dict(owner):
                    raise TypeError(f"{cls.__name__}: {equation.text!r} names {term!r}, which is not there")
                owner = attrs.fields_dict(owner)[step].type


# -- reading a declaration -----------------------------------------------------------------------------


def is_box(cls: object) -> bool:
    """Return True for a class made by `@form` or `@report`."""
    return isinstance(cls, type) and hasattr(cls, "__form__")


def declaration(cls: type) -> Declaration:
    """Return the declaration of a box as a whole. Raises `TypeError` for a class that is no box."""
    if is_box(cls):
        declared: Declaration = cast("Any", cls).__form__
        return declared
    if is_box(type(cls)):
        name = type(cls).__qualname__
        raise TypeError(f"应为类 {name}，实为它的一个对象 / expected the class {name}, and not an object of it")
    name = getattr(cls, "__qualname__", excerpt(cls))
    raise TypeError(
        f"{name} 不是格式中的报告、表或行，它们见 gkformat.forms.y2021"
        f" / {name} is not a box of a form: a report, a table or a row, as in gkformat.forms.y2021"
    )


def fields(cls: type) -> Sequence[tuple[str, Printed, Domain | Items | Nested, bool]]:
    """Return the fields of a box in printed order: name, printed side, domain, and True for a required field."""
    return _fields(cast("Any", cls))


@cache
def _fields(cls: Any) -> Sequence[tuple[str, Printed, Domain | Items | Nested, bool]]:
    return [
        (
            attribute.name,
            attribute.metadata.get(_METADATA_KEY, _UNPRINTED),
            _domain(attribute.type),
            attribute.default is attrs.NOTHING,
        )
        for attribute in attrs.fields(cls)
    ]


def _domain(annotation: Any) -> Domain | Items | Nested:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return next(extra for extra in arguments if isinstance(extra, Integer | Money | String))
    if origin is Literal:
        return Choice(arguments, rule="unknown-edition")
    if origin is tuple:
        return Items(arguments[0])
    if is_box(annotation):
        return Nested(annotation)
    raise TypeError(f"{annotation!r} is neither a cell nor a box")


# -- the check of a class ------------------------------------------------------------------------------


def _check_shape(box: Any) -> None:
    """Raise `Malformed` for a new object that does not have the shape of its class."""
    _shape_check(type(box))(box)


def _check_shape_then(validate: Callable[[Any], None]) -> Callable[[Any], None]:
    def post_init(box: Any) -> None:
        _check_shape(box)
        validate(box)

    return post_init


def _raise_faults(box: Any) -> None:
    faults = []
    for name, printed, domain, _ in fields(type(box)):
        value = getattr(box, name)
        if rule := domain.violation(value):
            faults.append(Fault(rule, Address(name), printed.label, excerpt(value), domain.expected))
    if faults:
        raise Malformed(faults)


def _baseline_check(_: type) -> Callable[[Any], None]:
    return _raise_faults


@tiered(_baseline_check)
def _shape_check(cls: type) -> Callable[[Any], None]:
    """Compile one function that tests all fields of a new object.

    A validator per field costs five times as much (measured). For the same reason the test of an integer is written
    out, with the bounds of its domain.
    """
    domains = {name: domain for name, _, domain, _ in fields(cls)}
    tests = [value_test(f"self.{name}", f"domains[{name!r}]", domain) for name, domain in domains.items()]
    lines = [f"if not ({' and '.join(tests)}):", "    check(self)"]
    return compile_function(f"check_{cls.__name__}", "self", lines, {"domains": domains, "check": _raise_faults})


def value_test(value: str, domain_name: str, domain: Domain | Items | Nested) -> str:
    """Return the source of a test for a value; `value` and `domain_name` are expressions in that source."""
    match domain:
        case Integer(minimum, maximum):
            return f"type({value}) is int and {minimum} <= {value} <= {maximum}"
        case Nested():
            return f"type({value}) is {domain_name}.type"
        case _:
            return f"{domain_name}.violation({value}) is None"
