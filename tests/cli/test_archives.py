"""Tests of reports in archives."""

import json
import tarfile
import zipfile
from errno import EACCES
from pathlib import Path

import pytest

from command_line import error_of_reading, source_names
from gkformat.cli.app import run
from support import CORPUS, TESTS

pytestmark = pytest.mark.usefixtures("working_folder")


SOUND, BROKEN = (CORPUS / f"{name}.json" for name in ("huaian-2024", "hongze-2023"))


@pytest.fixture(params=["zip", "tar", "tar.gz"])
def archive(request: pytest.FixtureRequest) -> str:
    name = f"reports.{request.param}"
    if request.param == "zip":
        with zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED) as made:
            made.mkdir("年报")
            made.write(SOUND, "年报/a.json")
            made.write(BROKEN, "年报/b.json")
            made.writestr("notes.txt", "")
    else:
        with tarfile.open(name, "w:gz" if name.endswith("gz") else "w") as packed:
            packed.add(SOUND, "年报/a.json")
            packed.add(BROKEN, "年报/b.json")
            packed.add(TESTS, "folder", recursive=False)
    return name


def test_archive_members_are_checked_each_by_itself(archive: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", archive, "--format", "json"]) == 1
    found = {file["file"]: file["conclusion"] for file in json.loads(capsys.readouterr().out)["files"]}
    assert found == {f"{archive}/年报/a.json": "consistent", f"{archive}/年报/b.json": "inconsistent"}
    assert run(["check", "."]) == 1


LITTER = ("__MACOSX/._a.json", ".DS_Store", "b/.a.json", "b/~$年报.docx")
"""Files that operating systems and word processors create beside those of their users."""


def test_litter_is_left_out_of_folders_and_archives() -> None:
    with zipfile.ZipFile("a.zip", "w") as made:
        for name in (*LITTER, "b/a.json"):
            made.writestr(name, b"\0\xff")
    with tarfile.open("a.tar", "w") as packed:
        for name in (*LITTER, "./b/a.json"):
            packed.addfile(tarfile.TarInfo(name))
    for name in (*LITTER, "b/a.json"):
        Path("all", name).parent.mkdir(parents=True, exist_ok=True)
        Path("all", name).touch()
    assert source_names("a.zip", "a.tar", "all") == ["a.zip/b/a.json", "a.tar/./b/a.json", "all/b/a.json"]


class _Raw(zipfile.ZipInfo):
    """A member whose name is written as raw bytes, without the UTF-8 flag."""

    def __init__(self, raw: bytes) -> None:
        super().__init__(raw.decode("cp437"))
        self.raw = raw

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - the name is zipfile's
        return self.raw, self.flag_bits & ~0x800


def test_zip_names_are_read_as_windows_wrote_them() -> None:
    with zipfile.ZipFile("a.zip", "w") as made:
        for raw in ("年报.json".encode("gb18030"), "汇总.json".encode()):
            made.writestr(_Raw(raw), b"{}")
        made.writestr("各项.json", b"{}")
    assert source_names("a.zip") == ["a.zip/年报.json", "a.zip/汇总.json", "a.zip/各项.json"]


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tgz", "a.tar.xz"])
def test_damaged_archive_is_reported(name: str) -> None:
    Path(name).write_bytes(b"PK no archive")
    assert error_of_reading(name).startswith("the archive is damaged or encrypted (")


def test_empty_archive_is_reported() -> None:
    with zipfile.ZipFile("a.zip", "w"):
        pass
    assert error_of_reading("a.zip") == "no file in the archive"


def test_damaged_member_stops_no_other(capsys: pytest.CaptureFixture[str]) -> None:
    with zipfile.ZipFile("a.zip", "w") as made:
        made.write(SOUND, "a.json")
        made.write(BROKEN, "b.json")
    data = bytearray(Path("a.zip").read_bytes())
    data[200] ^= 0xFF  # in the first member
    Path("a.zip").write_bytes(data)
    assert run(["check", "a.zip"]) == 2
    said = capsys.readouterr().out
    assert "a.zip/a.json  unreadable: the archive is damaged" in said
    assert "inconsistent (2 broken)" in said


def test_archive_without_permission_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> None:
        raise PermissionError(EACCES, "")

    Path("a.zip").touch()
    monkeypatch.setattr(zipfile, "ZipFile", refuse)
    assert error_of_reading("a.zip") == "no permission"
