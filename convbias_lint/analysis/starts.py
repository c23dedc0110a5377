"""What a run starts with: the statements of a file that do something, and arguments that may be anything."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from convbias_lint.analysis import ir
from convbias_lint.analysis.callers import Callers
from convbias_lint.analysis.evaluator import Evaluator
from convbias_lint.analysis.loader import Loader
from convbias_lint.analysis.machine import Arguments
from convbias_lint.analysis.modules import SourceFile
from convbias_lint.analysis.runs import Run
from convbias_lint.analysis.values import (
    Choice,
    Class,
    Const,
    External,
    Function,
    Partial,
    Symbol,
    Value,
)

_NORM = re.compile("[Nn]orm|BN|bn")


def open_arguments(
    m: Evaluator,
    function: Function,
    symbols: dict[Any, Symbol],
    shown: dict[str, Value],
    skip: int,
) -> Arguments:
    """A symbol for every parameter, with its default where it has one."""
    arguments = Arguments()
    for param in function.node.params[skip:]:
        if param.kind == "**":
            arguments.open_keywords = True
        elif param.kind == "*":
            arguments.open_positions = True
        else:
            default = None if param.default is None else m.evaluate(param.default, function.scope)
            symbol = Symbol(("parameter", param.name), param.name, default)
            symbols[symbol.key] = symbol
            if param.number or (isinstance(default, Const) and type(default.value) in (int, float)):
                m.numbers.add(symbol.key)
            value: Value = symbol
            if isinstance(default, (External, Class, Function, Partial)):
                value = Choice(("is", symbol.key, "default"), default, symbol)
            elif (
                isinstance(default, Const) and isinstance(default.value, str) and _NORM.search(default.value)
            ):
                value = Choice(("is", symbol.key, ("str", default.value)), default, symbol)
            if param.name in shown:
                symbol.shown = shown[param.name]
                value = Choice(("is", symbol.key, ("class", repr(symbol.shown))), symbol.shown, value)
            arguments.keywords[param.name] = value
    if skip and function.node.params[:1] and function.node.params[0].kind == "*":
        return Arguments()
    return arguments


def norms_passed(run: Run, name: str, file: SourceFile, callers: Callers, loader: Loader) -> dict[str, Value]:
    """The norms that code of the package passes for parameters that a run of ``name`` called, by these."""
    shown: dict[str, Value] = {}
    labels = {symbol.label for symbol in run.symbols.values()}
    root = loader.package_of(file.path)
    for key in run.open_calls:
        symbol = run.symbols.get(key)
        if symbol is not None:
            norm = callers.norm_passed(name, symbol.label, labels, file.path, file.text, root)
            if norm is not None and repr(symbol.default) != f"torch.nn.{norm}":
                shown[symbol.label] = External(f"torch.nn.{norm}")
    return shown


def script_of(body: Iterable[ir.Stmt]) -> Iterator[ir.Stmt]:
    """The statements of a file that run when it is loaded, or run as a script, but for definitions."""
    for statement in body:
        test = statement.test if isinstance(statement, ir.If) else None
        if isinstance(test, ir.Compare) and isinstance(test.left, ir.Name) and test.left.id == "__name__":
            yield from script_of(statement.body)  # type: ignore[attr-defined]
        elif not isinstance(statement, (ir.ClassDef, ir.FuncDef)):
            yield statement


def does_something(statement: ir.Stmt) -> bool:
    """Whether a top-level statement may build or run something (not a mere constant or import)."""
    if isinstance(statement, (ir.Assign, ir.ExprStmt)):
        return isinstance(statement.value, (ir.Call, ir.Binary, ir.Display, ir.Comprehension, ir.Dict))
    if isinstance(statement, ir.Assert):
        return isinstance(statement.test, ir.Call)
    return isinstance(statement, (ir.AugAssign, ir.For, ir.While, ir.With, ir.If, ir.Try))
