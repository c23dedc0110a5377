"""What statements do to the flow of code, told from their syntax alone."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import Any

from convbias_lint.analysis.nodes import FUNCTIONS, children

_OTHER_ERRORS = frozenset(
    ("ImportError", "ModuleNotFoundError", "KeyError", "IndexError", "OSError", "ValueError")
)


def leaves(body: Iterable[ast.stmt]) -> bool:
    """Whether a loop may end before it has come upon every layer."""
    todo: list[ast.AST] = list(body)
    while todo:
        node = todo.pop()
        if isinstance(node, (ast.Return, ast.Break)):
            return True
        if not isinstance(node, (ast.expr, ast.ClassDef, *FUNCTIONS)):
            todo.extend(children(node))
    return False


def catches(handler: Any) -> bool:
    """Whether a handler may catch what using None raises."""
    kinds = handler.type
    if isinstance(kinds, ast.Name):
        kinds = [kinds]
    elif isinstance(kinds, ast.Tuple):
        kinds = kinds.elts
    else:
        return True
    return not all(isinstance(kind, ast.Name) and kind.id in _OTHER_ERRORS for kind in kinds)
