"""What a decorator does with what it decorates, told from its code."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Optional

from convbias_lint.analysis.nodes import FUNCTIONS, children


def hands_back(decorator: ast.AST, is_made: bool) -> bool:
    """Whether a decorator returns what it gets, unchanged: it registers it, or takes note of it.

    ``is_made``: it is the function inside that decorates, as in ``@register("name")``.
    """
    functions = [decorator, *(_inside(decorator) if is_made else ())]
    return any(_returns_its_own(function) or _wraps(function) for function in functions)


def _wraps(function: ast.AST) -> bool:
    """Whether a function returns one inside it that does no more than call what it was given."""
    own = _first(function)
    returns = [node.value for node in _inside(function) if isinstance(node, ast.Return)]
    inner = [node for node in _inside(function) if isinstance(node, ast.FunctionDef)]
    if own is None or len(inner) != 1 or not returns:
        return False
    if not all(isinstance(value, ast.Name) and value.id == inner[0].name for value in returns):
        return False
    given = [node.value for node in _inside(inner[0]) if isinstance(node, ast.Return)]
    return bool(given) and all(_is_handed_on(value, own, inner[0].args) for value in given)


def _is_handed_on(value: object, own: str, given: ast.arguments) -> bool:
    """Whether ``value`` is ``own(*args, **kwargs)`` of all that was given, in its order."""
    if not (isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == own):
        return False
    plain = [arg.arg for arg in (*given.posonlyargs, *given.args)]
    starred = [] if given.vararg is None else [given.vararg.arg]
    named = [] if given.kwarg is None else [given.kwarg.arg]
    passed = [arg.value if isinstance(arg, ast.Starred) else arg for arg in value.args]
    names = [getattr(arg, "id", None) for arg in passed]
    keywords = [getattr(keyword.value, "id", None) for keyword in value.keywords if keyword.arg is None]
    return names == plain + starred and keywords == named and len(keywords) == len(value.keywords)


def _first(function: ast.AST) -> Optional[str]:
    """The name of a function's first parameter."""
    if not isinstance(function, FUNCTIONS):
        return None
    arguments = [*function.args.posonlyargs, *function.args.args]
    return arguments[0].arg if arguments else None


def _returns_its_own(function: ast.AST) -> bool:
    """Whether a function returns its first argument, and sets nothing on it."""
    own = _first(function)
    if own is None:
        return False
    returned = False
    for node in _inside(function):
        if isinstance(node, ast.Return):
            if not (isinstance(node.value, ast.Name) and node.value.id == own):
                return False
            returned = True
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            if isinstance(node.value, ast.Name) and node.value.id == own:
                return False
    return returned


def _inside(function: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a function, but not those of the functions and classes in it."""
    todo = list(children(function))
    while todo:
        node = todo.pop()
        yield node
        if not isinstance(node, (ast.ClassDef, ast.Lambda, *FUNCTIONS)):
            todo.extend(children(node))
