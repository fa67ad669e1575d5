"""Fuzz the readers: for any file, they return a complete reading or say why not, and never fail in another way.

`tests/laws/test_fuzz.py` tries a few inputs in every run of the tests. This script tries as many as there is time for:

    python -m pip install atheris
    python tests/fuzz_readers.py word -max_total_time=60

The options are those of libFuzzer. If files are given too, only these inputs are tried. An input is what our own code
reads: the parts of a package without the archive, the marks on a page without the PDF, any other file as it is.
Damage at random would end in the libraries that open files; what changes here are elements, lines and numbers.
"""

import importlib
import json
import re
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from io import BytesIO
from itertools import chain
from pathlib import Path
from random import Random
from unittest.mock import patch

from attrs import frozen

import papers
from fuzz import instrument
from gkformat import EDITIONS, Malformed, Reading, Unreadable, dumps, loads, read
from gkformat.base.words import LANGUAGES
from gkformat.notation.outline import numbers
from gkformat.readers.detect import is_json
from gkformat.readers.document import Document
from gkformat.readers.files.pdf import page as pdf_page
from gkformat.readers.files.pdf.assembly import assemble
from gkformat.readers.files.pdf.extraction import RawGlyph, RawPage, extract
from growth.attacks import ATTACKS
from packages import packed
from pdf_layouts import Layout, printed
from pdf_pages import GRID_LINES, drawn_pdf
from readings import read_blocks, read_here, report

# -- the target ----------------------------------------------------------------------------------------


def attempt(data: bytes) -> None:
    """Read a file, and fail if the library breaks a promise that it makes for any file."""
    _attempt(_read, data)


def _read(data: bytes) -> Reading:
    return read(data) if is_json(data) else read_here(data)  # here, where coverage and mistakes are seen


def _attempt(reader: Callable[[bytes], Reading], data: bytes) -> None:
    try:
        reading = reader(data)
    except (Unreadable, Malformed) as error:
        _assert_in_two_languages(error)
        return
    sheet = reading.sheet
    known = [EDITIONS[sheet.edition]] if sheet.edition else EDITIONS.values()
    assert any([entry.at for entry in sheet.cells] == [*numbers(edition.report)] for edition in known)
    assert json.loads(dumps(sheet))["kind"] == sheet.kind
    assert all(finding.message(lang) for finding in reading.findings for lang in LANGUAGES)
    opened = [entry for entry in sheet.cells if entry.is_unclear]
    assert reading.findings.items or not opened, "a cell is left open without a word"
    if reading.report is None:
        assert reading.findings.items
    else:
        assert loads(dumps(reading.report)) == reading.report


def _assert_in_two_languages(error: Exception) -> None:
    assert " / " in str(error)


# -- inputs of each kind -------------------------------------------------------------------------------

ELEMENTS = re.compile(rb"<[^<>]*>|[^<>]+|[<>]")
CELLS = re.compile(rb"<[^<>]*>|[|,\t\n]|[^<>|,\t\n]+|[<>]")
LINES = re.compile(rb"[^\n]*\n?")


@frozen
class Kind:
    """A kind of input: its seeds, what it is put together from, and how it is tried."""

    seeds: Callable[[], Iterator[bytes]]
    tokens: re.Pattern[bytes]
    attempt: Callable[[bytes], None] = attempt


def _files(kind: str) -> Iterator[bytes]:
    """Yield reports of both editions as files of a kind."""
    for name in ("suqian-2024", "shanghai-office-2019"):
        paper = papers.document(report(name))
        yield from (make(paper) for made, make in papers.KINDS.values() if made == kind)


def _attacks(kind: str) -> Iterator[bytes]:
    return (attack(15) for name, attack in ATTACKS.items() if name.startswith(kind))


_PARTS = re.compile(r"word/document\.xml|docProps/core\.xml|xl/(?!theme).*")
"""The parts of a package that are read."""

_LONGEST_NAME = 1000
"""More bytes of a name than one of a part has; an archive takes no more than 65,535."""


def _parts(file: bytes) -> bytes:
    """Return the parts of a package one after the other, each after its name."""
    with zipfile.ZipFile(BytesIO(file)) as archive:
        names = [name for name in archive.namelist() if _PARTS.fullmatch(name)]
        return b"\0".join(part for name in names for part in (name.encode(), archive.read(name)))


def _attempt_parts(source: bytes) -> None:
    parts = source.split(b"\0")
    names = (name[:_LONGEST_NAME].decode("ascii", "replace") or "-" for name in parts[::2])
    attempt(packed(dict(zip(names, parts[1::2], strict=False))))


def _packages(kind: str, member: bytes) -> Iterator[bytes]:
    yield from map(_parts, _files(kind))
    yield from (parts for parts in map(_parts, _attacks("package")) if member in parts)


LAYOUTS = (Layout(), Layout(rules="none"), Layout(turn=90, repeated=True), Layout(rules="dashes", cut=True))


def _pages() -> Iterator[bytes]:
    """Yield pages of reports, alone and in twos, as lines: each a kind of mark, its character or none, its numbers."""
    small = drawn_pdf((105, 112, "规章"), (210, 112, "1"), (240, 112, "2"), (105, 145, "总计"), lines=GRID_LINES)
    yield from map(_marks, extract(small)[0])
    for layout in LAYOUTS:
        pages = [*map(_marks, extract(printed(report(), layout))[0])]
        yield from pages
        yield pages[0] + pages[1]


def _marks(page: RawPage) -> bytes:
    marks = [("page", "", page.box), *(("glyph", text, place) for text, *place in page.glyphs)]
    marks += [(kind, "", box) for kind in ("lines", "pictures") for box in getattr(page, kind)]
    return "".join(f"{kind}\t{text}\t{' '.join(f'{n:g}' for n in place)}\n" for kind, text, place in marks).encode()


def _attempt_pages(source: bytes) -> None:
    _attempt(_read_pages, source)


def _read_pages(source: bytes) -> Reading:
    pages: list[RawPage] = []
    for line in source.decode("utf-8", "replace").split("\n"):
        kind, text, place = (line.split("\t") + [""] * 2)[:3]
        box = tuple(round(float(number), 2) for number in re.findall(r"-?\d{1,6}(?:\.\d+)?", place))
        if kind == "page" and len(box) == 4:
            pages.append(RawPage(box, [], [], []))
        elif kind == "glyph" and pages and len(text) == 1 and len(box) == 8:
            pages[-1].glyphs.append(RawGlyph(text, *box))
        elif kind in RawPage._fields[2:] and pages and len(box) == 4:
            getattr(pages[-1], kind).append(box)
    with patch.object(pdf_page, "extract", lambda _: (pages, ())):
        upright, _ = pdf_page.read_pages(source)
    return read_blocks(Document("pdf", assemble(upright)))


KINDS: Mapping[str, Kind] = {
    "word": Kind(lambda: _packages("word", b"word/document.xml"), ELEMENTS, _attempt_parts),
    "spreadsheet": Kind(lambda: _packages("spreadsheet", b"xl/workbook.xml"), ELEMENTS, _attempt_parts),
    "html": Kind(lambda: chain(_files("html"), _attacks("page")), ELEMENTS),
    "mhtml": Kind(lambda: _files("mhtml"), ELEMENTS),
    "markdown": Kind(lambda: chain(_files("markdown"), _attacks("markdown")), CELLS),
    "csv": Kind(lambda: _files("csv"), CELLS),
    "text": Kind(lambda: chain(_files("text"), _attacks("text")), CELLS),
    "pdf": Kind(_pages, LINES, _attempt_pages),
}


@cache
def seeds(kind: str) -> Sequence[bytes]:
    """Return the inputs from which all others of a kind are made."""
    return [*KINDS[kind].seeds()]


# -- inputs that are nearly valid ----------------------------------------------------------------------

Tokens = list[bytes]
Mutation = Callable[[Tokens, Tokens, Random], None]

NUMBERS = [b"0", b"1", b"2", b"-1", b"9", b"46", b"99", b"0.5", b"1e9", b"1.5e-7", b"01", b"2000", b"99999", b"9" * 20]
TEXTS = [
    "",
    "/",
    "-",
    "〇",
    "1 2",
    "1,234",
    "22（其中修订16件）",
    "１２",
    "约20",
    "4e5",
    "&lt;table",
    "&#160;",
    "_x005F_x0041_",
]
TEXTS += [
    "\u2028",
    "\u3000",
    "\u202e",
    "\u0307",
    "规章",
    "合计",
    "一、总体情况",
    "三、本年度办理结果",
    "（一）予以公开",
]


def _span(made: Tokens, random: Random) -> slice:
    """Choose some tokens one after the other; an element is taken with all that is in it."""
    start = stop = random.randrange(len(made))
    for _ in range(random.choice([1, 1, 1, 2, 5, 20])):
        depth = 0
        for token in made[stop:]:
            depth += _opens(token)
            if depth < 0:
                return slice(start, stop)
            stop += 1
            if depth == 0:
                break
    return slice(start, stop)


def _opens(token: bytes) -> int:
    """Return 1 for a tag that begins an element, -1 for one that ends it, and 0 for anything else."""
    if not token.startswith(b"<") or token.startswith((b"<?", b"<!")) or token.endswith(b"/>"):
        return 0
    return -1 if token.startswith(b"</") else 1


def remove(made: Tokens, _: Tokens, random: Random) -> None:
    """Delete a span."""
    del made[_span(made, random)]


def repeat(made: Tokens, _: Tokens, random: Random) -> None:
    """Repeat a span, a short one up to forty times."""
    span = _span(made, random)
    length = span.stop - span.start
    made[span] = made[span] * min(random.choice([2, 2, 3, 40]), 2 + 400 // (length + 1))


def move(made: Tokens, other: Tokens, random: Random) -> None:
    """Put a span of this or another input before a place, or in place of another span."""
    donor = random.choice([made, other])
    given, place = donor[_span(donor, random)], _span(made, random)
    if len(given) < 2000:
        made[slice(place.start, random.choice([place.start, place.stop]))] = given


def wrap(made: Tokens, other: Tokens, random: Random) -> None:
    """Put an element around a span."""
    if opening := [token for token in random.choice([made, other]) if _opens(token) > 0]:
        tag = random.choice(opening)
        span = _span(made, random)
        made[span] = [tag, *made[span], _name(tag).replace(b"<", b"</") + b">"]


def renumber(made: Tokens, _: Tokens, random: Random) -> None:
    """Replace a number, also within a tag, by another or by one of those that are there."""
    if numbered := [place for place, token in enumerate(made) if _NUMBER.search(token)]:
        place = random.choice(numbered)
        found = random.choice([*_NUMBER.finditer(made[place])])
        near = b"%d" % (int(found[0][:9]) + random.choice([-1, 1])) if found[0].isdigit() else b"7.5"
        known = random.choice(_NUMBER.findall(made[random.choice(numbered)]))
        number = random.choice([near, known, random.choice(NUMBERS)])
        made[place] = made[place][: found.start()] + number + made[place][found.end() :]


_NUMBER = re.compile(rb"(?<![a-z\d<])\d+(?:\.\d+)?")


def reword(made: Tokens, other: Tokens, random: Random) -> None:
    """Replace a text or the value of an attribute by another that stands somewhere, or by an odd one."""
    if worded := [place for place, token in enumerate(made) if _words(token)]:
        place = random.choice(worded)
        found = random.choice(_words(made[place]))
        known = [word[0] for word in _words(random.choice(random.choice([made, other])))]
        word = random.choice([*known, random.choice(TEXTS).encode()])
        made[place] = made[place][: found.start()] + word + made[place][found.end() :]


def _words(token: bytes) -> Sequence[re.Match[bytes]]:
    return [*(_VALUE if token.startswith(b"<") else _WORD).finditer(token)]


_VALUE = re.compile(rb'(?<==")[^"]*(?=")')
_WORD = re.compile(rb"\w+|[^\x00-\x7f]+")


def attribute(made: Tokens, other: Tokens, random: Random) -> None:
    """Give an element the attributes of another, or take them away."""
    tags = [place for place, token in enumerate(made) if _opens(token) > 0 or token.endswith(b"/>")]
    donors = [token for token in random.choice([made, other]) if b"=" in token and token.startswith(b"<")]
    if tags and donors:
        place = random.choice(tags)
        attributes = random.choice([b"", *_ATTRIBUTES.findall(random.choice(donors))[:1]])
        end = b"/>" if made[place].endswith(b"/>") else b">"
        made[place] = _name(made[place]) + attributes + end


_ATTRIBUTES = re.compile(rb"""(?:\s+[\w:]+=(?:"[^"]*"|[^\s"'/>]+))+""")


def _name(tag: bytes) -> bytes:
    """Return the name of a tag, after its bracket."""
    found = re.match(rb"<[^\s/>]*", tag)
    return found[0] if found else b"<"


MUTATIONS: Sequence[Mutation] = (remove, repeat, move, wrap, renumber, reword, attribute)


def mutated(kind: str, data: bytes, other: bytes, random: Random) -> bytes:
    """Change an input in a few places, perhaps to what is in another."""
    pattern = KINDS[kind].tokens
    made, donor = ([token for token in pattern.findall(source) if token] for source in (data, other))
    for mutate in random.choices(MUTATIONS, k=random.choice([1, 2, 4, 16])):
        if made and donor:
            mutate(made, donor, random)
    return b"".join(made)


# -- with atheris --------------------------------------------------------------------------------------


def main(arguments: list[str]) -> None:
    """Try the files given, inputs of the kind that is named first; or else fuzz, from seeds that are made here."""
    name, *rest = arguments
    kind = KINDS[name]
    paths = [path for path in map(Path, rest) if path.is_file()]
    for path in paths:
        kind.attempt(path.read_bytes())
    if paths:
        return
    try:
        atheris = importlib.import_module("atheris")
    except ImportError:
        raise SystemExit("fuzzing needs atheris, install it with: python -m pip install atheris") from None

    def mutate(data: bytes, max_size: int, seed: int) -> bytes:
        random = Random(seed)
        if random.randrange(10) == 0:
            return bytes(atheris.Mutate(data, max_size))
        return mutated(name, data, random.choice(seeds(name)), random)[:max_size]

    own = Path(tempfile.mkdtemp(prefix="gkformat-fuzz-"))
    found = own / "inputs"
    found.mkdir()
    for number, seed in enumerate(seeds(name)):
        (found / f"seed-{number}").write_bytes(seed)
        kind.attempt(seed)  # so that what is imported and generated on first use can be instrumented
    instrument(atheris, "gkformat")
    options = [f"-artifact_prefix={own}/", "-timeout=60", "-max_len=500000", "-rss_limit_mb=4096"]
    atheris.Setup([sys.argv[0], *options, str(found), *rest], kind.attempt, custom_mutator=mutate)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
