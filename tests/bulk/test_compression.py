"""Tests of opening compressed files."""

import gzip
import io
import sys
from collections.abc import Callable

import pytest

from gkformat import Unreadable
from gkformat.bulk import check_lines
from report_lines import COMPRESSED, SOUND, TEXTS, zstd


def test_open_file_is_read_from_its_position_and_left_open() -> None:
    for store in COMPRESSED.values():
        file = io.BytesIO(b"header\n" + store(SOUND + b"\n" + SOUND))
        file.readline()
        assert [line.number for line in check_lines(file)] == [1, 2]
        assert not file.closed
        file.seek(7)
        half_read = check_lines(file)
        next(half_read)
        del half_read
        assert not file.closed


@pytest.mark.parametrize("store", [gzip.compress, zstd], ids=["gz", "zst"])
@pytest.mark.parametrize("damage", [lambda data: data[:-9], lambda data: data[:40] + bytes(8) + data[48:]])
def test_damaged_data_is_unreadable(store: Callable[[bytes], bytes], damage: Callable[[bytes], bytes]) -> None:
    damaged = damage(store(b"\n".join(TEXTS)))
    with pytest.raises(Unreadable, match="damaged or cut off"):
        list(check_lines(io.BytesIO(damaged)))


def test_zst_without_the_extra_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(Unreadable, match=r"pip install 'gkformat\[bulk\]'"):
        list(check_lines(io.BytesIO(zstd(SOUND))))
