"""Addresses of boxes and cells in a report: one notation for findings, JSON errors, marks and the command line."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol, TypeVar, overload

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
D = TypeVar("D")


class Address(str):
    """A dotted path of field names from the root of a box, such as `requests.outcomes.total.natural_person`.

    The empty address is the box itself. List items count from 0: `marks.0.at`.
    """

    __slots__ = ()

    @classmethod
    def of(cls, steps: Iterable[str]) -> "Address":
        """Return the address that takes these steps."""
        return cls(".".join(steps))

    @property
    def steps(self) -> tuple[str, ...]:
        """The field names along the path."""
        return tuple(self.split(".")) if self else ()

    @property
    def pointer(self) -> str:
        """The JSON Pointer (RFC 6901) to the same place."""
        return json_pointer(self.steps)

    def child(self, inner: str) -> "Address":
        """Return the address of something inside, given its address relative to this one."""
        if not inner:
            return self
        return Address(f"{self}.{inner}" if self else inner)

    def relative_to(self, outer: str) -> "Address":
        """Return this address as seen from an outer one, which must contain it; `child` puts the two together again."""
        return Address(self[len(outer) :].removeprefix("."))

    def within(self, outer: str) -> bool:
        """Return True if this address is `outer` or lies inside it."""
        return not outer or self == outer or self.startswith(outer + ".")


class AddressDict(dict[Address, T]):
    """A dict by address, in which a plain string finds what its address does, for type checkers too."""

    __slots__ = ()

    if TYPE_CHECKING:

        def __getitem__(self, at: str, /) -> T: ...
        @overload
        def get(self, at: str, default: None = None, /) -> T | None: ...
        @overload
        def get(self, at: str, default: T | D, /) -> T | D: ...
        def get(self, at: str, default: T | D | None = None, /) -> T | D | None:
            """Return the value at an address."""


class ByAddress(Protocol[T_co]):
    """A mapping by address: its keys may be addresses or plain strings, which the keys of `Mapping` may not."""

    def items(self) -> Iterable[tuple[str, T_co]]:
        """Return addresses with their values."""
        ...

    def __contains__(self, at: object, /) -> bool: ...


def json_pointer(steps: Iterable[str]) -> str:
    """Return the JSON Pointer (RFC 6901) that takes these steps, which may be any keys, not only field names."""
    return "".join("/" + step.replace("~", "~0").replace("/", "~1") for step in steps)
