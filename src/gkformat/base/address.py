"""Where a thing stands in a report: one notation for findings, JSON errors, marks and the command line."""

from collections.abc import Iterable


class Address(str):
    """A dotted path of field names from the root of a box, such as `requests.outcomes.total.natural_person`.

    The empty address is the box itself. Items of a list are counted from 0: `marks.0.at`.
    """

    __slots__ = ()

    @classmethod
    def of(cls, steps: Iterable[str]) -> "Address":
        """The address that takes these steps."""
        return cls(".".join(steps))

    @property
    def steps(self) -> tuple[str, ...]:
        """The field names on the way."""
        return tuple(self.split(".")) if self else ()

    @property
    def pointer(self) -> str:
        """The JSON Pointer (RFC 6901) of the same place."""
        return pointer(self.steps)

    def child(self, inner: str) -> "Address":
        """The address of something inside, given by its address from here."""
        if not inner:
            return self
        return Address(f"{self}.{inner}" if self else inner)

    def within(self, outer: str) -> bool:
        """Whether it is `outer` or stands inside of it."""
        return not outer or self == outer or self.startswith(outer + ".")


def pointer(steps: Iterable[str]) -> str:
    """The JSON Pointer (RFC 6901) that takes these steps; they may be any keys, not only field names."""
    return "".join("/" + step.replace("~", "~0").replace("/", "~1") for step in steps)
