"""Fixtures of the tests of diagnosis."""

import sys

import pytest


@pytest.fixture
def without_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide the solver."""
    monkeypatch.setitem(sys.modules, "highspy", None)
