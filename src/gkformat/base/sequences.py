"""Frozen classes that are sequences of their items."""

from collections.abc import Iterator, Sequence
from typing import TypeVar, overload

T_co = TypeVar("T_co", covariant=True)


class ItemSequence(Sequence[T_co]):
    """A base for classes with a tuple `items` and more to say: iterating, counting and indexing go to the items."""

    __slots__ = ()

    items: tuple[T_co, ...]

    def __iter__(self) -> Iterator[T_co]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    @overload
    def __getitem__(self, index: int) -> T_co: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[T_co, ...]: ...
    def __getitem__(self, index: int | slice) -> T_co | tuple[T_co, ...]:
        return self.items[index]
