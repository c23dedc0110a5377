"""Expressions of Python's syntax tree to the evaluator's language.

Nodes are told apart by the names of their classes: some are newer than the oldest Python we run on, and
:mod:`newer_syntax` makes up for those.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable
from typing import Any, Optional

from convbias_lint.analysis import ir
from convbias_lint.analysis.nodes import children

OPERATORS = {
    "Add": "+",
    "Sub": "-",
    "Mult": "*",
    "Div": "/",
    "FloorDiv": "//",
    "Mod": "%",
    "Pow": "**",
    "MatMult": "@",
    "LShift": "<<",
    "RShift": ">>",
    "BitAnd": "&",
    "BitOr": "|",
    "BitXor": "^",
}
_COMPARE = {
    "Eq": "==",
    "NotEq": "!=",
    "Lt": "<",
    "LtE": "<=",
    "Gt": ">",
    "GtE": ">=",
    "Is": "is",
    "IsNot": "is not",
    "In": "in",
    "NotIn": "not in",
}
_UNARY = {"Not": "not", "USub": "-", "UAdd": "+", "Invert": "~"}


def name_of(node: Any) -> str:
    """The name of a node's class."""
    return type(node).__name__


def lower_expr(node: Any) -> ir.Expr:
    """The expression ``node`` in the evaluator's language."""
    lower = _EXPRESSIONS.get(type(node).__name__)
    return lower(node) if lower is not None else ir.Opaque([lower_expr(part) for part in _parts(node)])


def _parts(node: Any) -> Iterable[Any]:
    return (child for child in children(node) if isinstance(child, ast.expr))


def lower_optional(node: Any) -> Optional[ir.Expr]:
    """The expression, where there is one."""
    return None if node is None else lower_expr(node)


def _formatted(node: ast.JoinedStr) -> ir.Expr:
    return ir.Text(
        [lower_expr(part.value if isinstance(part, ast.FormattedValue) else part) for part in node.values]
    )


def _call(node: ast.Call) -> ir.Expr:
    args = [
        ir.Arg("*", None, lower_expr(arg.value))
        if isinstance(arg, ast.Starred)
        else ir.Arg("", None, lower_expr(arg))
        for arg in node.args
    ]
    keywords = [
        ir.Arg("" if keyword.arg is not None else "**", keyword.arg, lower_expr(keyword.value))
        for keyword in node.keywords
    ]
    return ir.Call(lower_expr(node.func), [*args, *keywords], node)


def _slice(node: ast.Slice) -> ir.Expr:
    return ir.Slice(lower_optional(node.lower), lower_optional(node.upper), lower_optional(node.step))


def _display(kind: str) -> Callable[[Any], ir.Expr]:
    return lambda node: ir.Display(kind, [lower_expr(element) for element in node.elts])


def _binary(node: ast.BinOp) -> ir.Expr:
    # A long sum is a deep tree to the left: walk it in a loop, not by recursion.
    chain = [node]
    while isinstance(chain[-1].left, ast.BinOp):
        chain.append(chain[-1].left)
    value = lower_expr(chain[-1].left)
    for operation in reversed(chain):
        value = ir.Binary(OPERATORS[name_of(operation.op)], value, lower_expr(operation.right), operation)
    return value


def _boolean(node: ast.BoolOp) -> ir.Expr:
    op = "and" if isinstance(node.op, ast.And) else "or"
    value = lower_expr(node.values[0])
    for other in node.values[1:]:
        value = ir.Boolean(op, value, lower_expr(other))
    return value


def _comparison(node: ast.Compare) -> ir.Expr:
    return ir.Compare(
        lower_expr(node.left),
        [(_COMPARE[name_of(op)], lower_expr(other)) for op, other in zip(node.ops, node.comparators)],
    )


def _comprehension(kind: str) -> Callable[[Any], ir.Expr]:
    def lower(node: Any) -> ir.Expr:
        generators = [
            (lower_expr(clause.target), lower_expr(clause.iter), [lower_expr(test) for test in clause.ifs])
            for clause in node.generators
        ]
        if kind == "dict":
            return ir.Comprehension(kind, lower_expr(node.key), lower_expr(node.value), generators)
        return ir.Comprehension(kind, None, lower_expr(node.elt), generators)

    return lower


def lower_params(arguments: ast.arguments) -> list[ir.Param]:
    """The parameters of a function or lambda, in the order in which arguments are bound."""
    plain = [*arguments.posonlyargs, *arguments.args]
    defaults = [None] * (len(plain) - len(arguments.defaults)) + list(arguments.defaults)
    params = [
        ir.Param(arg.arg, "", lower_optional(default), _is_number(arg.annotation))
        for arg, default in zip(plain, defaults)
    ]
    if arguments.vararg is not None:
        params.append(ir.Param(arguments.vararg.arg, "*", None))
    for arg, default in zip(arguments.kwonlyargs, arguments.kw_defaults):
        params.append(ir.Param(arg.arg, "keyword", lower_optional(default), _is_number(arg.annotation)))
    if arguments.kwarg is not None:
        params.append(ir.Param(arguments.kwarg.arg, "**", None))
    return params


_PRIVATE = re.compile(r"_[A-Z]\w*?(__\w+)")


def _attribute(node: ast.Attribute) -> ir.Expr:
    name = node.attr
    if name[:1] == "_" and name[-2:] != "__":
        # ``_Net__conv`` is how others call what ``Net`` calls ``__conv``.
        private = _PRIVATE.fullmatch(name)
        name = name if private is None else private.group(1)
    return ir.Attr(lower_expr(node.value), name)


def _is_number(annotation: Any) -> bool:
    """Whether an annotation is ``int``, ``float``, or one of these or None."""
    kind = type(annotation).__name__
    if kind == "Name":
        return annotation.id in ("int", "float")
    if kind == "Constant":
        return annotation.value in ("int", "float")
    if kind == "BinOp":
        sides = (annotation.left, annotation.right)
        return all(_is_number(side) or getattr(side, "value", "") is None for side in sides)
    if kind == "Subscript" and getattr(annotation.value, "id", "") in ("Optional", "Union"):
        parts = annotation.slice.elts if type(annotation.slice).__name__ == "Tuple" else [annotation.slice]
        return all(map(_is_number, parts))
    return False


_EXPRESSIONS: dict[str, Callable[[Any], ir.Expr]] = {
    "Name": lambda node: ir.Name(node.id),
    "Constant": lambda node: ir.Const(node.value),
    "JoinedStr": _formatted,
    "Attribute": _attribute,
    "Call": _call,
    "Subscript": lambda node: ir.Subscript(lower_expr(node.value), lower_expr(node.slice)),
    "Slice": _slice,
    "Tuple": _display("tuple"),
    "List": _display("list"),
    "Set": _display("set"),
    "Dict": lambda node: ir.Dict(
        [(lower_optional(key), lower_expr(value)) for key, value in zip(node.keys, node.values)]
    ),
    "BinOp": _binary,
    "UnaryOp": lambda node: ir.Unary(_UNARY[name_of(node.op)], lower_expr(node.operand)),
    "BoolOp": _boolean,
    "Compare": _comparison,
    "IfExp": lambda node: ir.IfExp(lower_expr(node.test), lower_expr(node.body), lower_expr(node.orelse)),
    "Lambda": lambda node: ir.Lambda(lower_params(node.args), lower_expr(node.body)),
    "ListComp": _comprehension("list"),
    "SetComp": _comprehension("set"),
    "DictComp": _comprehension("dict"),
    "GeneratorExp": _comprehension("generator"),
    "Starred": lambda node: ir.Starred(lower_expr(node.value)),
    "NamedExpr": lambda node: ir.Walrus(lower_expr(node.target), lower_expr(node.value)),
    "Yield": lambda node: ir.Yield(lower_optional(node.value)),
    "YieldFrom": lambda node: ir.Yield(lower_expr(node.value)),
}
