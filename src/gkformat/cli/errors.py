"""The error that ends a command, and messages for errors of the library and of the system."""

from collections.abc import Mapping
from errno import EACCES, EEXIST, EIO, EISDIR, ELOOP, ENAMETOOLONG, ENOENT, ENOSPC, ENOTDIR, EPERM
from typing import TYPE_CHECKING

from gkformat.base.suggestion import MEANT, closest
from gkformat.base.words import LANGUAGES, NO_WORDS, Words

if TYPE_CHECKING:
    from gkformat.base.errors import Fault, Malformed


class CliError(Exception):
    """An error that ends a command or the reading of one source. `code` is the exit code."""

    def __init__(self, words: Words, code: int = 2) -> None:
        super().__init__(words.en)
        self.words = words
        self.code = code


def with_prefix(name: str, words: Words) -> Words:
    """Put the name of a file or setting before a message."""
    return _ABOUT.format(name=name, words=words)


def os_message(error: OSError) -> Words:
    """Return a message for an `OSError`: one of ours in both languages, or else that of the system."""
    if error.errno in _REASONS:
        return _REASONS[error.errno]
    return _SYSTEM.format(reason=error.strerror or str(error))


def malformed_message(error: "Malformed") -> Words:
    """Return a message that lists all faults of malformed data with their places."""
    from gkformat.base.errors import MALFORMED, OMITTED_LINE  # noqa: PLC0415 - whoever has the error has loaded it

    more = OMITTED_LINE.format(count=error.omitted) if error.omitted else None
    lines = [MALFORMED.format(count=len(error.faults) + error.omitted), *map(_fault_line, error.faults), more]
    return Words(*("\n".join(line.text(lang) for line in lines if line) for lang in LANGUAGES))


def _fault_line(fault: "Fault") -> Words:
    said = Words(*map(fault.message, LANGUAGES))
    place = fault.label or fault.pointer
    return _FAULT.format(place=place, said=said) if place else _ALONE.format(said=said)


def suggestion(wrong: str, known: list[str]) -> Words:
    """Return the question "did you mean …?" with the most similar known name, or empty words if none is similar."""
    close = closest(wrong, known)
    return MEANT.format(close=close) if close else NO_WORDS


_FAULT = Words("  {place}：{said}", "  {place}: {said}")
_ALONE = Words("  {said}", "  {said}")
_ABOUT = Words("{name}：{words}", "{name}: {words}")
_SYSTEM = Words("系统提示：{reason}", "{reason}")
_REASONS: Mapping[int | None, Words] = {
    ENOENT: Words("没有这个文件或文件夹", "no such file or folder"),
    **dict.fromkeys((EACCES, EPERM), Words("没有读写它的权限", "no permission")),
    EISDIR: Words("这是文件夹，不是文件", "a folder and not a file"),
    ENOTDIR: Words("路径中有一段是文件，不是文件夹", "a part of the path is a file and not a folder"),
    EEXIST: Words("已有同名的文件", "there is a file of this name"),
    ELOOP: Words("链接循环，指向自身", "a link that leads back to itself"),
    ENAMETOOLONG: Words("文件名过长", "the name is too long"),
    ENOSPC: Words("磁盘已满", "the disk is full"),
    EIO: Words("磁盘或设备读写出错", "the disk or the device failed"),
}
