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
    return any(map(_gives_it_back, functions))


def _gives_it_back(function: ast.AST) -> bool:
    """Whether a function returns what it is given, or a function that does no more than call that."""
    own = _first(function)
    if own is None:
        return False
    returns = [node.value for node in _inside(function) if isinstance(node, ast.Return)]
    inner = [node for node in _inside(function) if isinstance(node, ast.FunctionDef)]
    same = {own} | {node.name for node in inner if _calls_only(node, own)}
    name = getattr(function, "name", "")
    return (
        bool(returns)
        and all(isinstance(value, ast.Name) and value.id in same for value in returns)
        and not any(_changes(node, own, name) for node in _inside(function))
    )


def _calls_only(inner: ast.FunctionDef, own: str) -> bool:
    """Whether a function inside a decorator gives back what the decorated one does."""
    given = [node.value for node in _inside(inner) if isinstance(node, ast.Return)]
    return bool(given) and all(_is_handed_on(value, own, inner.args) for value in given)


def _changes(node: ast.AST, own: str, decorator: str) -> bool:
    """Whether a statement gives what is decorated another attribute than a text about it.

    ``cls.__init__ = decorator(cls.__init__)`` decorates it in the same way.
    """
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "setattr" and len(node.args) == 3:
        return getattr(node.args[0], "id", "") == own and getattr(node.args[1], "value", None) not in _ABOUT
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    for target in targets:
        if isinstance(target, ast.Attribute) and getattr(target.value, "id", "") == own:
            value = getattr(node, "value", None)
            again = isinstance(value, ast.Call) and getattr(value.func, "id", None) == decorator
            if target.attr not in _ABOUT and not (again and target.attr == "__init__"):
                return True
    return False


_ABOUT = frozenset(("__doc__", "__name__", "__qualname__", "__module__", "__wrapped__", "__signature__"))


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


def _inside(function: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a function, but not those of the functions and classes in it."""
    todo = list(children(function))
    while todo:
        node = todo.pop()
        yield node
        if not isinstance(node, (ast.ClassDef, ast.Lambda, *FUNCTIONS)):
            todo.extend(children(node))
