"""Room for calls that nest deeply, claimed once for all of them.

From 3.11 on CPython keeps the frames of Python code in chunks of 16 KB, and until a fix in later releases it
gave a chunk back to the system with the last frame in it.  A loop at a depth where a chunk ends asks for a
new one in every round, which took a seventh of a run over timm
(https://github.com/python/cpython/issues/142183).  A chunk is made as large as its first frame needs: a
function that claims a large stack for itself makes room for all that it calls.
"""

from __future__ import annotations

from types import FunctionType
from typing import Any, Callable, TypeVar, cast

_Called = TypeVar("_Called", bound=Callable[..., Any])

ROOM = 70_000
"""Slots of 8 bytes. Rounded up to a power of two, that leaves as much again for what is called."""


def with_room(function: _Called) -> _Called:
    """Have ``function`` claim a stack that it does not need. No memory is touched before it is used."""
    code = cast(FunctionType, function).__code__
    cast(FunctionType, function).__code__ = code.replace(co_stacksize=code.co_stacksize + ROOM)
    return function
