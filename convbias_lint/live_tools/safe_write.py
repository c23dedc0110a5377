"""Write files whole or not at all: beside their place first, then moved there in one step."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import tempfile
import threading
from collections.abc import Iterator
from typing import Any, Optional

from convbias_lint.live_tools.errors import ToolError, one_line


def refuse_early(old: Optional[str], new: str, *, force: bool) -> None:
    """Say what would fail at the end before any work is done: NEW exists, is OLD, or has no folder."""
    folder = os.path.dirname(os.path.abspath(new))
    if old is not None and os.path.exists(new) and os.path.exists(old) and os.path.samefile(old, new):
        raise ToolError("NEW is OLD: the input is never overwritten")
    if os.path.isdir(new):
        raise ToolError(f"{new} is a folder: name a file")
    if os.path.lexists(new) and not force:
        raise ToolError(f"{new} exists: --force replaces it")
    if not os.path.isdir(folder):
        raise ToolError(f"the folder {folder} does not exist")
    if not os.access(folder, os.W_OK):
        raise ToolError(f"the folder {folder} cannot be written to")


@contextlib.contextmanager
def written_whole(path: str, *, force: bool, mode_of: Optional[str] = None) -> Iterator[str]:
    """A temporary path to write to; on success it becomes ``path``, on any error nothing is left.

    Without ``force`` a file that came into being meanwhile is not replaced.  A link is followed: the
    file that it points to is replaced, the link stays.
    """
    target = os.path.realpath(path)
    folder, name = os.path.split(target)
    temporary: Optional[str] = None
    try:
        try:
            with uninterrupted():  # a file that nobody knows of yet could not be taken away again
                handle, temporary = tempfile.mkstemp(prefix=f".{name[:100]}.", suffix=".tmp", dir=folder)
                os.close(handle)
        except OSError as error:
            raise ToolError(f"{path} cannot be written: {error.strerror or error}") from error
        try:
            yield temporary
            with open(temporary, "rb+") as stream:
                os.fsync(stream.fileno())
            _set_mode(temporary, mode_of)
            _move(temporary, target, force=force)
        except ToolError:
            raise
        except Exception as error:
            raise ToolError(f"{path} was not written: {_cause(error)}") from error
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                os.unlink(temporary)


@contextlib.contextmanager
def uninterrupted() -> Iterator[None]:
    """Let a request to end wait for the end of the block, then have its usual effect.

    torch's zip writer is C++ and calls the stream's ``write``: an exception that a signal raises there
    can meet a destructor, and the process aborts, with its temporary file left behind.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # signals are handled in the main thread alone
        return
    waiting: list[int] = []
    before: dict[int, Any] = {}

    def wait(number: int, _: object) -> None:
        waiting.append(number)

    for number in (signal.SIGINT, signal.SIGTERM):
        if callable(signal.getsignal(number)):  # what the system does at once, or ignores, raises nothing
            before[number] = signal.signal(number, wait)
    try:
        yield
    finally:
        for handled, handler in before.items():
            signal.signal(handled, handler)
    if waiting:
        signal.raise_signal(waiting[0])


def _set_mode(path: str, mode_of: Optional[str]) -> None:
    if mode_of is not None:
        shutil.copymode(mode_of, path)
        return
    mask = os.umask(0)
    os.umask(mask)
    os.chmod(path, 0o666 & ~mask)


def _move(temporary: str, target: str, *, force: bool) -> None:
    if force:
        os.replace(temporary, target)
        return
    try:
        os.link(temporary, target)  # unlike a rename, fails where the target exists
    except FileExistsError:
        raise ToolError(f"{target} exists: --force replaces it") from None
    except OSError:  # a file system without hard links
        if os.path.lexists(target):
            raise ToolError(f"{target} exists: --force replaces it") from None
        os.rename(temporary, target)


def _cause(error: BaseException) -> str:
    """The system's own word for it ("No space left on device"), however deep it is wrapped."""
    seen: Optional[BaseException] = error
    while seen is not None:
        if isinstance(seen, OSError) and seen.strerror:
            return seen.strerror
        seen = seen.__cause__ or seen.__context__
    return one_line(error)
