"""What symbols and constants are called where a layer is built, for a fix to be written in these names."""

from __future__ import annotations

import ast
from typing import Any, Optional

from convbias_lint.analysis.conditions import constant_key
from convbias_lint.analysis.layer import CallSite
from convbias_lint.analysis.machine import Scope
from convbias_lint.analysis.nodes import walk
from convbias_lint.analysis.quotes import written
from convbias_lint.analysis.values import Choice, Class, Const, External, Function, Partial, Symbol, Value


class Names:
    """What things are called at some calls."""

    def __init__(self, sites: list[CallSite], symbols: dict[Any, Symbol]) -> None:
        self.sites = sites
        self.scopes: list[Scope] = [site.scope for site in sites]
        self.symbols = symbols

    def of(self, key: Any) -> Optional[str]:
        """A name that holds the symbol at every call."""
        candidates: Optional[set[str]] = None
        for site in self.sites:
            names = {name for name in _names_in(site.scope, key) if _is_bound_before(name, site)}
            candidates = names if candidates is None else candidates & names
        return min(candidates, key=lambda name: (len(name), name)) if candidates else None

    def constant(self, value: object) -> str:
        """How a constant is written in the file of the scopes."""
        return written(value, self.scopes[0].file.text)

    def spelled(self, value: Value) -> Optional[str]:
        """How a class, function or constant is written in the file of the scopes."""
        if isinstance(value, Const):
            return self.constant(value.value)
        known = self.scopes[0].file.binds
        if isinstance(value, (Class, Function)):
            name = getattr(value.node, "name", None)
            return name if name in known else None  # a method's name says nothing inside another
        if not isinstance(value, External):
            return None
        short = value.name.rsplit(".", 1)[-1]
        if value.name.startswith("torch.nn.") and "nn" in known:
            return f"nn.{value.name[len('torch.nn.') :]}"
        return short if short in known or "torch" not in known else value.name

    def are_bound_in(self, expression: str) -> bool:
        """Whether each name in an expression is bound at the calls, in the function or the file."""
        names = {node.id for node in walk(ast.parse(expression)) if isinstance(node, ast.Name)}
        return all(_is_bound(name, scope) for name in names for scope in self.scopes)


def _is_bound(name: str, scope: Scope) -> bool:
    if name in scope.file.binds or scope.file.stars:
        return True
    current: Optional[Scope] = scope
    while current is not None and name not in current.vars:
        current = current.parent
    return current is not None


def _is_bound_before(name: str, site: CallSite) -> bool:
    """Whether a name holds at a call what it holds when the function around has ended.

    It does not if it is bound further down, deleted, or hidden by the variable of a comprehension.
    """
    frame = site.scope.frame
    function = getattr(frame.function.node, "syntax", None) if frame is not None else None
    if function is None:
        return True
    own = name.partition(".")[0]
    return not any(
        isinstance(node, ast.Name)
        and node.id == own
        and (
            isinstance(node.ctx, ast.Del)
            or (isinstance(node.ctx, ast.Store) and node.lineno >= site.node.syntax.lineno)
        )
        for node in walk(function)
    )


def _names_in(scope: Scope, key: Any) -> set[str]:
    names: set[str] = set()
    current: Optional[Scope] = scope
    while current is not None:
        for name, value in current.vars.items():
            if isinstance(name, str) and _symbol_of(value, key) is not None:
                names.add(name)
        current = current.parent
    if not names and isinstance(key, tuple) and key[0] == "attribute":
        return {f"{name}.{key[2]}" for name in _names_in(scope, key[1])}
    return names


def _symbol_of(value: Any, key: Any) -> Optional[Symbol]:
    """The symbol ``key`` that a name holds; by itself, or beside its default."""
    while isinstance(value, Choice) and value.atom[:2] == ("is", key) and _is_held(value):
        value = value.no
    return value if isinstance(value, Symbol) and value.key == key else None


def _is_held(choice: Choice) -> bool:
    """Whether a choice says no more than that the symbol is what it is compared with."""
    constant = choice.atom[2]
    if constant == "default":
        return isinstance(choice.yes, (External, Class, Function, Partial))
    if constant[0] == "class":
        return bool(repr(choice.yes) == constant[1])
    return isinstance(choice.yes, Const) and constant == constant_key(choice.yes.value)
