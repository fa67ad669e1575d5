"""The notation in which a form is written down: one class a box, one attribute a line, in printed order.

`@form` turns such a class into a frozen, slotted, keyword-only attrs class that refuses a wrong shape and records
everything else. The field words keep the printed label as attrs metadata; nothing here knows any particular form.
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
from gkformat.base.frozen import frozen
from gkformat.base.words import Words
from gkformat.notation.codegen import function, once_it_pays
from gkformat.notation.domains import OUT_OF_RANGE, WRONG_TYPE, Choice, Domain, Integer, Money, String

T = TypeVar("T")
Word = Literal["title", "section", "band", "row", "column", "total", "prose", "kept"]
_KEY = "gkformat"


@frozen
class Printed:
    """What the form prints where a field stands; `rule` names the equation family of a total.

    A field that is `kept` is not printed at all: the edition, the marks.
    """

    word: Word
    label: str
    rule: str = ""
    note: str = ""
    covers: tuple[tuple[str, ...], ...] = ()
    cites: Article | None = None


@frozen
class Balance:
    """An equation that the form prints above a table: `text` in field names, `says` as it is printed."""

    text: str
    rule: str
    says: str

    @property
    def sides(self) -> tuple[tuple[Address, ...], tuple[Address, ...]]:
        """The terms to the left and to the right of the sign of equality."""
        left, right = (tuple(Address(term.strip()) for term in side.split("+")) for side in self.text.split("=="))
        return left, right


@frozen
class Declaration:
    """What is declared of a box as a whole: its heading, its corner, its balances, and of a root its notice."""

    heading: str = ""
    corner: str = ""
    balances: tuple[Balance, ...] = ()
    notice: Notice | None = None


@frozen
class Items:
    """The domain of a tuple field: values of one class, `most` at most.

    The bound keeps a hostile payload from taking minutes; it is far above what a form has places for.
    """

    type: type
    most: int = 1000

    def refusal(self, value: object) -> str | None:
        """The structural rule that the value breaks, if any."""
        if type(value) is not tuple or any(type(item) is not self.type for item in value):
            return WRONG_TYPE
        return None if len(value) <= self.most else OUT_OF_RANGE

    @property
    def expected(self) -> Words:
        """The domain in words."""
        name = self.type.__name__
        return Words(f"至多 {self.most} 个 {name} 组成的数组", f"an array of at most {self.most} {name}")


@frozen
class Inner:
    """The domain of a field that holds a box."""

    type: type

    def refusal(self, value: object) -> str | None:
        """The structural rule that the value breaks, if any."""
        return None if type(value) is self.type else WRONG_TYPE

    @property
    def expected(self) -> Words:
        """The domain in words."""
        return Words(f"对象（{self.type.__name__}）", f"an object ({self.type.__name__})")


# -- field words ---------------------------------------------------------------------------------------


def title(label: str) -> Any:
    """A thing that the title of the report names."""
    return _field(Printed("title", label))


def section(label: str) -> Any:
    """A numbered section of the report that is a table."""
    return _field(Printed("section", label))


def band(label: str, *, of: Act) -> Any:
    """A part of a table that is headed by a place in an act, which it cites."""
    return _field(Printed("band", label, cites=Article(of, label)))


def row(label: str) -> Any:
    """A row, or a group of rows."""
    return _field(Printed("row", label))


def column(label: str) -> Any:
    """A column, or a group of columns."""
    return _field(Printed("column", label))


def total(label: str, *, rule: str) -> Any:
    """The sum of the rows or columns above it in the same box; `rule` names the family of that equation."""
    return _field(Printed("total", label, rule=rule))


def prose(label: str, *, note: str = "", covers: tuple[tuple[str, ...], ...] = ()) -> Any:
    """A text, empty unless given. `note` is what the form prints in its place, where it asks for a text.

    `covers` are the things of which the notice asks the text to speak: each by its name there, and behind it other
    words that tell that a text speaks of it, which are ours.
    """
    return _field(Printed("prose", label, note=note, covers=covers), default="")


def _field(printed: Printed, default: Any = attrs.NOTHING) -> Any:
    return attrs.field(default=default, metadata={_KEY: printed})


_KEPT = Printed("kept", "")

# -- class decorators ----------------------------------------------------------------------------------


# `prose` is left out of the field specifiers: a type checker then takes what it returns for a default, which it is.
@overload
@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(title, section, band, row, column, total))
def form(cls: type[T], /) -> type[T]: ...
@overload
@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(title, section, band, row, column, total))
def form(heading: str = "", /, *, corner: str = "") -> Callable[[type[T]], type[T]]: ...
def form(cls_or_heading: Any = "", /, *, corner: str = "") -> Any:
    """Make a box of the form.

    The optional heading is what the form prints above the columns of the box; `corner` is what it prints above
    the labels of the rows.

    The constructor raises `Malformed`, with addresses relative to the box, where a value is not of its kind. It
    judges nothing else: a total that is wrong can be held.
    """
    if isinstance(cls_or_heading, type):
        return make(cls_or_heading, Declaration())
    return lambda cls: make(cls, Declaration(heading=cls_or_heading, corner=corner))


def balance(text: str, *, rule: str, says: str) -> Callable[[type[T]], type[T]]:
    """Declare a relation that the form prints above the table of the box, in field names and in its own words.

    It stands below `@form`, and is resolved when the class is made.
    """

    def declare(cls: type[T]) -> type[T]:
        balances = (Balance(text, rule, says), *getattr(cls, "__balances__", ()))
        setattr(cls, "__balances__", balances)  # noqa: B010 - unknown to type checkers
        return cls

    return declare


def make(cls: type[T], declaration: Declaration, answer: Callable[[Any], None] | None = None) -> type[T]:
    """Make a box of a class; `answer` is called with each new object once its shape is right."""
    balances: tuple[Balance, ...] = getattr(cls, "__balances__", ())
    corner = declaration.corner or (balances[0].says if balances else "")
    bare: Any = cls
    bare.__form__ = attrs.evolve(declaration, corner=corner, balances=balances)
    bare.__init_subclass__ = classmethod(_refuse_subclass)
    bare.__attrs_post_init__ = _checked if answer is None else _answering(answer)
    # Without a slot for weak references a report is a tenth smaller; nobody keeps weak references to numbers.
    box = frozen(kw_only=True, weakref_slot=False)(bare)
    attrs.resolve_types(box, include_extras=True)
    fields(box)  # raises TypeError for what may stand in no form
    _refuse_dangling(box, balances)
    return cast("type[T]", box)


def _refuse_subclass(cls: type, /, **_: object) -> None:
    raise TypeError(f"{cls.__name__}: a box of the form cannot be subclassed; write your own class that holds one")


def _refuse_dangling(cls: type, balances: tuple[Balance, ...]) -> None:
    for equation in balances:
        for term in (term for side in equation.sides for term in side):
            owner: Any = cls
            for step in term.steps:
                if not is_box(owner) or step not in attrs.fields_dict(owner):
                    raise TypeError(f"{cls.__name__}: {equation.text!r} names {term!r}, which is not there")
                owner = attrs.fields_dict(owner)[step].type


# -- reading a declaration -----------------------------------------------------------------------------


def is_box(cls: object) -> bool:
    """Whether this is a class made by `@form`."""
    return hasattr(cls, "__form__")


def declaration(cls: type) -> Declaration:
    """What was declared of the box as a whole."""
    found: Declaration = getattr(cls, "__form__")  # noqa: B009 - put there by `make`, unknown to type checkers
    return found


def fields(cls: type) -> Sequence[tuple[str, Printed, Domain | Items | Inner, bool]]:
    """The fields of a box in printed order: name, what is printed, domain, and whether one must be given."""
    return _fields(cast("Any", cls))


@cache
def _fields(cls: Any) -> Sequence[tuple[str, Printed, Domain | Items | Inner, bool]]:
    return [
        (
            attribute.name,
            attribute.metadata.get(_KEY, _KEPT),
            _domain(attribute.type),
            attribute.default is attrs.NOTHING,
        )
        for attribute in attrs.fields(cls)
    ]


def _domain(annotation: Any) -> Domain | Items | Inner:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return next(extra for extra in arguments if isinstance(extra, Integer | Money | String))
    if origin is Literal:
        return Choice(arguments, rule="unknown-edition")
    if origin is tuple:
        return Items(arguments[0])
    if is_box(annotation):
        return Inner(annotation)
    raise TypeError(f"{annotation!r} is neither a cell nor a box")


# -- the check of a class ------------------------------------------------------------------------------


def _checked(box: Any) -> None:
    """Refuse a new object that has not the shape of its class."""
    _checker(type(box))(box)


def _answering(answer: Callable[[Any], None]) -> Callable[[Any], None]:
    def answered(box: Any) -> None:
        _checked(box)
        answer(box)

    return answered


def _check(box: Any) -> None:
    faults = []
    for name, printed, domain, _ in fields(type(box)):
        value = getattr(box, name)
        if rule := domain.refusal(value):
            faults.append(Fault(rule, Address(name), printed.label, excerpt(value), domain.expected))
    if faults:
        raise Malformed(faults)


def _plain_checker(_: type) -> Callable[[Any], None]:
    return _check


@once_it_pays(_plain_checker)
def _checker(cls: type) -> Callable[[Any], None]:
    """One function that tests all fields of a new object, made from their domains.

    A validator per field would cost five times as much (measured); the test of an integer is written out for the
    same reason, from the bounds of its domain.
    """
    domains = {name: domain for name, _, domain, _ in fields(cls)}
    tests = [_test(f"self.{name}", f"domains[{name!r}]", domain) for name, domain in domains.items()]
    lines = [f"if not ({' and '.join(tests)}):", "    check(self)"]
    return function(f"check_{cls.__name__}", "self", lines, {"domains": domains, "check": _check})


def _test(value: str, domain_name: str, domain: Domain | Items | Inner) -> str:
    match domain:
        case Integer(minimum, maximum):
            return f"type({value}) is int and {minimum} <= {value} <= {maximum}"
        case Inner():
            return f"type({value}) is {domain_name}.type"
        case _:
            return f"{domain_name}.refusal({value}) is None"
