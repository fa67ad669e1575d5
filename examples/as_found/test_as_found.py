"""A report is kept with its errors declared."""

import pytest
from as_found import main


def test_errors_are_declared_and_kept(capsys: pytest.CaptureFixture[str]) -> None:
    """Run the script, and see that nothing was repaired."""
    main()
    printed = capsys.readouterr().out
    assert "Verdict: inconsistent" in printed
    assert "it is the same: True" in printed
