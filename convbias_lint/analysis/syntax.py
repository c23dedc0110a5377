"""Source text to Python's own syntax tree.

``ast`` is several times as fast as LibCST's parser, and enough to see what code computes and where its
parts stand.  Syntax that is newer than the running Python is parsed by
LibCST, which knows it, and becomes the same tree: what is found does not depend on the interpreter.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterable, Sequence
from typing import Any

from convbias_lint.finding import Position


class SyntaxFailure(Exception):
    """The text does not parse."""

    def __init__(self, message: str, position: Position) -> None:
        super().__init__(message)
        self.message = message
        self.position = position


def parse(text: str) -> ast.Module:
    """The tree of a text whose rows end in line feeds. Raises SyntaxFailure."""
    try:
        with warnings.catch_warnings():
            # Doubtful escapes in the linted code are no warnings about ours.
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except SyntaxError as error:
        failure = SyntaxFailure(error.msg, Position(max(error.lineno or 1, 1), max(error.offset or 1, 1)))
    except (ValueError, RecursionError, MemoryError):
        failure = SyntaxFailure("nested too deeply to be parsed", Position(1, 1))
    from convbias_lint.analysis.newer_syntax import parse_newer

    tree = parse_newer(text)
    if tree is None:
        raise failure
    return tree


class Excerpt:
    """The rows of a definition in a text: its tree, made again when asked for, is forty times as large."""

    __slots__ = ("_depth", "_first", "_rows")

    def __init__(self, node: Any, rows: Sequence[str], before: int = 0, depth: int = 0) -> None:
        """Of ``node``, which stands in ``depth`` classes, in ``rows`` that have so many ``before`` them."""
        self._first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
        self._rows = "\n".join(rows[self._first - 1 - before : node.end_lineno - before])
        self._depth = depth

    def __call__(self) -> Any:
        """The tree once more, each node where it stands in the text."""
        heads = "".join(f"{' ' * level}if 1:\n" for level in range(self._depth))
        found: Any = parse("\n" * (self._first - 1 - self._depth) + heads + self._rows)
        for _ in range(self._depth + 1):
            found = found.body[0]
        return found

    def inside(self, nodes: Iterable[Any]) -> list[Excerpt]:
        """Of definitions in the class that this one is of."""
        rows = self._rows.split("\n")
        return [Excerpt(node, rows, self._first - 1, self._depth + 1) for node in nodes]
