"""The chains that SQL finds broken are those that the library finds."""

import pytest
from decade import main


def test_sql_and_library_agree(capsys: pytest.CaptureFixture[str]) -> None:
    """Run the script."""
    main()
    printed = capsys.readouterr().out
    assert "edition 2021: 320 consistent" in printed
    assert "第17区人民政府: 2023 carried 3 forward, 2024 brought 2 forward" in printed
    assert "The library finds the same: True" in printed
