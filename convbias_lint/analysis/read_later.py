"""Whether a function still reads a variable once a call has changed what it holds, told from its code."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from convbias_lint.analysis.nodes import walk

Place = tuple[int, int]
"""A row and a column of the source."""

_LOOPS = (ast.For, ast.AsyncFor, ast.While, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def is_read_later(function: ast.AST, call: ast.Call, names: set[str]) -> bool:
    """Whether one of ``names`` is read behind ``call``, beside it, or the next time round."""
    nodes = walk(function)
    around = [node for node in nodes if isinstance(node, ast.stmt) and _is_in(call, node)]
    statement = max(around, key=_start, default=function)
    loops = [node for node in nodes if isinstance(node, _LOOPS) and _is_in(call, node)]
    rebound = set(_names_of(statement.targets)) if isinstance(statement, ast.Assign) else set()
    for read in nodes:
        if not isinstance(read, ast.Name) or read.id not in names or isinstance(read.ctx, ast.Store):
            continue
        # Beside the call: ``x + self.block(x)`` adds what ``x`` is once the call has changed it.
        if _is_in(read, statement) and not _is_in(read, call):
            return True
        if read.id in rebound:
            continue
        if _start(read) >= _end(call) or any(_comes_round(read, call, loop) for loop in loops):
            return True
    return False


def _comes_round(read: ast.Name, call: ast.Call, loop: Any) -> bool:
    """Whether a loop leads from ``call`` to a name that stands before it, or in it, with the same value."""
    if not _is_in(read, loop):
        return False
    bound = [loop.target] if isinstance(loop, (ast.For, ast.AsyncFor)) else []
    bound += [part.target for part in getattr(loop, "generators", ())]
    straight = not any(isinstance(node, ast.Continue) for node in walk(loop))
    for line in getattr(loop, "body", ()):
        behind = straight and _start(line) >= _end(call)
        if isinstance(line, ast.Assign) and (behind or _end(line) <= _start(read)):
            bound += line.targets
    return read.id not in _names_of(bound)


def _names_of(targets: list[ast.expr]) -> Iterator[str]:
    """The names among the targets of an assignment."""
    for target in targets:
        if isinstance(target, ast.Name):
            yield target.id
        elif isinstance(target, (ast.Tuple, ast.List)):
            yield from _names_of(target.elts)


def _is_in(inner: ast.AST, outer: ast.AST) -> bool:
    return _start(outer) <= _start(inner) and _end(inner) <= _end(outer)


def _start(node: Any) -> Place:
    return node.lineno, node.col_offset


def _end(node: Any) -> Place:
    return node.end_lineno, node.end_col_offset
