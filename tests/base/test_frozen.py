"""`frozen` against attrs: classes that share their methods behave like those that do not."""

import attrs
import pytest

from gkformat.base.frozen import frozen


@frozen
class Thing:
    name: str
    number: int
    hidden: int = attrs.field(default=0, repr=False)
    apart: int = attrs.field(default=0, eq=False)


@attrs.frozen
class Model:
    name: str
    number: int
    hidden: int = attrs.field(default=0, repr=False)
    apart: int = attrs.field(default=0, eq=False)


def test_shared_methods_agree_with_those_of_attrs() -> None:
    one, same, other = Thing("a", 1), Thing("a", 1, apart=9), Thing("a", 2)
    assert one == same != other != one
    assert hash(one) == hash(same)
    assert len({one, same, other, Thing("a", 1, hidden=1)}) == len(
        {Model("a", 1), Model("a", 2), Model("a", 1, hidden=1)}
    )
    others: list[object] = [("a", 1, 0, 0), Model("a", 1)]
    assert one not in others
    assert repr(one).replace("Thing", "Model") == repr(Model("a", 1))
    assert attrs.asdict(attrs.evolve(one, number=3)) == attrs.asdict(Model("a", 3))
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        one.number = 2  # type: ignore[misc]


def test_frozen_class_keeps_a_method_of_its_own() -> None:
    @frozen(kw_only=True)
    class Named:
        name: str

        def __repr__(self) -> str:
            return self.name

    assert repr(Named(name="a")) == "a"
    assert Named(name="a") == Named(name="a")


def test_frozen_class_without_equality_compares_by_identity() -> None:
    @frozen(eq=False)
    class Variable:
        name: str

    one, same = Variable("a"), Variable("a")
    assert one != same
    assert len({one, same}) == 2
    assert repr(one).endswith("Variable(name='a')")
