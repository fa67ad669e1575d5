"""Tests of sheets: where in a document something stands."""

from gkformat import Address
from gkformat.base.place import NOWHERE, Place
from gkformat.readers.sheet import Entry, Sheet

ROW = "requests.newly_received"


def test_box_stands_where_its_cells_do_and_an_absent_cell_where_its_row_does() -> None:
    places = [Place(table=2, row=4, column=3), Place(table=2, row=4, column=5)]
    names = "natural_person", "total"
    cells = [Entry(f"{ROW}.{name}", "1", place=place) for name, place in zip(names, places, strict=True)]
    absent = Entry(f"{ROW}.legal_person.other", "", "absent")
    sheet = Sheet("html", cells=(*cells, absent), texts=(Entry("overview", "文", place=Place(line=7)),))
    assert sheet.place_of(Address(f"{ROW}.total")) == places[1]
    assert sheet.place_of(Address(ROW)) == Place.common(places)
    assert sheet.place_of(absent.at) == Place.common(places)
    inside = Entry(f"{ROW}.legal_person.research_institution", "1", place=Place(table=2, row=9, column=9))
    assert Sheet("html", cells=(*cells, inside, absent)).place_of(absent.at) == inside.place
    assert sheet.place_of(Address("overview")) == Place(line=7)
    assert Sheet("html", cells=(absent,)).place_of(absent.at) == NOWHERE
