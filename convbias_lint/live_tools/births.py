"""Where each layer of a model was built: the calls in the source, found while the model is built.

`recorded_births` wraps ``torch.nn.Module.__init__`` (and Keras's ``Layer.__init__``, where Keras runs on
something else) for as long as it is open.  Each layer then remembers the frames that led to it,
innermost first, without those of its own constructors and of the framework itself: the first is the
call that a reader would change to change the layer.
"""

from __future__ import annotations

import ast
import contextlib
import functools
import linecache
import os
import sys
import threading
from collections.abc import Iterable, Iterator
from types import FrameType
from typing import Any, NamedTuple, Optional

_MARK = "_convbias_lint_births"
_OURS = os.path.dirname(os.path.abspath(__file__)) + os.sep
_DEEPEST = 12
_LOCK = threading.RLock()


class Birth(NamedTuple):
    """A call in a source file; rows and columns count from 1, columns in code points."""

    filename: str
    row: int
    column: int
    end_row: int
    end_column: int

    def __str__(self) -> str:
        return f"{self.filename}:{self.row}"


@contextlib.contextmanager
def recorded_births() -> Iterator[None]:
    """Make every layer that is built inside remember where: read it with `births_of`.

    It holds for the frameworks that are imported when it is opened.
    """
    with _LOCK, contextlib.ExitStack() as stack:
        libraries = _libraries()
        for base in _bases():
            stack.enter_context(_recording(base, libraries))
        yield


@contextlib.contextmanager
def _recording(base: Any, libraries: tuple[str, ...]) -> Iterator[None]:
    original = base.__init__

    @functools.wraps(original)
    def recording(self: Any, *args: Any, **kwargs: Any) -> None:
        original(self, *args, **kwargs)
        # In __dict__, past the framework's own __setattr__, so that a deep copy made while the model
        # is built (as nn.Transformer does with its layers) knows its origin too.
        self.__dict__[_MARK] = _births(self, sys._getframe(1), libraries)

    base.__init__ = recording
    try:
        yield
    finally:
        base.__init__ = original


def _bases() -> list[type[Any]]:
    """The classes whose constructors every layer runs; Keras on PyTorch builds on PyTorch's own."""
    torch, keras = sys.modules.get("torch"), sys.modules.get("keras")
    bases = [torch.nn.Module] if torch is not None else []
    layer = getattr(keras, "Layer", None)
    if layer is not None and not issubclass(layer, tuple(bases)):
        bases.append(layer)
    return bases


def _libraries() -> tuple[str, ...]:
    """Folders whose frames build layers for others; ready-made models are not among them."""
    torch, keras = sys.modules.get("torch"), sys.modules.get("keras")
    folders = []
    if torch is not None and torch.__file__:
        folders.append(os.path.dirname(os.path.abspath(torch.__file__)))
    if keras is not None and keras.__file__:
        source = os.path.join(os.path.dirname(os.path.abspath(keras.__file__)), "src")
        if os.path.isdir(source):
            folders += [e.path for e in os.scandir(source) if e.is_dir() and e.name != "applications"]
    return tuple(folder + os.sep for folder in folders)


def births_of(layer: Any) -> tuple[Birth, ...]:
    """The calls that built ``layer``, innermost first; empty where nobody recorded them."""
    births: tuple[Birth, ...] = layer.__dict__.get(_MARK, ())
    return births


def forget_births(layers: Iterable[Any]) -> None:
    """Take the marks off again, so that nothing of them is pickled or exported."""
    for layer in layers:
        layer.__dict__.pop(_MARK, None)


def _births(layer: Any, frame: Optional[FrameType], libraries: tuple[str, ...]) -> tuple[Birth, ...]:
    while frame is not None and _constructs(frame, layer):
        frame = frame.f_back
    births: list[Birth] = []
    while frame is not None and len(births) < _DEEPEST:
        filename = frame.f_code.co_filename
        if filename.startswith(_OURS):
            break  # we called it: nothing of the user's lies further out
        if not filename.startswith(("<", *libraries)):
            births.append(_position(frame))
        frame = frame.f_back
    return tuple(births)


def _constructs(frame: FrameType, layer: Any) -> bool:
    code = frame.f_code
    return (
        code.co_name == "__init__"
        and code.co_argcount > 0
        and frame.f_locals.get(code.co_varnames[0]) is layer
    )


def _position(frame: FrameType) -> Birth:
    code, filename = frame.f_code, os.path.abspath(frame.f_code.co_filename)
    if sys.version_info >= (3, 11):
        positions = list(code.co_positions())
        row, end_row, start, end = positions[frame.f_lasti // 2]
        if row is not None and end_row is not None and start is not None and end is not None:
            return Birth(
                filename, row, _column(filename, row, start), end_row, _column(filename, end_row, end)
            )
    return _call_on_row(filename, frame.f_lineno)


def _column(filename: str, row: int, offset: int) -> int:
    """The column, in code points from 1, of a byte ``offset`` in a row."""
    return len(linecache.getline(filename, row).encode()[:offset].decode(errors="replace")) + 1


@functools.lru_cache(maxsize=64)
def _calls(filename: str) -> dict[int, ast.Call]:
    """The outermost call that starts on each row: Python before 3.11 knows no columns."""
    try:
        tree = ast.parse("".join(linecache.getlines(filename)))
    except SyntaxError:
        return {}
    calls: dict[int, ast.Call] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            calls.setdefault(node.lineno, node)
    return calls


def _call_on_row(filename: str, row: int) -> Birth:
    call = _calls(filename).get(row)
    if call is None or call.end_lineno is None or call.end_col_offset is None:
        width = len(linecache.getline(filename, row).rstrip("\n"))
        return Birth(filename, row, 1, row, width + 1)
    return Birth(
        filename,
        row,
        _column(filename, row, call.col_offset),
        call.end_lineno,
        _column(filename, call.end_lineno, call.end_col_offset),
    )
