"""JSON that commands print."""

from typing import Any

import attrs

from gkformat.base.place import Place
from gkformat.codec import dumps, unstructure


def json_lines(value: Any, *, indent: int | None = None) -> list[str]:
    """Return the lines of a value in JSON. A file name that UTF-8 cannot hold is written as JSON escapes."""
    try:
        written = dumps(value, indent=indent)
    except UnicodeEncodeError:
        written = dumps(_encodable(unstructure(value)), indent=indent)
    return written.split("\n")


def plain_place(place: Place) -> dict[str, Any] | None:
    """Return what is known of a place in a document that is not JSON, for JSON: numbers, and words."""
    known = {name: value for name, value in attrs.asdict(place).items() if value}
    return {**known, "words": unstructure(place.words)} if known else None


def _encodable(value: Any) -> Any:
    match value:
        case str():
            return value.encode("utf-8", "backslashreplace").decode()
        case dict():
            return {_encodable(key): _encodable(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_encodable(inner) for inner in value]
        case _:
            return value
