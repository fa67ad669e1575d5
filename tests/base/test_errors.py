"""The exceptions: what each says, in one language and in both."""

import pickle
from collections.abc import Callable

import pytest

from gkformat import (
    GkFormatError,
    Incomparable,
    Inconsistent,
    Malformed,
    UnknownEdition,
    Unreadable,
    Words,
    consolidate,
    edition_for,
    load,
    loads,
    read,
)
from gkformat.forms.y2021 import CaseResults
from support import CORPUS

CAUSES: dict[type[GkFormatError], Callable[[], object]] = {
    Malformed: lambda: loads('{"upheld": "x"}', CaseResults),
    Inconsistent: lambda: load(CORPUS / "hongze-2023.json"),
    Unreadable: lambda: read(b""),
    UnknownEdition: lambda: edition_for(2015),
    Incomparable: lambda: consolidate([], agency="X", year=2024),
}


def raised(error: type[GkFormatError]) -> GkFormatError:
    """Return an error of this class, as the library raises it."""
    with pytest.raises(error) as caught:
        CAUSES[error]()
    return caught.value


@pytest.mark.parametrize("error", CAUSES)
def test_error_says_the_same_in_each_language_and_in_both(error: type[GkFormatError]) -> None:
    found = raised(error)
    assert found.words.zh
    assert found.words.en.isascii() or error in (Malformed, Inconsistent)  # these quote labels
    for lang in (found.words.zh, found.words.en):
        for line in lang.splitlines():
            assert line.strip() in str(found)
    assert str(pickle.loads(pickle.dumps(found))) == str(found)  # noqa: S301 - our own


def test_words_of_a_list_of_faults_are_in_one_language_only() -> None:
    words = raised(Malformed).words
    assert "malformed" not in words.zh
    assert "不合格式" not in words.en
    assert "is missing" in words.en
    assert "缺少" not in words.en


def test_omitted_faults_are_counted_in_a_line_of_their_own() -> None:
    error = Malformed((), omitted=3)
    assert error.words.zh.splitlines()[-1] == "  …… 另有 3 处未列"
    assert error.words.en.splitlines()[-1] == "  … 3 more not listed"
    assert str(error).splitlines()[-1] == "  …… 另有 3 处未列 / … 3 more not listed"


def test_message_with_slashes_keeps_its_languages_apart() -> None:
    error = Unreadable(Words("无条目 a / b / c", "no item a / b / c"))
    assert (error.words.zh, error.words.en) == ("无条目 a / b / c", "no item a / b / c")
    assert str(error) == "无条目 a / b / c / no item a / b / c"


def test_errors_are_also_those_of_python() -> None:
    assert issubclass(UnknownEdition, LookupError)
    for error in (Malformed, Inconsistent, Incomparable):
        assert issubclass(error, ValueError)


def test_a_fault_prints_as_in_the_list_of_its_error() -> None:
    error = raised(Malformed)
    assert isinstance(error, Malformed)
    assert str(error).splitlines()[1:] == [f"  {line}" for fault in error.faults for line in str(fault).splitlines()]
