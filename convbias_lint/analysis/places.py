"""Where nodes stand in the text, computed only for files with findings.

LibCST's own position provider copies the whole tree and counts rows and columns at every token; here
the code is generated once and the number of tokens is noted at the nodes asked for.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate
from typing import Any

import libcst as cst
from libcst._nodes.internal import CodegenState

from convbias_lint.finding import Position

Span = tuple[int, int]
"""Start and end as offsets into the text."""


class _Recorder(CodegenState):
    """Generates code and notes at which token the wanted nodes start and end."""

    def __init__(self, indent: str, newline: str, wanted: set[int]) -> None:
        super().__init__(default_indent=indent, default_newline=newline)
        self.wanted = wanted
        self.outer: dict[int, tuple[int, int]] = {}
        self.inner: dict[int, tuple[int, int]] = {}
        self.open: list[int] = []

    def before_codegen(self, node: Any) -> None:
        if id(node) in self.wanted:
            self.open.append(len(self.tokens))

    def after_codegen(self, node: Any) -> None:
        if id(node) in self.wanted:
            self.outer.setdefault(id(node), (self.open.pop(), len(self.tokens)))

    def record_syntactic_position(self, node: Any, **kwargs: Any) -> Any:
        return _Noted(self, id(node)) if id(node) in self.wanted else _NOTHING


class _Noted:
    """Notes where a node's code starts and ends without the parentheses around it."""

    def __init__(self, state: _Recorder, key: int) -> None:
        self.state = state
        self.key = key

    def __enter__(self) -> None:
        self.start = len(self.state.tokens)

    def __exit__(self, *failure: object) -> None:
        self.state.inner.setdefault(self.key, (self.start, len(self.state.tokens)))


class _Nothing:
    def __enter__(self) -> None:
        pass

    def __exit__(self, *failure: object) -> None:
        pass


_NOTHING = _Nothing()


class Places:
    """The spans of some nodes of a module: ``inner`` without parentheses around them, ``outer`` with."""

    def __init__(self, tree: cst.Module, nodes: Iterable[Any]) -> None:
        state = _Recorder(tree.default_indent, tree.default_newline, {id(node) for node in nodes})
        tree._codegen(state)
        offsets = [0, *accumulate(map(len, state.tokens))]
        self.text = "".join(state.tokens)
        self._inner = {key: (offsets[start], offsets[end]) for key, (start, end) in state.inner.items()}
        self._outer = {key: (offsets[start], offsets[end]) for key, (start, end) in state.outer.items()}
        self._rows = [0, *accumulate(len(line) + 1 for line in self.text.split("\n"))]

    def inner(self, node: Any) -> Span:
        return self._inner.get(id(node)) or self._outer[id(node)]

    def outer(self, node: Any) -> Span:
        return self._outer[id(node)]

    def position(self, offset: int) -> Position:
        """Row and column, from 1, of an offset."""
        row = bisect_right(self._rows, offset)
        return Position(row, offset - self._rows[row - 1] + 1)
