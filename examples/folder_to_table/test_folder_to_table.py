"""The table of a folder has a line for each file, and blanks stay blank."""

import csv
from pathlib import Path

from folder_to_table import write_table

DOCUMENTS = Path(__file__).parent / "documents"


def test_each_file_has_a_line(tmp_path: Path) -> None:
    """Read two documents, of which one has three cells that cannot be told."""
    assert write_table(DOCUMENTS, tmp_path / "table.csv") == 2
    with (tmp_path / "table.csv").open(encoding="utf-8-sig", newline="") as file:
        jinhu, pingtan = csv.DictReader(file)
    assert (jinhu["agency"], jinhu["year"]) == ("淮安市金湖县人民政府", "2023")
    assert pingtan["proactive_disclosure.documents.normative_documents.issued"] == ""
    assert pingtan["requests.newly_received.total"] == "70"
