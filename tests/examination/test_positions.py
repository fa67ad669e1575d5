"""Tests of finding the line and the column of a value in JSON text."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from gkformat.base.address import json_pointer
from gkformat.examination.positions import Span, find_spans
from support import CORPUS

keys = st.text(st.characters(codec="utf-8"), max_size=4)
trees = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | keys,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
    max_leaves=20,
)


def all_values(tree: Any, steps: tuple[str, ...] = ()) -> dict[str, Any]:
    found = {json_pointer(steps): tree}
    if isinstance(tree, dict | list):
        items = tree.items() if isinstance(tree, dict) else enumerate(tree)
        for step, inner in items:
            found |= all_values(inner, (*steps, str(step)))
    return found


def _cut(text: str, span: Span) -> str:
    lines = text.split("\n")
    if span.line == span.end_line:
        return lines[span.line - 1][span.column - 1 : span.end_column - 1]
    first, *middle = lines[span.line - 1 : span.end_line - 1]
    return "\n".join([first[span.column - 1 :], *middle, lines[span.end_line - 1][: span.end_column - 1]])


@given(trees, st.sampled_from([None, 0, 2, "\t"]), st.booleans(), st.sampled_from(["", "\n \n", "\ufeff"]))
def test_span_of_a_value_holds_that_value(tree: Any, indent: Any, escaped: bool, front: str) -> None:
    text = front + json.dumps(tree, indent=indent, ensure_ascii=escaped)
    values = all_values(tree)
    found = find_spans(text.encode(), values)
    assert found.keys() == values.keys()
    for at, span in found.items():
        assert json.loads(_cut(text.removeprefix("\ufeff"), span)) == values[at]


def test_span_of_a_repeated_key_is_that_of_the_last() -> None:
    assert find_spans(b'{"a": 1,\n "a": [2, 3]}', ["/a", "/a/1"]) == {
        "/a": Span(2, 7, 2, 13),
        "/a/1": Span(2, 11, 2, 12),
    }


def test_span_of_a_missing_key_is_the_opening_of_its_object() -> None:
    text = b'{\n "a": {"b": 1}}'
    assert find_spans(text, ["/a/c/d", "/e"]) == {"/a/c/d": Span(2, 7, 2, 8), "/e": Span(1, 1, 1, 2)}


def test_span_of_invalid_json_is_where_that_shows() -> None:
    assert find_spans(b'{\n "a": }', [""]) == {"": Span(2, 7, 2, 8)}
    assert find_spans(b"", [""]) == {"": Span(1, 1, 1, 2)}
    assert find_spans(b'{\n "a": ["NaN", -Infinity]}', [""]) == {"": Span(2, 15, 2, 16)}
    for front in ("", "\ufeff"):
        assert find_spans(f'{front}{{\n "甲": "'.encode() + "乙".encode("gbk"), [""]) == {"": Span(2, 8, 2, 9)}
    assert find_spans(b"[" * 200_000, [""]) == {"": Span(1, 1, 1, 2)}
    assert find_spans(b'{"a": ' + b"1" * 5000 + b"}", ["/a"]) == {"/a": Span(1, 7, 1, 5007)}


def test_key_may_hold_any_character() -> None:
    assert find_spans('{"a/b~c \\"\\\\ 年": 1}'.encode(), ['/a~1b~0c "\\ 年']).popitem()[1].column == 18


def test_find_spans_looks_for_nothing_unasked() -> None:
    data = (CORPUS / "hongze-2023.json").read_bytes()
    assert find_spans(data, []) == {}
