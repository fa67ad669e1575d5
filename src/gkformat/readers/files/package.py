"""Packages of Office Open XML (DOCX, XLSX): their parts, unpacked and parsed within limits.

Expat reports one element at a time and builds no tree, so a part needs no more memory than what a reader keeps of it.
What a package says about its own sizes is not believed.
"""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import NoReturn, Protocol
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from gkformat.base.errors import Unreadable
from gkformat.base.words import Words
from gkformat.readers.limits import DEPTH, PARTS

Attributes = Mapping[str, str]


class PartReader(Protocol):
    """What is done with the elements of a part. `path` are the names from the outermost element to the one at hand.

    A name is that in the main namespace of the part, or else a namespace, a blank, and the name in it.
    """

    def start(self, path: Sequence[str], attributes: Attributes, /) -> None:
        """Take the beginning of an element."""

    def end(self, path: Sequence[str], /) -> None:
        """Take the end of an element."""

    def text(self, path: Sequence[str], text: str, /) -> None:
        """Take a piece of the text of an element, which may come in several."""


class Package:
    """A package whose parts are read by their names."""

    def __init__(self, data: bytes) -> None:
        self._archive = ZipFile(BytesIO(data))
        self.names = frozenset(self._archive.namelist())
        self._left = PARTS

    def part(self, name: str) -> bytes:
        """Return a part, which must be one of `names`.

        Raises `Unreadable` if it has, with those before, more than `PARTS` bytes, or is compressed in a way that the
        format does not know: only deflated data can be unpacked piece by piece.
        """
        member = self._archive.getinfo(name)
        if member.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
            raise Unreadable(
                Words(f"{name} 的压缩方式不属于该格式", f"{name} is compressed in a way that this format does not have")
            )
        with self._archive.open(member) as file:
            found = file.read(self._left + 1)
        self._left -= len(found)
        if self._left < 0:
            raise Unreadable(
                Words(f"文件过大：解压后超过 {PARTS} 字节", f"the file is too large: more than {PARTS} bytes unpacked")
            )
        return found


_STRICT = "http://purl.oclc.org/ooxml/"
"""How the namespaces of strict packages begin; those of transitional ones, which most are, have a year in them."""


def is_strict(xml: bytes) -> bool:
    """Check whether a part has names in the namespaces of strict packages."""
    return _STRICT.encode() in xml


def transitional(name: str) -> str:
    """Return the name that an element or an attribute of a strict package has in a transitional one."""
    if not name.startswith(_STRICT):
        return name
    area, _, rest = name.removeprefix(_STRICT).partition("/")
    return f"http://schemas.openxmlformats.org/{area}/2006/{rest}"


def parse_part(xml: bytes, namespace: str, reader: PartReader) -> None:
    """Parse a part whose main namespace, as transitional packages have it, is given.

    Raises `Unreadable` if its elements are nested deeper than `DEPTH`, or if it declares a document type: no part may
    have one, and its entities would expand.
    """
    path: list[str] = []
    main = f"{namespace} "
    strict = is_strict(xml)

    def start(name: str, attributes: Attributes) -> None:
        if strict:
            name = transitional(name)
            attributes = {transitional(each): value for each, value in attributes.items()}
        path.append(name.removeprefix(main))
        if len(path) > DEPTH:
            raise Unreadable(Words(f"文件嵌套超过 {DEPTH} 层", f"the file is nested more than {DEPTH} deep"))
        reader.start(path, attributes)

    def end(_: str) -> None:
        reader.end(path)
        path.pop()

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_document_type
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = lambda text: reader.text(path, text)
    parser.Parse(xml, True)  # noqa: FBT003 - expat names no parameters


def _refuse_document_type(*_: object) -> NoReturn:
    raise Unreadable(Words("文件声明了文档类型（DTD），不予读取", "the file declares a document type (DTD)"))
