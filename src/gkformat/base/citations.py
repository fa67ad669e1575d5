"""Acts, articles and notices, as cited by a form or a rule."""

from datetime import date

from gkformat.base.frozen import frozen


@frozen
class Act:
    """An act or regulation."""

    title: str
    number: str
    in_force: date

    def __str__(self) -> str:
        return f"《{self.title}》（{self.number}）"


@frozen
class Article:
    """A place in an act, written the way the act is cited: `第二十条第（一）项`."""

    act: Act
    place: str

    def __str__(self) -> str:
        return f"《{self.act.title}》{self.place}"


@frozen
class Notice:
    """A notice that prescribes an edition of the form."""

    title: str
    number: str

    def __str__(self) -> str:
        return f"《{self.title}》（{self.number}）"
