"""The expressions of the language that the evaluator runs; see :mod:`convbias_lint.analysis.ir`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Optional


class Node:
    """Any node; ``__slots__`` keep the many nodes of a large file small."""

    __slots__ = ()


class Expr(Node):
    __slots__ = ()


class Const(Expr):
    """A literal: number, string, None, True, False, Ellipsis; ``known`` keeps what it evaluates to."""

    __slots__ = ("known", "value")

    def __init__(self, value: object) -> None:
        self.value = value
        self.known: Any = None


class Name(Expr):
    __slots__ = ("id",)

    def __init__(self, id: str) -> None:
        self.id = id


class Attr(Expr):
    __slots__ = ("name", "obj")

    def __init__(self, obj: Expr, name: str) -> None:
        self.obj = obj
        self.name = name


class Arg(Node):
    """One argument of a call; ``kind`` is "", "*" or "**"."""

    __slots__ = ("kind", "name", "value")

    def __init__(self, kind: str, name: Optional[str], value: Expr) -> None:
        self.kind = kind
        self.name = name
        self.value = value


class Call(Expr):
    __slots__ = ("args", "func", "syntax")

    def __init__(self, func: Expr, args: Sequence[Arg], syntax: Any) -> None:
        self.func = func
        self.args = args
        self.syntax = syntax


class Subscript(Expr):
    __slots__ = ("index", "obj")

    def __init__(self, obj: Expr, index: Expr) -> None:
        self.obj = obj
        self.index = index


class Slice(Expr):
    __slots__ = ("lower", "step", "upper")

    def __init__(self, lower: Optional[Expr], upper: Optional[Expr], step: Optional[Expr]) -> None:
        self.lower = lower
        self.upper = upper
        self.step = step


class Display(Expr):
    """A tuple, list or set display; ``kind`` is the name of the type."""

    __slots__ = ("items", "kind")

    def __init__(self, kind: str, items: Sequence[Expr]) -> None:
        self.kind = kind
        self.items = items


class Dict(Expr):
    """A dict display; a key of None marks ``**value``."""

    __slots__ = ("pairs",)

    def __init__(self, pairs: Sequence[tuple[Optional[Expr], Expr]]) -> None:
        self.pairs = pairs


class Binary(Expr):
    __slots__ = ("left", "op", "right", "syntax")

    def __init__(self, op: str, left: Expr, right: Expr, syntax: Any = None) -> None:
        self.op = op
        self.left = left
        self.right = right
        self.syntax = syntax


class Unary(Expr):
    __slots__ = ("op", "value")

    def __init__(self, op: str, value: Expr) -> None:
        self.op = op
        self.value = value


class Boolean(Expr):
    """``left and right`` or ``left or right``."""

    __slots__ = ("left", "op", "right")

    def __init__(self, op: str, left: Expr, right: Expr) -> None:
        self.op = op
        self.left = left
        self.right = right


class Compare(Expr):
    __slots__ = ("left", "rest")

    def __init__(self, left: Expr, rest: Sequence[tuple[str, Expr]]) -> None:
        self.left = left
        self.rest = rest


class IfExp(Expr):
    __slots__ = ("body", "orelse", "test")

    def __init__(self, test: Expr, body: Expr, orelse: Expr) -> None:
        self.test = test
        self.body = body
        self.orelse = orelse


class Lambda(Expr):
    __slots__ = ("body", "params")

    def __init__(self, params: Sequence[Param], body: Expr) -> None:
        self.params = params
        self.body = body


class Comprehension(Expr):
    """``kind`` is list, set, dict or generator; ``generators`` are (target, iterable, conditions)."""

    __slots__ = ("element", "generators", "key", "kind")

    def __init__(
        self,
        kind: str,
        key: Optional[Expr],
        element: Expr,
        generators: Sequence[tuple[Expr, Expr, Sequence[Expr]]],
    ) -> None:
        self.kind = kind
        self.key = key
        self.element = element
        self.generators = generators


class Starred(Expr):
    __slots__ = ("value",)

    def __init__(self, value: Expr) -> None:
        self.value = value


class Walrus(Expr):
    __slots__ = ("target", "value")

    def __init__(self, target: Expr, value: Expr) -> None:
        self.target = target
        self.value = value


class Text(Expr):
    """A formatted string: its parts are joined."""

    __slots__ = ("parts",)

    def __init__(self, parts: Sequence[Expr]) -> None:
        self.parts = parts


class Yield(Expr):
    """What a generator hands out, to somebody who is not followed."""

    __slots__ = ("value",)

    def __init__(self, value: Optional[Expr]) -> None:
        self.value = value


class Opaque(Expr):
    """An expression that the analysis does not model (await …): its parts are used."""

    __slots__ = ("parts",)

    def __init__(self, parts: Sequence[Expr]) -> None:
        self.parts = parts


class Param(Node):
    """A parameter; ``kind`` is "" (positional or keyword), "keyword", "*" or "**".

    ``number`` says that its annotation makes it a number.
    """

    __slots__ = ("default", "kind", "name", "number")

    def __init__(self, name: str, kind: str, default: Optional[Expr], number: bool = False) -> None:
        self.number = number
        self.name = name
        self.kind = kind
        self.default = default
