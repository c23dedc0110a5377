"""The small language that the evaluator runs: Python, without what the analysis does not need.

The evaluator wants to know only what is computed.  A function's body is lowered to these nodes when it
is first called, never before, and nodes are compared by identity.  Calls keep the syntax node they came
from, so that a finding can be placed in the text.
"""

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
    """A parameter; ``kind`` is "" (positional or keyword), "keyword", "*" or "**"."""

    __slots__ = ("default", "kind", "name")

    def __init__(self, name: str, kind: str, default: Optional[Expr]) -> None:
        self.name = name
        self.kind = kind
        self.default = default


class Stmt(Node):
    __slots__ = ()


class ExprStmt(Stmt):
    __slots__ = ("value",)

    def __init__(self, value: Expr) -> None:
        self.value = value


class Assign(Stmt):
    __slots__ = ("targets", "value")

    def __init__(self, targets: Sequence[Expr], value: Expr) -> None:
        self.targets = targets
        self.value = value


class AugAssign(Stmt):
    __slots__ = ("op", "target", "value")

    def __init__(self, target: Expr, op: str, value: Expr) -> None:
        self.target = target
        self.op = op
        self.value = value


class Declare(Stmt):
    """An annotation without a value (``x: int``): a field of a dataclass."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name


class If(Stmt):
    __slots__ = ("body", "orelse", "test")

    def __init__(self, test: Expr, body: Sequence[Stmt], orelse: Sequence[Stmt]) -> None:
        self.test = test
        self.body = body
        self.orelse = orelse


class For(Stmt):
    __slots__ = ("body", "iter", "orelse", "target")

    def __init__(self, target: Expr, iter: Expr, body: Sequence[Stmt], orelse: Sequence[Stmt]) -> None:
        self.target = target
        self.iter = iter
        self.body = body
        self.orelse = orelse


class While(Stmt):
    __slots__ = ("body", "orelse", "test")

    def __init__(self, test: Expr, body: Sequence[Stmt], orelse: Sequence[Stmt]) -> None:
        self.test = test
        self.body = body
        self.orelse = orelse


class With(Stmt):
    __slots__ = ("body", "items")

    def __init__(self, items: Sequence[tuple[Expr, Optional[Expr]]], body: Sequence[Stmt]) -> None:
        self.items = items
        self.body = body


class Try(Stmt):
    __slots__ = ("body", "final", "handlers", "orelse")

    def __init__(
        self,
        body: Sequence[Stmt],
        handlers: Sequence[Sequence[Stmt]],
        orelse: Sequence[Stmt],
        final: Sequence[Stmt],
    ) -> None:
        self.body = body
        self.handlers = handlers
        self.orelse = orelse
        self.final = final


class Match(Stmt):
    """``match``: which case is taken is known only for literal patterns (None: anything)."""

    __slots__ = ("cases", "subject")

    def __init__(self, subject: Expr, cases: Sequence[tuple[Optional[Expr], bool, Sequence[Stmt]]]) -> None:
        self.subject = subject
        self.cases = cases


class Return(Stmt):
    __slots__ = ("value",)

    def __init__(self, value: Optional[Expr]) -> None:
        self.value = value


class Raise(Stmt):
    __slots__ = ()


class Break(Stmt):
    __slots__ = ()


class Continue(Stmt):
    __slots__ = ()


class Assert(Stmt):
    __slots__ = ("test",)

    def __init__(self, test: Expr) -> None:
        self.test = test


class Delete(Stmt):
    __slots__ = ("targets",)

    def __init__(self, targets: Sequence[Expr]) -> None:
        self.targets = targets


class Global(Stmt):
    """``global`` and ``nonlocal``: assignments to these names leave the function."""

    __slots__ = ("names",)

    def __init__(self, names: Sequence[str]) -> None:
        self.names = names


class FuncDef(Stmt):
    """A function; its body is lowered when :func:`lower_statements.body_of` is first asked for it."""

    __slots__ = ("body", "decorators", "name", "params", "syntax")

    def __init__(self, name: str, params: Sequence[Param], decorators: Sequence[Expr], syntax: Any) -> None:
        self.name = name
        self.params = params
        self.decorators = decorators
        self.syntax = syntax
        self.body: Optional[list[Stmt]] = None


class ClassDef(Stmt):
    """A class; its body is lowered when the class is first looked into."""

    __slots__ = ("bases", "body", "decorators", "keywords", "name", "syntax")

    def __init__(
        self,
        name: str,
        bases: Sequence[Expr],
        keywords: Sequence[Arg],
        decorators: Sequence[Expr],
        syntax: Any,
    ) -> None:
        self.name = name
        self.bases = bases
        self.keywords = keywords
        self.decorators = decorators
        self.syntax = syntax
        self.body: Optional[list[Stmt]] = None


class Import(Stmt):
    """``import a.b as c``: pairs of (dotted name, alias or None)."""

    __slots__ = ("names",)

    def __init__(self, names: Sequence[tuple[str, Optional[str]]]) -> None:
        self.names = names


class ImportFrom(Stmt):
    """``from ..a import b as c``; ``names`` is None for a star."""

    __slots__ = ("level", "module", "names")

    def __init__(self, module: str, level: int, names: Optional[Sequence[tuple[str, str]]]) -> None:
        self.module = module
        self.level = level
        self.names = names
