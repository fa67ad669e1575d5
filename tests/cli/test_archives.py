"""Tests of reports in archives."""

import gzip
import json
import struct
import tarfile
import warnings
import zipfile
from collections.abc import Callable
from contextlib import ExitStack
from errno import EACCES
from pathlib import Path

import pytest

from command_line import error_of_reading, source_names
from gkformat.cli import archives
from gkformat.cli.app import run
from gkformat.cli.inputs import find_sources
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
    assert source_names("a.zip", "a.tar", "all") == ["a.zip/b/a.json", "a.tar/b/a.json", "all/b/a.json"]


class _Raw(zipfile.ZipInfo):
    """A member whose name is written as raw bytes, without the UTF-8 flag."""

    def __init__(self, raw: bytes) -> None:
        super().__init__(raw.decode("cp437"))
        self.raw = raw

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - the name is zipfile's
        return self.raw, self.flag_bits & ~0x800


def test_backslashes_of_windows_lie_between_the_folders_of_a_zip() -> None:
    with zipfile.ZipFile("windows.zip", "w") as made:
        for name in ("年报\\淮安\\a.json", "__MACOSX\\._a.json", "..\\b.json"):
            info = zipfile.ZipInfo()
            info.filename = name
            made.writestr(info, SOUND.read_bytes())
    assert source_names("windows.zip") == ["windows.zip/年报/淮安/a.json", "windows.zip/b.json"]


def test_zip_names_are_read_as_windows_wrote_them() -> None:
    with zipfile.ZipFile("a.zip", "w") as made:
        for raw in ("年报.json".encode("gb18030"), "汇总.json".encode()):
            made.writestr(_Raw(raw), b"{}")
        made.writestr("各项.json", b"{}")
    assert source_names("a.zip") == ["a.zip/年报.json", "a.zip/汇总.json", "a.zip/各项.json"]


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tgz", "a.tar.xz"])
def test_damaged_archive_is_reported(name: str) -> None:
    Path(name).write_bytes(b"PK no archive")
    assert error_of_reading(name).startswith("the archive is damaged (")


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


def tar_header(name: str, size: int, kind: bytes = tarfile.REGTYPE) -> bytes:
    """Return a header that states any size, in base 256."""
    info = tarfile.TarInfo(name)
    info.type = kind
    header = bytearray(info.tobuf(tarfile.USTAR_FORMAT))
    header[124:136] = (b"\xff" * 4 if size < 0 else b"\x80\0\0\0") + struct.pack(">q", size)
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    return bytes(header)


def tar_properties(properties: bytes) -> bytes:
    """Return an extended header with properties of the next member."""
    return tar_header("x", len(properties), tarfile.XHDTYPE) + properties + bytes(-len(properties) % tarfile.BLOCKSIZE)


def tar_member(name: str) -> bytes:
    """Return a sound report as a member."""
    data = SOUND.read_bytes()
    return tar_header(name, len(data)) + data + bytes(-len(data) % tarfile.BLOCKSIZE)


DAMAGES = {
    "negative size": tar_header("x.json", -512),
    "negative size of a name": tar_header("x", -512, tarfile.GNUTYPE_LONGNAME),
    "negative size of an extended header": tar_header("x", -512, tarfile.XHDTYPE),
    "size beyond the file": tar_header("x.json", 10**6),
    "size beyond all files": tar_header("x.json", 2**62),
    "size of a name beyond all memory": tar_header("x", 2**40, tarfile.GNUTYPE_LONGNAME),
    "extended headers without end": tar_header("x", 0, tarfile.XHDTYPE) * 2000,
    "digits for which patterns are tried one by one": tar_properties(b"9" * 4000),
    "properties larger than any": tar_properties(b"6 a=b\n" * 2000),
    "more properties than any member has": tar_properties(b"".join(b"7 %02d=b\n" % key for key in range(40))),
    "no header": b"garbage!" * 64,
    "half a header": b"half",
}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("packed", [bytes, gzip.compress], ids=["tar", "tar.gz"])
def test_members_before_the_damage_of_a_tar_are_checked(
    damage: str, packed: Callable[[bytes], bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    after = b"" if damage == "half a header" else tar_member("b.json")
    Path("a.tar").write_bytes(packed(tar_member("a.json") + DAMAGES[damage] + after))
    assert run(["check", "a.tar", str(BROKEN)]) == 2
    said = capsys.readouterr().out
    assert "a.tar/a.json  淮安市人民政府 2024  consistent" in said
    assert "a.tar  unreadable: only its first " in said
    assert "inconsistent (2 broken)" in said


def test_properties_are_taken_apart_up_to_a_limit(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(archives, "_MEMBERS", 10)
    monkeypatch.setattr(archives, "_BYTES_OF_A_MEMBER", 10**9)
    member = tar_properties(b"6 a=b\n" * archives._ITEMS) + tar_member("a.json")
    Path("a.tar").write_bytes(member * 8)
    assert run(["check", "a.tar"]) == 2
    assert "a.tar  unreadable: only its first 5 file(s) were read: the archive is damaged" in capsys.readouterr().out


def test_sparse_member_of_a_tar_is_named_and_the_others_are_checked(capsys: pytest.CaptureFixture[str]) -> None:
    sparse = tar_header("x.json", 0, tarfile.GNUTYPE_SPARSE)
    Path("a.tar").write_bytes(sparse + tar_member("a.json"))
    assert run(["check", "a.tar"]) == 2
    said = capsys.readouterr().out
    assert "a.tar/x.json  unreadable: packed by an unusual method" in said
    assert "a.tar/a.json  淮安市人民政府 2024  consistent" in said


def test_no_member_is_lost_or_leads_out_of_its_archive(capsys: pytest.CaptureFixture[str]) -> None:
    with warnings.catch_warnings(), zipfile.ZipFile("a.zip", "w") as made:
        warnings.simplefilter("ignore")  # of the same name twice
        for name in ("a.json", "a.json", "/etc/a.json", "../../a.json", "b/../c.json"):
            made.writestr(name, SOUND.read_bytes())
    assert source_names("a.zip") == [f"a.zip/{name}.json" for name in ("a", "a#2", "etc/a", "a#3", "b/c")]
    assert run(["check", "a.zip"]) == 0
    assert "5 file(s): consistent 5" in capsys.readouterr().out


def patched(*changes: tuple[int, bytes]) -> None:
    """Write an archive of two reports, with changes to the entry of the first in the directory."""
    first = zipfile.ZipInfo("a.json")
    first.extra = b"ab\4\0cdef"
    with zipfile.ZipFile("a.zip", "w") as made:
        made.writestr(first, SOUND.read_bytes())
        made.write(BROKEN, "b.json")
    data = bytearray(Path("a.zip").read_bytes())
    entry = data.index(b"PK\1\2")
    for place, change in changes:
        data[entry + place : entry + place + len(change)] = change
    Path("a.zip").write_bytes(data)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ((8, b"\1"), "the file is encrypted; remove its password first"),
        ((10, b"\x63"), "packed by an unusual method; pack it again by a usual one"),
        ((10, b"\x0c"), "packed by an unusual method; pack it again by a usual one"),
        ((16, b"\0\0\0\0"), "the archive is damaged (Bad CRC-32 for file 'a.json')"),
        ((42, b"\xff\xff\xff\x7f"), "the archive is damaged ("),
    ],
)
def test_bad_member_of_a_zip_is_named_and_the_others_are_checked(
    change: tuple[int, bytes], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    patched(change)
    assert run(["check", "a.zip"]) == 2
    said = capsys.readouterr().out
    assert f"a.zip/a.json  unreadable: {message}" in said
    assert "inconsistent (2 broken)" in said


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ([(8, b"\0\x08"), (46, b"\xff")], "\N{REPLACEMENT CHARACTER}.json"),
        ([(6, b"\xff")], "a.json"),
        ([(54, b"\xff")], "a.json"),
        ([(24, b"\xff\xff\xff\xef")], "a.json"),
    ],
    ids=["name", "version", "extra", "size"],
)
def test_bad_entry_of_a_zip_is_named_and_the_others_are_checked(
    changes: list[tuple[int, bytes]], name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    patched(*changes)
    run(["check", "a.zip"])
    said = capsys.readouterr().out
    assert f"a.zip/{name}  " in said
    assert "a.zip/b.json  " in said
    assert "inconsistent (2 broken)" in said


@pytest.mark.parametrize("change", [(0, b"PK\0\0"), (28, b"\xff\xff"), (32, b"\xff\xff")])
def test_bad_directory_of_a_zip_is_an_error_of_that_file(
    change: tuple[int, bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    patched(change)
    assert run(["check", "a.zip", str(BROKEN)]) == 2
    said = capsys.readouterr().out
    assert "a.zip  unreadable: " in said
    assert "inconsistent (2 broken)" in said


def test_archive_is_read_up_to_its_limits(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    size = SOUND.stat().st_size
    monkeypatch.setattr(archives, "_RATIO", 0)
    with zipfile.ZipFile("a.zip", "w") as made, tarfile.open("a.tar.gz", "w:gz") as packed:
        for number in range(4):
            made.write(SOUND, f"{number}.json")
            packed.add(SOUND, f"{number}.json")
    for name in ("a.zip", "a.tar.gz"):
        with monkeypatch.context() as patch:
            patch.setattr(archives, "_UNPACKED", size * 2 + 3000)
            assert run(["check", name]) == 2
            said = capsys.readouterr().out
            assert f"{name}  unreadable: only its first 2 file(s) were read: the archive unpacks to more than" in said
        with monkeypatch.context() as patch:
            patch.setattr(archives, "_MEMBERS", 3)
            patch.setattr(archives, "_BYTES_OF_A_MEMBER", 10**9)
            assert run(["check", name]) == 2
            said = capsys.readouterr().out
            assert "only its first 3 file(s) were read: the archive has more than 3 entries; unpack it first" in said


def test_what_is_passed_over_is_not_unpacked_beyond_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    unpacked = 0

    class Counting(gzip.GzipFile):
        def read(self, size: int | None = -1) -> bytes:
            nonlocal unpacked
            data = super().read(size)
            unpacked += len(data)
            return data

    bomb = tar_header("video.mp4", 2**30) + bytes(2**24)
    Path("a.tar.gz").write_bytes(gzip.compress(tar_member("a.json") + bomb))
    monkeypatch.setitem(archives._DECOMPRESSORS, b"\x1f\x8b", lambda file: Counting(fileobj=file))
    assert source_names("a.tar.gz") == ["a.tar.gz/a.json", "a.tar.gz"]
    assert unpacked < 10**4


def test_archive_of_failures_is_not_read_to_its_end(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("gkformat.cli.examine.MAX_FAILED", 3)
    malformed = SOUND.read_bytes().replace(b"2024", b"0", 1)
    with zipfile.ZipFile("a.zip", "w") as made:
        made.write(SOUND, "0.json")
        for number in range(1, 10):
            made.writestr(f"{number}.json", malformed)
    for command in ("check", "diagnose"):
        assert run([command, "a.zip", str(BROKEN)]) == 2
        said = capsys.readouterr().out
        assert "a.zip  unreadable: too many of its first 6 files are no reports, and the rest was not read" in said
        assert ("a.zip/5.json" in said, "a.zip/6.json" in said) == (True, False)
        assert "洪泽" in said


def test_thousands_of_archives_are_not_open_at_once() -> None:
    for number in range(20):
        with zipfile.ZipFile(f"{number}.zip", "w") as made:
            made.write(SOUND, "a.json")
    opened = 0
    with ExitStack() as stack:
        for source in list(find_sources(["."], stack)):
            assert source.read() == SOUND.read_bytes()
            opened = max(opened, sum(path.name.endswith(".zip") for path in _open_files()))
    assert opened <= 1


def _open_files() -> list[Path]:
    folder = Path("/proc/self/fd")
    if not folder.is_dir():
        pytest.skip("the system does not say which files are open")
    return [path.resolve() for path in folder.iterdir()]


def test_archive_without_permission_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> None:
        raise PermissionError(EACCES, "")

    Path("a.zip").touch()
    monkeypatch.setattr(zipfile, "ZipFile", refuse)
    assert error_of_reading("a.zip") == "no permission"
