"""Expressions that LibCST parsed, made into nodes of Python's own tree; see :mod:`newer_syntax`."""

from __future__ import annotations

import ast
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Optional

import libcst as cst

BINARY: dict[type, type[ast.operator]] = {
    cst.Add: ast.Add,
    cst.Subtract: ast.Sub,
    cst.Multiply: ast.Mult,
    cst.Divide: ast.Div,
    cst.FloorDivide: ast.FloorDiv,
    cst.Modulo: ast.Mod,
    cst.Power: ast.Pow,
    cst.MatrixMultiply: ast.MatMult,
    cst.LeftShift: ast.LShift,
    cst.RightShift: ast.RShift,
    cst.BitAnd: ast.BitAnd,
    cst.BitOr: ast.BitOr,
    cst.BitXor: ast.BitXor,
}
_COMPARE: dict[type, type[ast.cmpop]] = {
    cst.Equal: ast.Eq,
    cst.NotEqual: ast.NotEq,
    cst.LessThan: ast.Lt,
    cst.LessThanEqual: ast.LtE,
    cst.GreaterThan: ast.Gt,
    cst.GreaterThanEqual: ast.GtE,
    cst.Is: ast.Is,
    cst.IsNot: ast.IsNot,
    cst.In: ast.In,
    cst.NotIn: ast.NotIn,
}
_UNARY: dict[type, type[ast.unaryop]] = {
    cst.Not: ast.Not,
    cst.Minus: ast.USub,
    cst.Plus: ast.UAdd,
    cst.BitInvert: ast.Invert,
}
CONSTANTS = {"None": None, "True": True, "False": False}


class Opaque(ast.expr):
    """An expression of which only the parts are told."""

    _fields = ("parts",)

    def __init__(self, parts: Sequence[Any] = ()) -> None:
        super().__init__()
        self.parts = list(parts)


_BLANK = cst.Module([])


class Expressions:
    """Makes nodes, each with the place of the node it stands for."""

    def __init__(self, text: str, places: Any) -> None:
        self._lines = text.split("\n")
        self._places = places

    def at(self, made: Any, node: Any) -> Any:
        place = self._places[node]
        made.lineno, made.col_offset = place.start.line, self._bytes(place.start)
        made.end_lineno, made.end_col_offset = place.end.line, self._bytes(place.end)
        return made

    def _bytes(self, position: Any) -> int:
        row = self._lines[position.line - 1] if position.line <= len(self._lines) else ""
        return len(row[: position.column].encode("utf-8"))

    def expr(self, node: Any) -> Any:
        make = _EXPRESSIONS.get(type(node))
        if make is None:
            parts = [self.expr(child) for child in node.children if isinstance(child, cst.BaseExpression)]
            return self.at(Opaque(parts), node)
        return self.at(make(self, node), node)

    def optional(self, node: Any) -> Any:
        return None if node is None else self.expr(node)

    def literal(self, node: Any) -> Any:
        try:
            return ast.Constant(ast.literal_eval(node.value))
        except (ValueError, SyntaxError):
            return Opaque()

    def joined(self, node: cst.ConcatenatedString) -> Any:
        left, right = self.expr(node.left), self.expr(node.right)
        if isinstance(left, ast.Constant) and isinstance(right, ast.Constant):
            return ast.Constant(left.value + right.value)  # type: ignore[operator]
        sides = [side.values if isinstance(side, ast.JoinedStr) else [side] for side in (left, right)]
        return _text([*sides[0], *sides[1]])

    def formatted(self, node: cst.FormattedString) -> Any:
        quote = node.start.lower().replace("f", "")
        values: list[Any] = []
        for part in node.parts:
            if isinstance(part, cst.FormattedStringText):
                plain = part.value.replace("{{", "{").replace("}}", "}")
                values.append(ast.Constant(ast.literal_eval(f"{quote}{plain}{node.end}")))
            elif isinstance(part, cst.FormattedStringExpression):
                if part.equal is not None:  # ``{n=}`` shows its own text, too
                    before = values.pop().value if values and isinstance(values[-1], ast.Constant) else ""
                    own = part.whitespace_before_expression, part.expression, part.equal
                    values.append(ast.Constant(before + "".join(map(_BLANK.code_for_node, own))))
                values.append(ast.FormattedValue(self.expr(part.expression), -1, None))
        return _text(values)

    def args(self, given: Iterable[cst.Arg]) -> tuple[list[Any], list[ast.keyword]]:
        args: list[Any] = []
        keywords: list[ast.keyword] = []
        for arg in given:
            value = self.expr(arg.value)
            if arg.star == "**" or arg.keyword is not None:
                keywords.append(
                    ast.keyword(identifier(arg.keyword) if arg.keyword is not None else None, value)
                )
            else:
                args.append(self.at(ast.Starred(value), arg) if arg.star else value)
        return args, keywords

    def call(self, node: cst.Call) -> Any:
        args, keywords = self.args(node.args)
        return ast.Call(self.expr(node.func), args, keywords)

    def subscript(self, node: cst.Subscript) -> Any:
        elements = [self._index(element.slice) for element in node.slice]
        single = len(elements) == 1 and isinstance(node.slice[0].comma, cst.MaybeSentinel)
        single = single and not isinstance(elements[0], ast.Starred)
        index = elements[0] if single else self.at(ast.Tuple(elements), node)
        return ast.Subscript(self.expr(node.value), index)

    def _index(self, node: Any) -> Any:
        if isinstance(node, cst.Index):
            value = self.expr(node.value)
            return self.at(ast.Starred(value), node) if node.star else value
        made = ast.Slice(self.optional(node.lower), self.optional(node.upper), self.optional(node.step))
        return self.at(made, node)

    def elements(self, node: Any) -> list[Any]:
        return [
            self.at(ast.Starred(self.expr(element.value)), element)
            if isinstance(element, cst.StarredElement)
            else self.expr(element.value)
            for element in node.elements
        ]

    def dict_(self, node: cst.Dict) -> Any:
        keys = [
            self.expr(element.key) if isinstance(element, cst.DictElement) else None
            for element in node.elements
        ]
        return ast.Dict(keys, [self.expr(element.value) for element in node.elements])

    def binary(self, node: cst.BinaryOperation) -> Any:
        # A long sum is a deep tree to the left: walk it in a loop, not by recursion.
        chain = [node]
        while isinstance(chain[-1].left, cst.BinaryOperation):
            chain.append(chain[-1].left)
        value = self.expr(chain[-1].left)
        for operation in reversed(chain):
            made = ast.BinOp(value, BINARY[type(operation.operator)](), self.expr(operation.right))
            value = self.at(made, operation)
        return value

    def boolean(self, node: cst.BooleanOperation) -> Any:
        operator = ast.And() if isinstance(node.operator, cst.And) else ast.Or()
        return ast.BoolOp(operator, [self.expr(node.left), self.expr(node.right)])

    def comparison(self, node: cst.Comparison) -> Any:
        operators = [_COMPARE[type(target.operator)]() for target in node.comparisons]
        others = [self.expr(target.comparator) for target in node.comparisons]
        return ast.Compare(self.expr(node.left), operators, others)

    def clauses(self, node: Any) -> list[ast.comprehension]:
        found = []
        clause: Optional[cst.CompFor] = node.for_in
        while clause is not None:
            tests = [self.expr(condition.test) for condition in clause.ifs]
            found.append(ast.comprehension(self.expr(clause.target), self.expr(clause.iter), tests, 0))
            clause = clause.inner_for_in
        return found

    def params(self, params: cst.Parameters) -> ast.arguments:
        plain = (*params.posonly_params, *params.params)
        defaults = [self.expr(param.default) for param in plain if param.default is not None]
        star, stars = params.star_arg, params.star_kwarg
        return ast.arguments(
            posonlyargs=self.named(params.posonly_params),
            args=self.named(params.params),
            vararg=self.named([star])[0] if isinstance(star, cst.Param) else None,
            kwonlyargs=self.named(params.kwonly_params),
            kw_defaults=[self.optional(param.default) for param in params.kwonly_params],
            kwarg=None if stars is None else self.named([stars])[0],
            defaults=defaults,
        )

    def named(self, params: Sequence[cst.Param]) -> list[ast.arg]:
        types = [None if param.annotation is None else param.annotation.annotation for param in params]
        return [ast.arg(identifier(param.name), self.optional(kind)) for param, kind in zip(params, types)]

    def lambda_(self, node: cst.Lambda) -> Any:
        return ast.Lambda(self.params(node.params), self.expr(node.body))

    def yield_(self, node: cst.Yield) -> Any:
        value: Any = node.value
        return ast.Yield(self.optional(value.item if isinstance(value, cst.From) else value))


def identifier(name: cst.Name) -> str:
    """A name as Python reads it (PEP 3131)."""
    return name.value if name.value.isascii() else unicodedata.normalize("NFKC", name.value)


def _text(values: Sequence[Any]) -> ast.JoinedStr:
    """A formatted string, neighbouring constants in one."""
    merged: list[Any] = []
    for value in values:
        if merged and isinstance(merged[-1], ast.Constant) and isinstance(value, ast.Constant):
            merged[-1] = ast.Constant(merged[-1].value + value.value)  # type: ignore[operator]
        else:
            merged.append(value)
    return ast.JoinedStr(merged)


_EXPRESSIONS: dict[type, Callable[[Expressions, Any], Any]] = {
    cst.Name: lambda m, node: (
        ast.Constant(CONSTANTS[node.value]) if node.value in CONSTANTS else ast.Name(identifier(node))
    ),
    cst.Integer: Expressions.literal,
    cst.Float: Expressions.literal,
    cst.Imaginary: Expressions.literal,
    cst.SimpleString: Expressions.literal,
    cst.ConcatenatedString: Expressions.joined,
    cst.FormattedString: Expressions.formatted,
    cst.Ellipsis: lambda m, node: ast.Constant(...),
    cst.Attribute: lambda m, node: ast.Attribute(m.expr(node.value), identifier(node.attr)),
    cst.Call: Expressions.call,
    cst.Subscript: Expressions.subscript,
    cst.Tuple: lambda m, node: ast.Tuple(m.elements(node)),
    cst.List: lambda m, node: ast.List(m.elements(node)),
    cst.Set: lambda m, node: ast.Set(m.elements(node)),
    cst.Dict: Expressions.dict_,
    cst.BinaryOperation: Expressions.binary,
    cst.UnaryOperation: lambda m, node: ast.UnaryOp(_UNARY[type(node.operator)](), m.expr(node.expression)),
    cst.BooleanOperation: Expressions.boolean,
    cst.Comparison: Expressions.comparison,
    cst.IfExp: lambda m, node: ast.IfExp(m.expr(node.test), m.expr(node.body), m.expr(node.orelse)),
    cst.Lambda: Expressions.lambda_,
    cst.ListComp: lambda m, node: ast.ListComp(m.expr(node.elt), m.clauses(node)),
    cst.SetComp: lambda m, node: ast.SetComp(m.expr(node.elt), m.clauses(node)),
    cst.GeneratorExp: lambda m, node: ast.GeneratorExp(m.expr(node.elt), m.clauses(node)),
    cst.DictComp: lambda m, node: ast.DictComp(m.expr(node.key), m.expr(node.value), m.clauses(node)),
    cst.NamedExpr: lambda m, node: ast.NamedExpr(m.expr(node.target), m.expr(node.value)),
    cst.Await: lambda m, node: ast.Await(m.expr(node.expression)),
    cst.Yield: Expressions.yield_,
}
