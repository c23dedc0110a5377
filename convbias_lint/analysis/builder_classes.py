"""Running what builds models and is no model or function of the file's top level itself.

``class ResNet: def build_network(self, shape): …; return keras.Model(inputs, outputs)``, or
``OPS = {"conv": lambda width: nn.Sequential(…)}``
"""

from __future__ import annotations

from typing import Any

from convbias_lint.analysis import ir
from convbias_lint.analysis.classes import find_member
from convbias_lint.analysis.definitions import builds
from convbias_lint.analysis.evaluator import Evaluator
from convbias_lint.analysis.lower_statements import body_of
from convbias_lint.analysis.machine import Arguments
from convbias_lint.analysis.outside import FOLDED
from convbias_lint.analysis.running import run_rest, run_value
from convbias_lint.analysis.starts import open_arguments
from convbias_lint.analysis.state import Dead
from convbias_lint.analysis.values import (
    Bound,
    Class,
    ClassMethod,
    Function,
    Instance,
    StaticMethod,
    Symbol,
    Value,
)


def run_builder(m: Evaluator, cls: Class, symbols: dict[Any, Symbol]) -> None:
    """Run each method that builds layers and that nothing called so far; what it makes goes to a caller."""
    methods = [
        statement
        for statement in body_of(cls.node)
        if isinstance(statement, ir.FuncDef) and builds(statement, set())
    ]
    if not methods:
        return
    init = find_member(m, cls, "__init__")
    given = open_arguments(m, init, symbols, {}, skip=1) if isinstance(init, Function) else Arguments()
    builder = m.state.resolve(m.call(cls, given, None))
    if not isinstance(builder, Instance):
        return
    for method in methods:
        if method in m.called or method.name.startswith("__") or FOLDED.search(method.name):
            continue
        member = find_member(m, cls, method.name)
        bound: Value = member
        function = member.func if isinstance(member, (StaticMethod, ClassMethod)) else member
        if isinstance(member, Function):
            bound = Bound(member, builder)
        elif isinstance(member, ClassMethod):
            bound = Bound(member.func, cls)
        if not isinstance(function, Function):
            continue
        skip = 0 if isinstance(member, StaticMethod) else 1
        try:
            run_value(m, m.call(bound, open_arguments(m, function, symbols, {}, skip), None))
        except Dead:
            continue


def run_lambda(m: Evaluator, symbols: dict[Any, Symbol], function: Function) -> None:
    """Run a lambda of a table that nothing in view called; what it makes goes to a caller."""
    run_value(m, m.call(function, open_arguments(m, function, symbols, {}, skip=0), None))
    run_rest(m)
