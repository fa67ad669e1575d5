"""Tests of what a process that reads files answers, in this process."""

import pickle

import pytest

from gkformat import Unreadable
from gkformat.readers import match_file
from gkformat.readers.cage import worker
from gkformat.readers.document import NoForm


@pytest.mark.parametrize("error", [NoForm("html"), Unreadable(worker._TOO_MUCH), MemoryError()])
def test_errors_reach_the_parent_as_they_are(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    _fail_with(error, monkeypatch)
    found = pickle.loads(worker._packed(worker._answer(b"", None)))  # noqa: S301
    assert type(found) is type(error)
    assert str(found) == str(error)
    assert vars(found) == vars(error)


def test_mistakes_of_ours_reach_the_parent_as_tracebacks(monkeypatch: pytest.MonkeyPatch) -> None:
    _fail_with(KeyError(1), monkeypatch)
    found = worker._answer(b"", None)
    assert isinstance(found, str)
    assert found.endswith("KeyError: 1\n")


def test_answer_that_is_too_long_for_the_parent_is_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "ANSWER", 100)
    found = pickle.loads(worker._packed("x" * 101))  # noqa: S301
    assert isinstance(found, Unreadable)
    assert "more text" in str(found)


def _fail_with(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(match_file, "match_file", fail)
