"""Running what builds models and is no model or function of the file's top level itself.

``class ResNet: def build_network(self, shape): …; return keras.Model(inputs, outputs)``, or
``OPS = {"conv": lambda width: nn.Sequential(…)}``
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Optional

from convbias_lint.analysis import ir
from convbias_lint.analysis.classes import find_member
from convbias_lint.analysis.definitions import builds, takes
from convbias_lint.analysis.evaluator import Evaluator
from convbias_lint.analysis.lower_statements import body_of
from convbias_lint.analysis.machine import Arguments
from convbias_lint.analysis.modules import SourceFile
from convbias_lint.analysis.nodes import names_in
from convbias_lint.analysis.outside import FOLDED
from convbias_lint.analysis.running import input_of, run_rest, run_value
from convbias_lint.analysis.starts import open_arguments
from convbias_lint.analysis.state import Dead
from convbias_lint.analysis.values import (
    Bound,
    Class,
    ClassMethod,
    Const,
    Function,
    Instance,
    StaticMethod,
    Symbol,
    Unknown,
    Value,
)


def run_builder(m: Evaluator, cls: Class, symbols: dict[Any, Symbol]) -> None:
    """Run each method that builds layers and that nothing called so far; what it makes goes to a caller.

    Others that work with what the object holds come behind them: they may take it apart.
    """
    methods = {
        statement.name: statement
        for base in reversed(cls.mro or (cls,))
        if isinstance(base, Class)
        for statement in body_of(base.node)
        if isinstance(statement, ir.FuncDef)
    }
    building = [method for method in methods.values() if builds(method, set())]
    if not building:
        return
    init = find_member(m, cls, "__init__")
    given = open_arguments(m, init, symbols, {}, skip=1) if isinstance(init, Function) else Arguments()
    m.state.building()  # no more is done but building, and running that is worth no more
    builder = m.state.resolve(m.call(cls, given, None))
    if not isinstance(builder, Instance):
        return
    for method in building:
        _run_method(m, builder, cls, method, symbols)
    others = [method for method in methods.values() if method not in building]
    m.aside = True
    for method in others:
        held = {name for name, value in builder.state.items() if not isinstance(value, _PLAIN)}
        if not held.isdisjoint(names_in(method.syntax)):
            _run_method(m, builder, cls, method, None)
    m.aside = False
    run_rest(m)


_PLAIN = (Const, Symbol, Unknown)
"""Values that hold no layer."""


def _run_method(
    m: Evaluator, builder: Instance, cls: Class, method: ir.FuncDef, symbols: Optional[dict[Any, Symbol]]
) -> None:
    """Run a method with open arguments (without ``symbols``: with tensors) unless something called it."""
    inside = method.name.startswith("__") and method.name != "__call__"
    member = find_member(m, cls, method.name)
    function = member.func if isinstance(member, (StaticMethod, ClassMethod)) else member
    if method in m.called or inside or FOLDED.search(method.name) or not isinstance(function, Function):
        return
    bound: Value = function
    if not isinstance(member, StaticMethod):
        bound = Bound(function, cls if isinstance(member, ClassMethod) else builder)
    skip = 0 if isinstance(member, StaticMethod) else 1
    if symbols is None:
        arguments = Arguments()
        for param in function.node.params[skip:]:
            if param.kind in ("", "keyword"):
                arguments.keywords[param.name] = input_of(m, function, param)
    else:
        arguments = open_arguments(m, function, symbols, {}, skip)
    try:
        run_value(m, m.call(bound, arguments, None))
    except Dead:
        return


def run_lambda(m: Evaluator, symbols: dict[Any, Symbol], function: Function) -> None:
    """Run a lambda of a table that nothing in view called; what it makes goes to a caller."""
    run_value(m, m.call(function, open_arguments(m, function, symbols, {}, skip=0), None))
    run_rest(m)


def naming(file: SourceFile, name: str, seen: Collection[Any]) -> list[ir.ClassDef | ir.FuncDef]:
    """The definitions of a file that name a table, but for those that were run."""
    every: list[ir.ClassDef | ir.FuncDef] = [*file.classes(), *file.functions()]
    return [node for node in every if node not in seen and takes(node, {name})]
