"""Fuzz `loads`: for any input, it returns a box or says what is wrong, and never fails in another way.

`tests/laws/test_fuzz.py` tries a few inputs in every run of the tests. This script tries as many as there is time for:

    python -m pip install atheris
    python tests/fuzz.py -max_total_time=60 tests/corpus

The options are those of libFuzzer. Folders are read and never written to: inputs that reach new code, and those that
fail, go to a new folder in the temporary directory. If files are given instead, only these inputs are tried.
"""

import gc
import importlib
import json
import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from random import Random
from types import FunctionType
from typing import Any, get_args

from gkformat import EDITIONS, Finding, Inconsistent, Malformed, dumps, loads
from gkformat.base.errors import Fault
from gkformat.base.families import FAMILIES
from gkformat.base.findings import MarkKind
from gkformat.base.words import LANGUAGES
from gkformat.forms.y2021 import Requests
from gkformat.notation.outline import nodes

# -- the target ----------------------------------------------------------------------------------------

NO_JSON = object()
"""The value of a text that is not JSON."""


def attempt(data: bytes | str) -> None:
    """Read data in every way, and fail if the library breaks a promise that it makes for any input."""
    tree = _parsed(data)
    _attempt(data, tree)
    if isinstance(tree, str):
        attempt(tree)  # the value of a JSON string may itself be JSON
    elif tree is not NO_JSON:
        _attempt(tree, tree)
    if isinstance(tree, dict) and isinstance(table := tree.get("requests"), dict):
        _attempt(table, table)


def _attempt(data: Any, tree: Any) -> None:
    for cls in (None, Requests):
        for as_found in (False, True):
            _read(data, tree, cls, as_found=as_found)


def _read(data: Any, tree: Any, cls: Any, *, as_found: bool) -> None:
    try:
        box = loads(data, cls, as_found=as_found)
    except Malformed as error:
        _assert_readable(error, [*error.faults, *error.findings])
        for fault in error.faults:
            _assert_placed(fault, tree)
    except Inconsistent as error:
        _assert_readable(error, [*error.findings.broken])
        assert not as_found, "what is read as found declares what is broken"
    else:
        assert loads(dumps(box), cls) == box


def _parsed(data: bytes | str) -> Any:
    """Parse JSON text with another parser, in which the last of repeated keys counts."""
    try:
        text = data.decode("utf-8") if isinstance(data, bytes) else data
        return json.loads(text.removeprefix("\ufeff"), parse_int=_integer)
    except (ValueError, RecursionError):
        return NO_JSON


def _integer(digits: str) -> float:
    return int(digits) if len(digits) < 1000 else float(digits)


def _assert_readable(error: Exception, items: list[Fault | Finding]) -> None:
    assert str(error).encode("utf-8")
    assert items
    written = json.loads(dumps(items))
    for item, plain in zip(items, written, strict=True):
        assert plain["message"] == {lang: item.message(lang) for lang in LANGUAGES}
        assert all(plain["message"].values())


def _assert_placed(fault: Fault, tree: Any) -> None:
    """Check that the pointer of a fault leads to a value, or for a missing key to an object that lacks it."""
    parent, _, key = fault.pointer.rpartition("/")
    if fault.rule == "missing":
        assert any(isinstance(value, dict) and key not in value for value in _values_at(tree, parent)), fault
    else:
        assert _values_at(tree, fault.pointer), fault


def _values_at(tree: Any, pointer: str) -> list[Any]:
    """Return the values at a JSON Pointer: one, or several if keys differ only in what UTF-8 cannot encode."""
    values = [tree]
    for step in pointer.split("/")[1:]:
        key = step.replace("~1", "/").replace("~0", "~")
        values = [inner for value in values for name, inner in _children(value) if name == key]
    return values


def _children(value: Any) -> Iterator[tuple[str, Any]]:
    pairs: Iterable[Any] = value.items() if isinstance(value, dict) else enumerate(value if type(value) is list else ())
    return ((str(key).encode("utf-8", "backslashreplace").decode(), inner) for key, inner in pairs)


# -- inputs that are nearly valid ----------------------------------------------------------------------

Tokens = list[bytes]
Mutation = Callable[[Tokens, Tokens, Random], None]


def _as_tokens(words: Iterable[str]) -> Tokens:
    return [json.dumps(word).encode() for word in dict.fromkeys(words)]


# Every key, name and address that an input may contain, computed from the forms.
FORMS = [nodes(edition.report) for edition in EDITIONS.values()]
ADDRESSES = _as_tokens(at for form in FORMS for at in form)
KINDS = _as_tokens(get_args(MarkKind))
RULES = _as_tokens(FAMILIES)
OUTER = _as_tokens([*(at for form in FORMS for at in form if len(at.steps) == 1), "at", "kind", "text", "rule", "left"])
KEYS = _as_tokens(step for form in FORMS for at in form for step in at.steps)
ODD = [b'""', b'"0"', b'"\\ud800"', b'"~/."', '"〇"'.encode()]
WORDS = [*KEYS, *ADDRESSES, *KINDS, *RULES, *_as_tokens(EDITIONS), *OUTER, *ODD]

NUMBERS = [b"0", b"1", b"-1", b"7", b"1.5", b"1e2", b"-0.0", b"1e400", b"1e-999999999", b"1e99999999999999999999"]
NUMBERS += [b"9" * 5000, b"%d" % 2**53, b"99999999999999.999999"]
VALUES = [*NUMBERS, *ODD, b"null", b"true", b"[]", b"{}", b"[{}]", b"[0, null]", b"[" * 2000 + b"]" * 2000]
BROKEN = [b"{", b"}", b"[", b"]", b'"', b",", b":", b"01", b"NaN", b"\xff", b"\xef\xbb\xbf", b'{"a":' * 400]


def tokens(data: bytes) -> Tokens:
    """Split an input into JSON tokens, without white space."""
    return re.findall(rb'"(?:[^"\\]|\\.)*"|[-+.\w]+|\S', data, re.DOTALL)


def _member(made: Tokens, random: Random) -> slice:
    """Choose a member, a key and its value without a comma; outer keys are as likely as all inner ones together."""
    some = random.choice([OUTER, KEYS])
    keys = [place for place, token in enumerate(made) if made[place + 1 : place + 2] == [b":"] and token in some]
    start = random.choice(keys) if keys else 0
    depth = 0
    for place in range(start, len(made)):
        depth += (made[place] in (b"{", b"[")) - (made[place] in (b"}", b"]"))
        if depth < 0 or (depth == 0 and made[place] == b","):
            return slice(start, place)
    return slice(start, len(made))


def renumber(made: Tokens, _: Tokens, random: Random) -> None:
    """Change a number slightly."""
    if numbers := [place for place, token in enumerate(made) if token.isdigit()]:
        place = random.choice(numbers)
        made[place] = b"%d" % (int(made[place][:99]) + random.randrange(1, 9))


def revalue(made: Tokens, _: Tokens, random: Random) -> None:
    """Replace a value."""
    member = _member(made, random)
    made[member.start + 2 : member.stop] = [random.choice(VALUES)]


def rename(made: Tokens, _: Tokens, random: Random) -> None:
    """Replace a key or another string."""
    if strings := [place for place, token in enumerate(made) if token.startswith(b'"')]:
        made[random.choice(strings)] = random.choice(WORDS)


def add_item(made: Tokens, _: Tokens, random: Random) -> None:
    """Add an item to `marks` or `discrepancies`."""
    name = random.choice([b'"marks"', b'"discrepancies"'])
    if name in made and b"[" in made[made.index(name) :]:
        place = made.index(b"[", made.index(name)) + 1
        at, kind, rule, left = (_one_of(words, random) for words in (ADDRESSES, KINDS, RULES, NUMBERS))
        said = b'"kind": ' + kind if name == b'"marks"' else b'"right": 1, "left": ' + left + b', "rule": ' + rule
        made[place:place] = [b'{"at": ', at, b", ", said, b"}", *[b","] * (made[place:][:1] != [b"]"])]


def _one_of(words: Tokens, random: Random) -> bytes:
    return random.choice(words if random.randrange(4) else VALUES)


def drop(made: Tokens, _: Tokens, random: Random) -> None:
    """Delete a member."""
    member = _member(made, random)
    last = made[member.stop :][:1] != [b","]
    del made[max(0, member.start - last) : member.stop + (not last)]


def repeat(made: Tokens, _: Tokens, random: Random) -> None:
    """Repeat a member, a short one up to forty times."""
    member = _member(made, random)
    times = min(random.randrange(1, 40), 1 + 1000 // (member.stop - member.start + 1))
    made[member.start : member.start] = [*made[member], b","] * times


def move(made: Tokens, _: Tokens, random: Random) -> None:
    """Copy a member to a place before another."""
    member, other = _member(made, random), _member(made, random)
    made[other.start : other.start] = [*made[member], b","]


def flip(made: Tokens, _: Tokens, random: Random) -> None:
    """Flip a bit."""
    place = random.randrange(len(made))
    flipped = bytearray(made[place])
    flipped[random.randrange(len(flipped))] ^= 1 << random.randrange(8)
    made[place] = bytes(flipped)


def unbalance(made: Tokens, _: Tokens, random: Random) -> None:
    """Replace a token, or insert before it, something that does not belong there."""
    place = random.randrange(len(made))
    made[place : place + random.randrange(2)] = [random.choice(BROKEN)]


def cut(made: Tokens, _: Tokens, random: Random) -> None:
    """Delete a run of tokens, or repeat it."""
    start = random.randrange(len(made))
    some = slice(start, start + random.randrange(1, 40))
    made[some] = made[some] * random.choice([0, 0, 2, 30])


def splice(made: Tokens, other: Tokens, random: Random) -> None:
    """Continue with the end of another input."""
    made[random.randrange(len(made)) :] = other[random.randrange(len(other)) :]


MILD = (renumber, revalue, rename, add_item, drop, repeat, move)
"""Mutations after which the input is mostly still JSON, of another structure."""

HARSH = (flip, unbalance, cut, splice)
"""Mutations after which it mostly is not."""


def mutated(data: bytes, other: bytes, mutations: Iterable[Mutation], random: Random) -> bytes:
    """Apply mutations to an input, some of which take tokens from another."""
    made, donor = tokens(data), tokens(other)
    for mutate in mutations:
        if made and donor:
            mutate(made, donor, random)
            made = [token for token in made if token]
    return b"".join(made)


# -- with atheris --------------------------------------------------------------------------------------


def _escaped(word: bytes) -> str:
    """Escape a word for a dictionary of libFuzzer."""
    return "".join(chr(byte) if chr(byte).isalnum() and byte < 128 else f"\\x{byte:02x}" for byte in word)


def instrument(atheris: Any, modules: str) -> None:
    """Have atheris see which branches are taken in the functions that there are now in some modules."""
    for function in gc.get_objects():
        if isinstance(function, FunctionType) and re.match(modules, function.__module__ or ""):
            atheris.instrument_func(function)


def main(arguments: list[str]) -> None:
    """Try the files given, or else fuzz, starting from the files in the folders given."""
    paths = [Path(argument) for argument in arguments if not argument.startswith("-")]
    if paths and all(path.is_file() for path in paths):
        for path in paths:
            attempt(path.read_bytes())
        return
    try:
        atheris = importlib.import_module("atheris")
    except ImportError:
        raise SystemExit("fuzzing needs atheris, install it with: python -m pip install atheris") from None
    files = (path for folder in paths for path in folder.iterdir() if path.is_file())
    seeds = [path.read_bytes() for path in files] or [b"{}"]

    def mutate(data: bytes, max_size: int, seed: int) -> bytes:
        random = Random(seed)
        if random.randrange(4) == 0:
            return bytes(atheris.Mutate(data, max_size))
        kinds = [*random.choices(MILD, k=random.randrange(1, 9)), *random.choices(HARSH, k=random.randrange(4) // 3)]
        return mutated(data, random.choice(seeds), kinds, random)[:max_size]

    own = Path(tempfile.mkdtemp(prefix="gkformat-fuzz-"))
    dictionary = own / "words"
    dictionary.write_text("".join(f'"{_escaped(word)}"\n' for word in WORDS), encoding="ascii")
    found = own / "inputs"
    found.mkdir()
    for seed in seeds:
        attempt(seed)  # so that functions generated on first use can be instrumented
    instrument(atheris, r"gkformat|json\b|<cattrs")
    options = [f"-dict={dictionary}", f"-artifact_prefix={own}/", "-timeout=60", "-max_len=50000"]
    atheris.Setup([sys.argv[0], *options, str(found), *arguments], attempt, custom_mutator=mutate)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
