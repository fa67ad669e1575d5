"""A small part of the fuzzing in every run of the tests; `tests/fuzz.py` runs for as long as you like."""

import sys
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import fuzz_readers
from fuzz import HARSH, MILD, Mutation, attempt, main, mutated
from gkformat import EDITIONS, dumps
from gkformat import strategies as gk
from support import CORPUS

real = st.sampled_from([path.read_bytes() for path in sorted(CORPUS.glob("*.json"))])


def _generated(edition: str) -> st.SearchStrategy[bytes]:
    """Generate payloads of an edition as bytes: sound, broken, with marks, and nearly valid."""
    reports = gk.reports(edition=edition)
    broken = gk.broken(edition=edition).map(lambda made: made.report)
    marked = gk.sheets(edition=edition).map(lambda made: made.report)
    spoiled = gk.payloads(edition=edition).map(lambda made: made.data)
    return (reports | broken | marked | spoiled).map(lambda made: dumps(made).encode())


inputs = st.one_of(real, *map(_generated, EDITIONS), gk.requests().map(lambda made: dumps(made).encode()))
mutations = st.builds(
    lambda mild, harsh: [*mild, *harsh],
    st.lists(st.sampled_from(MILD), max_size=12),
    st.just([]) | st.lists(st.sampled_from(HARSH), max_size=2),
)


@settings(max_examples=3 * settings().max_examples)
@given(inputs, real, mutations, st.randoms(use_true_random=False))
def test_loads_survives_nearly_valid_input(data: bytes, other: bytes, changes: list[Mutation], random: Random) -> None:
    attempt(mutated(data, other, changes, random))


@given(st.binary())
def test_loads_survives_any_bytes(data: bytes) -> None:
    attempt(data)


@given(st.text(st.characters()))
def test_loads_survives_any_text(text: str) -> None:
    attempt(text)


def test_fuzz_takes_a_file_by_its_name(tmp_path: Path) -> None:
    file = tmp_path / "crash"
    file.write_bytes(b'{"\\ud800": {"a": 1, "a": "\\ud800"}}')
    main([str(file)])


def test_fuzz_says_what_to_install_without_atheris(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "atheris", None)
    with pytest.raises(SystemExit, match="pip install atheris"):
        main(["tests/corpus"])


# -- files ---------------------------------------------------------------------------------------------


documents = st.sampled_from([path.read_bytes() for path in sorted((CORPUS / "documents").iterdir())])


@pytest.mark.parametrize("kind", fuzz_readers.KINDS)
def test_readers_survive_nearly_valid_documents(kind: str) -> None:
    random = Random(kind)
    for _ in range(5):
        data, other = random.choices(fuzz_readers.seeds(kind), k=2)
        fuzz_readers.KINDS[kind].attempt(fuzz_readers.mutated(kind, data, other, random))


@given(documents, st.data())
def test_readers_survive_bytes_removed_and_inserted(data: bytes, draw: st.DataObject) -> None:
    start = draw.draw(st.integers(0, len(data)))
    end = draw.draw(st.integers(start, min(len(data), start + 300)))
    fuzz_readers.attempt(data[:start] + draw.draw(st.binary(max_size=20)) + data[end:])


@given(st.binary() | st.text().map(lambda text: text.encode("utf-8", "replace")))
def test_readers_survive_any_file(data: bytes) -> None:
    fuzz_readers.attempt(data)


def test_fuzz_readers_takes_inputs_by_their_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "crash").write_bytes(fuzz_readers.seeds("word")[0])
    fuzz_readers.main(["word", str(tmp_path / "crash")])
    monkeypatch.setitem(sys.modules, "atheris", None)
    with pytest.raises(SystemExit, match="pip install atheris"):
        fuzz_readers.main(["word"])
