"""LibCST expressions to the evaluator's language."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from typing import Any, Optional

import libcst as cst

from convbias_lint.analysis import ir

_BINARY = {
    cst.Add: "+",
    cst.Subtract: "-",
    cst.Multiply: "*",
    cst.Divide: "/",
    cst.FloorDivide: "//",
    cst.Modulo: "%",
    cst.Power: "**",
    cst.MatrixMultiply: "@",
    cst.LeftShift: "<<",
    cst.RightShift: ">>",
    cst.BitAnd: "&",
    cst.BitOr: "|",
    cst.BitXor: "^",
}
_COMPARE = {
    cst.Equal: "==",
    cst.NotEqual: "!=",
    cst.LessThan: "<",
    cst.LessThanEqual: "<=",
    cst.GreaterThan: ">",
    cst.GreaterThanEqual: ">=",
    cst.Is: "is",
    cst.IsNot: "is not",
    cst.In: "in",
    cst.NotIn: "not in",
}
_UNARY = {cst.Not: "not", cst.Minus: "-", cst.Plus: "+", cst.BitInvert: "~"}
_CONSTANT_NAMES = {"None": None, "True": True, "False": False}


def lower_expr(node: Any) -> ir.Expr:
    """The expression ``node`` in the evaluator's language."""
    lower = _EXPRESSIONS.get(type(node))
    return lower(node) if lower is not None else ir.Opaque(())


def _name(node: cst.Name) -> ir.Expr:
    if node.value in _CONSTANT_NAMES:
        return ir.Const(_CONSTANT_NAMES[node.value])
    return ir.Name(node.value)


def _literal(node: Any) -> ir.Expr:
    try:
        return ir.Const(ast.literal_eval(node.value))
    except (ValueError, SyntaxError):
        return ir.Opaque(())


def _integer(node: cst.Integer) -> ir.Expr:
    text = node.value
    # Hundreds of digits are data, not a size, and converting them can be refused by Python.
    return ir.Const(int(text, 0)) if len(text) < 100 and text.isdigit() and text[0] != "0" else _literal(node)


def _concatenated(node: cst.ConcatenatedString) -> ir.Expr:
    left, right = lower_expr(node.left), lower_expr(node.right)
    if isinstance(left, ir.Const) and isinstance(right, ir.Const):
        if isinstance(left.value, str) and isinstance(right.value, str):
            return ir.Const(left.value + right.value)
        if isinstance(left.value, bytes) and isinstance(right.value, bytes):
            return ir.Const(left.value + right.value)
    return ir.Text((left, right))


def _formatted(node: cst.FormattedString) -> ir.Expr:
    parts: list[ir.Expr] = []
    for part in node.parts:
        if isinstance(part, cst.FormattedStringText):
            parts.append(ir.Const(part.value))
        elif isinstance(part, cst.FormattedStringExpression):
            parts.append(lower_expr(part.expression))
    return ir.Text(parts)


def lower_args(args: Sequence[cst.Arg]) -> list[ir.Arg]:
    """The arguments of a call or of a class definition."""
    return [
        ir.Arg(arg.star, arg.keyword.value if arg.keyword is not None else None, lower_expr(arg.value))
        for arg in args
    ]


def _call(node: cst.Call) -> ir.Expr:
    return ir.Call(lower_expr(node.func), lower_args(node.args), node)


def _subscript(node: cst.Subscript) -> ir.Expr:
    elements = [_subscript_element(element.slice) for element in node.slice]
    single = len(elements) == 1 and isinstance(node.slice[0].comma, cst.MaybeSentinel)
    return ir.Subscript(lower_expr(node.value), elements[0] if single else ir.Display("tuple", elements))


def _subscript_element(node: Any) -> ir.Expr:
    if isinstance(node, cst.Index):
        value = lower_expr(node.value)
        return ir.Starred(value) if node.star else value
    return ir.Slice(
        *(None if part is None else lower_expr(part) for part in (node.lower, node.upper, node.step))
    )


def _display(kind: str) -> Callable[[Any], ir.Expr]:
    def lower(node: Any) -> ir.Expr:
        return ir.Display(kind, [_element(element) for element in node.elements])

    return lower


def _element(node: Any) -> ir.Expr:
    value = lower_expr(node.value)
    return ir.Starred(value) if isinstance(node, cst.StarredElement) else value


def _dict(node: cst.Dict) -> ir.Expr:
    return ir.Dict(
        [
            (
                lower_expr(element.key) if isinstance(element, cst.DictElement) else None,
                lower_expr(element.value),
            )
            for element in node.elements
        ]
    )


def _binary(node: cst.BinaryOperation) -> ir.Expr:
    # A long sum is a deep tree to the left: walk it in a loop, not by recursion.
    chain = [node]
    while isinstance(chain[-1].left, cst.BinaryOperation):
        chain.append(chain[-1].left)
    value = lower_expr(chain[-1].left)
    for operation in reversed(chain):
        value = ir.Binary(_BINARY[type(operation.operator)], value, lower_expr(operation.right), operation)
    return value


def _boolean(node: cst.BooleanOperation) -> ir.Expr:
    op = "and" if isinstance(node.operator, cst.And) else "or"
    return ir.Boolean(op, lower_expr(node.left), lower_expr(node.right))


def _comparison(node: cst.Comparison) -> ir.Expr:
    return ir.Compare(
        lower_expr(node.left),
        [(_COMPARE[type(target.operator)], lower_expr(target.comparator)) for target in node.comparisons],
    )


def _comprehension(kind: str) -> Callable[[Any], ir.Expr]:
    def lower(node: Any) -> ir.Expr:
        generators = []
        clause: Optional[cst.CompFor] = node.for_in
        while clause is not None:
            generators.append(
                (lower_expr(clause.target), lower_expr(clause.iter), [lower_expr(i.test) for i in clause.ifs])
            )
            clause = clause.inner_for_in
        if kind == "dict":
            return ir.Comprehension(kind, lower_expr(node.key), lower_expr(node.value), generators)
        return ir.Comprehension(kind, None, lower_expr(node.elt), generators)

    return lower


def lower_params(parameters: cst.Parameters) -> list[ir.Param]:
    """The parameters of a function or lambda, in the order in which arguments are bound."""
    params = []
    for param in (*parameters.posonly_params, *parameters.params):
        params.append(_param(param, ""))
    if isinstance(parameters.star_arg, cst.Param):
        params.append(_param(parameters.star_arg, "*"))
    for param in parameters.kwonly_params:
        params.append(_param(param, "keyword"))
    if parameters.star_kwarg is not None:
        params.append(_param(parameters.star_kwarg, "**"))
    return params


def _param(node: cst.Param, kind: str) -> ir.Param:
    return ir.Param(node.name.value, kind, None if node.default is None else lower_expr(node.default))


def _yield(node: cst.Yield) -> ir.Expr:
    value: Any = node.value
    if isinstance(value, cst.From):
        value = value.item
    return ir.Yield(None if value is None else lower_expr(value))


_EXPRESSIONS: dict[type, Callable[[Any], ir.Expr]] = {
    cst.Name: _name,
    cst.Integer: _integer,
    cst.Float: _literal,
    cst.Imaginary: _literal,
    cst.SimpleString: _literal,
    cst.ConcatenatedString: _concatenated,
    cst.FormattedString: _formatted,
    cst.Ellipsis: lambda node: ir.Const(...),
    cst.Attribute: lambda node: ir.Attr(lower_expr(node.value), node.attr.value),
    cst.Call: _call,
    cst.Subscript: _subscript,
    cst.Tuple: _display("tuple"),
    cst.List: _display("list"),
    cst.Set: _display("set"),
    cst.Dict: _dict,
    cst.BinaryOperation: _binary,
    cst.UnaryOperation: lambda node: ir.Unary(_UNARY[type(node.operator)], lower_expr(node.expression)),
    cst.BooleanOperation: _boolean,
    cst.Comparison: _comparison,
    cst.IfExp: lambda node: ir.IfExp(lower_expr(node.test), lower_expr(node.body), lower_expr(node.orelse)),
    cst.Lambda: lambda node: ir.Lambda(lower_params(node.params), lower_expr(node.body)),
    cst.ListComp: _comprehension("list"),
    cst.SetComp: _comprehension("set"),
    cst.DictComp: _comprehension("dict"),
    cst.GeneratorExp: _comprehension("generator"),
    cst.NamedExpr: lambda node: ir.Walrus(lower_expr(node.target), lower_expr(node.value)),
    cst.Await: lambda node: ir.Opaque((lower_expr(node.expression),)),
    cst.Yield: _yield,
}
