"""Measure one report: reading it, listing what is wrong with it, writing it."""

from collections.abc import Callable, Sequence
from typing import Any

import msgspec
import orjson
import pydantic

from benchmarks import peers
from benchmarks.harness import Section, Target, Timing, each, interleaved
from benchmarks.workload import broken, reports, spoiled
from gkformat import GkFormatError, converter, dumps, loads
from gkformat.codec import compiled
from gkformat.forms.y2021 import FeeAmount, Report

COUNT = 100
"""Reports in each round."""

KINDS = {"tables": False, "full": True}
OURS = "**gkformat** `loads`"
VERDICT = "**gkformat**, verdict only"
FLOOR = "`orjson.loads`"
PYDANTIC = "pydantic with validators"


def reading(rounds: int) -> Section:
    """Read JSON bytes to a sound object, or to a verdict only."""
    attrs_report, stock = peers.attrs_report(), peers.cattrs_converter()
    variants: dict[str, Callable[[bytes], object]] = {
        FLOOR: orjson.loads,
        VERDICT: compiled.is_sound,
        OURS: loads,
        "msgspec Structs, without equations": msgspec.json.Decoder(peers.struct_report()).decode,
        "msgspec Structs with equations": peers.struct_loads(),
        "jsonschema-rs on `orjson.loads`, without equations": peers.jsonschema_loads(),
        PYDANTIC: peers.pydantic_report().model_validate_json,
        "mashumaro with `__post_init__`": peers.mashumaro_report().from_json,
        "cattrs, stock, with `__attrs_post_init__`": lambda data: stock.loads(data, attrs_report),
    }
    found = {
        kind: interleaved({name: each(read, made) for name, read in variants.items()}, rounds)
        for kind, made in _workload().items()
    }
    targets = [
        target
        for kind, timing in found.items()
        for target in (
            Target(
                f"`loads`, times as fast as pydantic with validators ({kind})",
                _over(timing, OURS, PYDANTIC).inverse,
                2.6,
                2.2,
                at_least=True,
            ),
        )
    ]
    text = "From JSON bytes to a frozen object in which every equation holds, or to the bare word that it does."
    return Section("Reading", text, _side_by_side(found, FLOOR), targets)


def contents(rounds: int) -> Section:
    """Read reports of different content."""
    variants: dict[str, Callable[[bytes], object]] = {FLOOR: orjson.loads, VERDICT: compiled.is_sound, OURS: loads}
    made = {
        f"{name}, {kind}": reports(2 * COUNT, full=full)[start::2]
        for kind, full in KINDS.items()
        for start, name in enumerate(("all zero", "busy"))
    }
    found = {
        kind: interleaved({name: each(read, payloads) for name, read in variants.items()}, rounds)
        for kind, payloads in made.items()
    }
    targets = [
        target
        for kind, timing in found.items()
        if kind.startswith("busy")
        for target in (
            Target(f"`loads` with all equations, over `orjson.loads` ({kind})", _over(timing, OURS, FLOOR), 1.9, 2.3),
            Target(f"verdict only, over `orjson.loads` ({kind})", _over(timing, VERDICT, FLOOR), 1.2, 1.6),
        )
    ]
    text = "The same, the two halves of the reports apart: those with all zero tables 三 and 四, and the busy ones."
    return Section("Reading, by content", text, _side_by_side(found, FLOOR), targets)


def structuring(rounds: int) -> Section:
    """Read payloads that were parsed elsewhere, with cattrs and without."""
    attrs_report, stock, own, hooked = peers.attrs_report(), peers.cattrs_converter(), converter(), converter()
    hooked.register_structure_hook(FeeAmount, lambda value, _: loads(value, FeeAmount))
    floor, plain, with_hook = "cattrs, stock", "gkformat `converter().structure`", "the same with a hook of a user"
    variants: dict[str, Callable[[Any], object]] = {
        floor: lambda tree: stock.structure(tree, attrs_report),
        "**gkformat** `loads`": loads,
        plain: lambda tree: own.structure(tree, Report),
        with_hook: lambda tree: hooked.structure(tree, Report),
    }
    found = {
        kind: interleaved(
            {name: each(read, [orjson.loads(data) for data in made]) for name, read in variants.items()}, rounds
        )
        for kind, made in _workload().items()
    }
    targets = [
        target
        for kind, timing in found.items()
        for target in (
            Target(f"`structure` without hooks, over stock cattrs ({kind})", _over(timing, plain, floor), 0.4, 0.5),
            Target(f"`structure` with a hook, over stock cattrs ({kind})", _over(timing, with_hook, floor), 1.5, 1.7),
        )
    ]
    text = "From dicts that were parsed elsewhere to a frozen object. With a hook inside, the report takes the walk."
    return Section("Reading parsed payloads", text, _side_by_side(found, floor), targets)


def _workload() -> dict[str, list[bytes]]:
    return {kind: reports(COUNT, full=full) for kind, full in KINDS.items()}


def _over(timing: dict[str, Timing], one: str, other: str) -> Any:
    return timing[one].over(timing[other])


def failing(rounds: int) -> Section:
    """List everything that is wrong with a payload."""
    validate = peers.pydantic_report().model_validate_json
    made = {
        "one fault": [spoiled(report, 1) for report in reports(COUNT)],
        "five faults": [spoiled(report, 5) for report in reports(COUNT)],
        "two broken equations": [broken(report) for report in reports(COUNT)],
    }
    ours, floor = "**gkformat** `loads`", PYDANTIC
    variants: dict[str, Callable[[bytes], object]] = {floor: _pydantic_errors(validate), ours: faults_of(loads)}
    found = {
        kind: interleaved({name: each(read, payloads) for name, read in variants.items()}, rounds)
        for kind, payloads in made.items()
    }
    targets = [
        Target(f"a payload with {kind}, all listed, over pydantic", _over(timing, ours, floor), 2.0, 2.3)
        for kind, timing in found.items()
    ]
    text = (
        "Payloads that are refused, with everything that is wrong as a list: of ours, faults with labels in Chinese, "
        "addresses, pointers and words in two languages; of pydantic, `errors()`."
    )
    return Section("What is wrong", text, _side_by_side(found, floor), targets)


def faults_of(read: Callable[[bytes], object]) -> Callable[[bytes], object]:
    """Return a function that lists everything that is wrong with a payload."""

    def run(data: bytes) -> object:
        try:
            read(data)
        except GkFormatError as error:
            return error.args
        raise AssertionError("a payload that is wrong was accepted")

    return run


def _pydantic_errors(read: Callable[[bytes], object]) -> Callable[[bytes], object]:
    def run(data: bytes) -> object:
        try:
            read(data)
        except pydantic.ValidationError as error:
            return error.errors()
        raise AssertionError("a payload that is wrong was accepted")

    return run


def writing(rounds: int) -> Section:
    """Write an object as JSON text."""
    attrs_report, stock = peers.attrs_report(), peers.cattrs_converter()
    struct_decode, encode = msgspec.json.Decoder(peers.struct_report()).decode, msgspec.json.Encoder().encode
    model, dataclass = peers.pydantic_report(), peers.mashumaro_report()
    variants: dict[str, tuple[Callable[[bytes], Any], Callable[[Any], object]]] = {
        "msgspec Structs": (struct_decode, lambda report: encode(report).decode()),
        "**gkformat** `dumps`": (loads, dumps),
        "`orjson.dumps` of plain dicts": (orjson.loads, lambda tree: orjson.dumps(tree).decode()),
        "cattrs, stock": (lambda data: stock.loads(data, attrs_report), stock.dumps),
        "mashumaro": (dataclass.from_json, lambda report: report.to_json()),
        "pydantic": (model.model_validate_json, lambda report: report.model_dump_json()),
    }
    found = {
        kind: interleaved({name: each(write, [*map(read, made)]) for name, (read, write) in variants.items()}, rounds)
        for kind, made in _workload().items()
    }
    floor, ours = "msgspec Structs", "**gkformat** `dumps`"
    targets = [
        Target(f"`dumps`, over msgspec on Structs ({kind})", _over(timing, ours, floor), 2.0, 2.3)
        for kind, timing in found.items()
    ]
    return Section("Writing", "From an object to a `str`, keys in printed order.", _side_by_side(found, floor), targets)


def _side_by_side(found: dict[str, dict[str, Timing]], floor: str) -> Sequence[Sequence[str]]:
    """Return a table with a row for each variant: for each kind of payload, microseconds and the ratio to the floor."""
    header = ["", *(title for kind in found for title in (f"{kind}, µs", f"× {floor}", "median (most rounds)"))]
    rows = [
        [name, *(cell for timing in found.values() for cell in _cells(timing[name], timing[floor]))]
        for name in next(iter(found.values()))
    ]
    return [header, *rows]


def _cells(timing: Timing, floor: Timing) -> tuple[str, ...]:
    ratio = timing.over(floor)
    return f"{timing.best / COUNT * 1e6:.1f}", str(ratio), ratio.spread
