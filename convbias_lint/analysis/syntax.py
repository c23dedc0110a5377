"""Source text to Python's own syntax tree.

``ast`` is several times as fast as LibCST's parser, and enough to see what code computes; LibCST is
asked for the few calls that a fix rewrites.  Syntax that is newer than the running Python is parsed by
LibCST, which knows it, and becomes the same tree: what is found does not depend on the interpreter.
"""

from __future__ import annotations

import ast
import warnings

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
