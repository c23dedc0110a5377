"""Writing a file so that it is whole at every moment, old or new, and stays the file it was.

The new content is written beside the file and then takes its place; mode, owner and, where there is one,
the link that leads to it are kept.  A file with several names (hard links) must be written in place to
stay one file: there the new content is first made safe beside it.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from convbias_lint.contents import fingerprint, read

SUFFIX = ".convbias-lint.tmp"
_BINARY = getattr(os, "O_BINARY", 0)


class Changed(Exception):
    """The file is no longer what was read; the text says so."""


def replace(path: str, data: bytes, expected: bytes) -> bool:
    """Give a file new content, if its content is still the one with the fingerprint ``expected``.

    False if another name of the same file brought the new content already.  Raises Changed and OSError.
    """
    real = os.path.realpath(path)
    now = read(real)
    if now == data:
        return False
    if fingerprint(now) != expected:
        raise Changed("changed while it was checked, left as it is")
    state = os.stat(real)
    if not state.st_mode & 0o222:  # its folder would let us, but whoever made it read-only means it
        raise PermissionError(13, "read-only file", path)
    beside = _beside(real)
    try:
        _write_new(beside, data, state)
        if state.st_nlink > 1:
            _overwrite(real, data, now)
        else:
            os.replace(beside, real)
    finally:
        with suppress(OSError):
            os.unlink(beside)
    return True


def write_text(path: str, text: str) -> None:
    """Write a report or a baseline: whole or not at all. Raises OSError."""
    data = text.encode("utf-8", "surrogateescape")
    real = os.path.realpath(path)
    if os.path.exists(real) and not os.path.isfile(real):  # /dev/stdout, a pipe
        with open(real, "wb") as stream:
            stream.write(data)
        return
    beside = _beside(real)
    try:
        with open(beside, "xb") as stream:  # no link that lies there
            stream.write(data)
        if os.path.exists(real):
            os.chmod(beside, stat.S_IMODE(os.stat(real).st_mode))
        os.replace(beside, real)
    except OSError as error:
        error.filename, error.filename2 = path, None
        raise
    finally:
        with suppress(OSError):
            os.unlink(beside)


@contextmanager
def tidy_end() -> Iterator[None]:
    """Whoever asks the process to end (SIGTERM) does not leave half of what is written here behind."""
    import signal

    def leave(number: int, _: object) -> None:
        raise SystemExit(128 + number)

    try:
        before = signal.signal(signal.SIGTERM, leave)
    except ValueError:  # only the main thread may
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _beside(path: str) -> str:
    """A name in the folder of a file, for its new content; systems allow names of some 250 bytes."""
    name = f"{path}.{os.getpid()}{SUFFIX}"
    if len(os.fsencode(os.path.basename(name))) <= 250:
        return name
    return os.path.join(os.path.dirname(path), f"{os.getpid()}{SUFFIX}")


def _write_new(path: str, data: bytes, like: os.stat_result) -> None:
    """A new file with the mode and, as far as allowed, the owner of another one."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600)
    try:
        _write_all(handle, data)
        if hasattr(os, "fchown") and (os.geteuid(), os.getegid()) != (like.st_uid, like.st_gid):
            with suppress(OSError):
                os.fchown(handle, like.st_uid, like.st_gid)
        with suppress(OSError):
            os.chmod(path, stat.S_IMODE(like.st_mode))
        os.fsync(handle)
    finally:
        os.close(handle)


def _overwrite(path: str, data: bytes, old: bytes) -> None:
    """New content for a file that stays where it is; whatever fails, it has its old content again."""
    handle = os.open(path, os.O_WRONLY | _BINARY)
    try:
        try:
            _write_all(handle, data)
        except BaseException:
            _write_all(handle, old)
            raise
        os.fsync(handle)
    finally:
        os.close(handle)


def _write_all(handle: int, data: bytes) -> None:
    """All of ``data`` from the start of the file on; one write may take no more than a part of it."""
    os.lseek(handle, 0, os.SEEK_SET)
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]
    os.ftruncate(handle, len(data))
