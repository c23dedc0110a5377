"""LibCST statements to the evaluator's language, a body at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Optional

import libcst as cst

from convbias_lint.analysis import ir
from convbias_lint.analysis.lower import lower_args, lower_expr, lower_params

_AUGMENTED = {
    cst.AddAssign: "+",
    cst.SubtractAssign: "-",
    cst.MultiplyAssign: "*",
    cst.DivideAssign: "/",
    cst.FloorDivideAssign: "//",
    cst.ModuloAssign: "%",
    cst.PowerAssign: "**",
    cst.MatrixMultiplyAssign: "@",
    cst.LeftShiftAssign: "<<",
    cst.RightShiftAssign: ">>",
    cst.BitAndAssign: "&",
    cst.BitOrAssign: "|",
    cst.BitXorAssign: "^",
}


def body_of(node: ir.FuncDef | ir.ClassDef) -> list[ir.Stmt]:
    """The statements of a function or class, lowered on first use."""
    if node.body is None:
        node.body = lower_block(node.cst.body)
    return node.body


def lower_block(block: Any) -> list[ir.Stmt]:
    """The statements of a module, an indented block or a one-line suite."""
    statements: list[ir.Stmt] = []
    for line in block.body:
        if isinstance(line, cst.SimpleStatementLine):
            for small in line.body:
                _append(statements, small)
        else:
            _append(statements, line)
    return statements


def _append(statements: list[ir.Stmt], node: Any) -> None:
    lower = _STATEMENTS.get(type(node))
    if lower is not None:
        statement = lower(node)
        if statement is not None:
            statements.append(statement)


def _expression(node: cst.Expr) -> Optional[ir.Stmt]:
    if isinstance(node.value, (cst.SimpleString, cst.ConcatenatedString, cst.Ellipsis)):
        return None
    return ir.ExprStmt(lower_expr(node.value))


def _assign(node: cst.Assign) -> ir.Stmt:
    return ir.Assign([lower_expr(target.target) for target in node.targets], lower_expr(node.value))


def _annotated(node: cst.AnnAssign) -> Optional[ir.Stmt]:
    if node.value is None:
        return ir.Declare(node.target.value) if isinstance(node.target, cst.Name) else None
    return ir.Assign([lower_expr(node.target)], lower_expr(node.value))


def _if(node: cst.If) -> ir.Stmt:
    # A long elif chain is deep nesting: lower it from its end.
    chain: list[cst.If] = [node]
    while isinstance(chain[-1].orelse, cst.If):
        chain.append(chain[-1].orelse)
    last = chain[-1].orelse
    orelse: Sequence[ir.Stmt] = lower_block(last.body) if isinstance(last, cst.Else) else ()
    for link in reversed(chain):
        orelse = (ir.If(lower_expr(link.test), lower_block(link.body), orelse),)
    return orelse[0]


def _orelse(node: Any) -> Sequence[ir.Stmt]:
    return () if node is None else lower_block(node.body)


def _for(node: cst.For) -> ir.Stmt:
    return ir.For(
        lower_expr(node.target), lower_expr(node.iter), lower_block(node.body), _orelse(node.orelse)
    )


def _while(node: cst.While) -> ir.Stmt:
    return ir.While(lower_expr(node.test), lower_block(node.body), _orelse(node.orelse))


def _with(node: cst.With) -> ir.Stmt:
    items = [
        (lower_expr(item.item), None if item.asname is None else lower_expr(item.asname.name))
        for item in node.items
    ]
    return ir.With(items, lower_block(node.body))


def _try(node: Any) -> ir.Stmt:
    return ir.Try(
        lower_block(node.body),
        [lower_block(handler.body) for handler in node.handlers],
        _orelse(node.orelse),
        _orelse(node.finalbody),
    )


def _match(node: cst.Match) -> ir.Stmt:
    cases = []
    for case in node.cases:
        literal: Optional[ir.Expr] = None
        anything = False
        pattern = case.pattern
        if isinstance(pattern, (cst.MatchValue, cst.MatchSingleton)) and case.guard is None:
            literal = lower_expr(pattern.value)
        elif isinstance(pattern, cst.MatchAs) and pattern.pattern is None and case.guard is None:
            anything = pattern.name is None
        cases.append((literal, anything, lower_block(case.body)))
    return ir.Match(lower_expr(node.subject), cases)


def _function(node: cst.FunctionDef) -> ir.Stmt:
    return ir.FuncDef(
        node.name.value,
        lower_params(node.params),
        [lower_expr(decorator.decorator) for decorator in node.decorators],
        node,
    )


def _class(node: cst.ClassDef) -> ir.Stmt:
    return ir.ClassDef(
        node.name.value,
        [lower_expr(base.value) for base in node.bases if not base.star],
        lower_args(node.keywords),
        [lower_expr(decorator.decorator) for decorator in node.decorators],
        node,
    )


def _import(node: cst.Import) -> ir.Stmt:
    return ir.Import([(dotted(alias.name), _alias(alias)) for alias in node.names])


def _import_from(node: cst.ImportFrom) -> ir.Stmt:
    module = "" if node.module is None else dotted(node.module)
    if isinstance(node.names, cst.ImportStar):
        return ir.ImportFrom(module, len(node.relative), None)
    names = [(dotted(alias.name), _alias(alias) or dotted(alias.name)) for alias in node.names]
    return ir.ImportFrom(module, len(node.relative), names)


def _alias(node: cst.ImportAlias) -> Optional[str]:
    return (
        node.asname.name.value if node.asname is not None and isinstance(node.asname.name, cst.Name) else None
    )


def dotted(node: Any) -> str:
    """The text of a dotted name."""
    return node.value if isinstance(node, cst.Name) else f"{dotted(node.value)}.{node.attr.value}"


_STATEMENTS: dict[type, Callable[[Any], Optional[ir.Stmt]]] = {
    cst.Expr: _expression,
    cst.Assign: _assign,
    cst.AnnAssign: _annotated,
    cst.AugAssign: lambda node: ir.AugAssign(
        lower_expr(node.target), _AUGMENTED[type(node.operator)], lower_expr(node.value)
    ),
    cst.If: _if,
    cst.For: _for,
    cst.While: _while,
    cst.With: _with,
    cst.Try: _try,
    cst.TryStar: _try,
    cst.Match: _match,
    cst.Return: lambda node: ir.Return(None if node.value is None else lower_expr(node.value)),
    cst.Raise: lambda node: ir.Raise(),
    cst.Break: lambda node: ir.Break(),
    cst.Continue: lambda node: ir.Continue(),
    cst.Assert: lambda node: ir.Assert(lower_expr(node.test)),
    cst.Global: lambda node: ir.Global(tuple(item.name.value for item in node.names)),
    cst.Nonlocal: lambda node: ir.Global(tuple(item.name.value for item in node.names)),
    cst.Del: lambda node: ir.Delete((lower_expr(node.target),)),
    cst.FunctionDef: _function,
    cst.ClassDef: _class,
    cst.Import: _import,
    cst.ImportFrom: _import_from,
}
