"""Statements of Python's syntax tree to the evaluator's language, a body at a time."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Optional

from convbias_lint.analysis import ir
from convbias_lint.analysis.lower import (
    OPERATORS,
    lower_expr,
    lower_optional,
    lower_params,
    name_of,
)
from convbias_lint.analysis.nodes import captured, children, last_name, names_in


def body_of(node: ir.FuncDef | ir.ClassDef) -> list[ir.Stmt]:
    """The statements of a function or class, lowered on first use."""
    if node.body is None:
        node.body = lower_block(node.syntax.body)
        if isinstance(node, ir.ClassDef) and node.again is not None:
            _put_away(node, node.body)
    return node.body


def _put_away(node: ir.ClassDef, body: Iterable[ir.Stmt]) -> None:
    """Drop the trees of a class's methods once more: most are never called."""
    assert node.again is not None
    inner = [statement for statement in body if isinstance(statement, ir.Definition)]
    for statement, again in zip(inner, node.again.inside(statement.syntax for statement in inner)):
        statement.put_away(again)
    node.put_away(node.again)


def lower_block(block: Iterable[Any]) -> list[ir.Stmt]:
    """The statements of a module, a definition or a branch."""
    statements: list[ir.Stmt] = []
    for node in block:
        lower = _STATEMENTS.get(type(node).__name__)
        statement = None if lower is None else lower(node)
        if statement is not None:
            statements.append(statement)
    return statements


def _expression(node: ast.Expr) -> Optional[ir.Stmt]:
    return None if isinstance(node.value, ast.Constant) else ir.ExprStmt(lower_expr(node.value))


def _assign(node: ast.Assign) -> ir.Stmt:
    return ir.Assign([lower_expr(target) for target in node.targets], lower_expr(node.value))


def _annotated(node: ast.AnnAssign) -> Optional[ir.Stmt]:
    if node.value is None:
        return ir.Declare(node.target.id) if isinstance(node.target, ast.Name) else None
    kind = ir.Assign if "ClassVar" in names_in(node.annotation) else ir.AnnAssign
    return kind([lower_expr(node.target)], lower_expr(node.value))


def _augmented(node: ast.AugAssign) -> ir.Stmt:
    return ir.AugAssign(lower_expr(node.target), OPERATORS[name_of(node.op)], lower_expr(node.value))


def _if(node: ast.If) -> ir.Stmt:
    # A long elif chain is deep nesting: lower it from its end.
    chain = [node]
    while len(chain[-1].orelse) == 1 and isinstance(chain[-1].orelse[0], ast.If):
        chain.append(chain[-1].orelse[0])
    orelse: Sequence[ir.Stmt] = lower_block(chain[-1].orelse)
    for link in reversed(chain):
        orelse = (ir.If(lower_expr(link.test), lower_block(link.body), orelse),)
    return orelse[0]


def _for(node: ast.For) -> ir.Stmt:
    return ir.For(
        lower_expr(node.target), lower_expr(node.iter), lower_block(node.body), lower_block(node.orelse)
    )


def _while(node: ast.While) -> ir.Stmt:
    return ir.While(lower_expr(node.test), lower_block(node.body), lower_block(node.orelse))


def _with(node: ast.With) -> ir.Stmt:
    items = [(lower_expr(item.context_expr), lower_optional(item.optional_vars)) for item in node.items]
    # ``with suppress(RuntimeError):`` goes on behind the block, however far that came.
    left = any(_called(item.context_expr) == "suppress" for item in node.items)
    return ir.With(items, lower_block(node.body), _stored(node.body) if left else frozenset())


def _called(node: ast.expr) -> str:
    """The last part of the name of what an expression calls."""
    return last_name(node.func) if isinstance(node, ast.Call) else ""


def _stored(block: Iterable[ast.AST]) -> frozenset[str]:
    """The names that statements bind."""
    return frozenset(node.id for node in _names(block) if not isinstance(node.ctx, ast.Load))


def _names(block: Iterable[ast.AST]) -> Iterator[ast.Name]:
    todo = list(block)
    while todo:
        node = todo.pop()
        if isinstance(node, ast.Name):
            yield node
        else:
            todo.extend(children(node))


def _seen(node: Any) -> frozenset[str]:
    """The names bound in the body of a ``try`` that show, in a handler or behind it, how far it came."""
    stored = _stored(node.body)
    seen: set[str] = set()
    for handler in node.handlers if stored else ():
        seen.update(name.id for name in _names(handler.body) if not isinstance(name.ctx, ast.Store))
        if not isinstance(handler.body[-1], (ast.Raise, ast.Return, ast.Continue, ast.Break)):
            seen |= stored - _stored(handler.body)
    return stored & seen


def _try(node: Any) -> ir.Stmt:
    return ir.Try(
        lower_block(node.body),
        [lower_block(handler.body) for handler in node.handlers],
        lower_block(node.orelse),
        lower_block(node.finalbody),
        _seen(node),
    )


def _match(node: Any) -> ir.Stmt:
    cases = []
    for case in node.cases:
        literal: Optional[ir.Expr] = None
        anything = False
        pattern = case.pattern
        body = lower_block(case.body)
        if case.guard is not None:
            body.insert(0, ir.Assert(lower_expr(case.guard)))  # where it does not hold, the case is not taken
        else:
            kind = name_of(pattern)
            if kind == "MatchValue":
                literal = lower_expr(pattern.value)
            elif kind == "MatchSingleton":
                literal = ir.Const(pattern.value)
            elif kind == "MatchAs":
                anything = pattern.pattern is None
        cases.append(ir.Case(literal, anything, captured(pattern), body))
    return ir.Match(lower_expr(node.subject), cases)


def _function(node: ast.FunctionDef) -> ir.Stmt:
    decorators = [lower_expr(decorator) for decorator in node.decorator_list]
    return ir.FuncDef(node.name, lower_params(node.args), decorators, node)


def _class(node: ast.ClassDef) -> ir.Stmt:
    return ir.ClassDef(
        node.name,
        [lower_expr(base) for base in node.bases],
        [lower_expr(decorator) for decorator in node.decorator_list],
        node,
    )


def _import_from(node: ast.ImportFrom) -> ir.Stmt:
    names = [(alias.name, alias.asname or alias.name) for alias in node.names]
    return ir.ImportFrom(node.module or "", node.level, None if names[0][0] == "*" else names)


_STATEMENTS: dict[str, Callable[[Any], Optional[ir.Stmt]]] = {
    "Expr": _expression,
    "Assign": _assign,
    "AnnAssign": _annotated,
    "AugAssign": _augmented,
    "If": _if,
    "For": _for,
    "AsyncFor": _for,
    "While": _while,
    "With": _with,
    "AsyncWith": _with,
    "Try": _try,
    "TryStar": _try,
    "Match": _match,
    "Return": lambda node: ir.Return(lower_optional(node.value)),
    "Raise": lambda node: ir.Raise(lower_optional(node.exc)),
    "Break": lambda node: ir.Break(),
    "Continue": lambda node: ir.Continue(),
    "Assert": lambda node: ir.Assert(lower_expr(node.test)),
    "Global": lambda node: ir.Global(node.names),
    "Nonlocal": lambda node: ir.Global(node.names),
    "Delete": lambda node: ir.Delete([lower_expr(target) for target in node.targets]),
    "FunctionDef": _function,
    "AsyncFunctionDef": _function,
    "ClassDef": _class,
    "Import": lambda node: ir.Import([(alias.name, alias.asname) for alias in node.names]),
    "ImportFrom": _import_from,
}
