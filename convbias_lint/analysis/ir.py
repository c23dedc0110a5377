"""The small language that the evaluator runs: Python, without what the analysis does not need.

The evaluator wants to know only what is computed.  A function's body is lowered to these nodes when it
is first called, never before, and nodes are compared by identity.  Calls keep the syntax node they came
from, so that a finding can be placed in the text.  Here are its statements, and the names of its expressions,
which :mod:`convbias_lint.analysis.ir_expressions` defines.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Optional

from convbias_lint.analysis.ir_expressions import (
    Arg as Arg,
    Attr as Attr,
    Binary as Binary,
    Boolean as Boolean,
    Call as Call,
    Compare as Compare,
    Comprehension as Comprehension,
    Const as Const,
    Dict as Dict,
    Display as Display,
    Expr as Expr,
    IfExp as IfExp,
    Lambda as Lambda,
    Name as Name,
    Node as Node,
    Opaque as Opaque,
    Param as Param,
    Slice as Slice,
    Starred as Starred,
    Subscript as Subscript,
    Text as Text,
    Unary as Unary,
    Walrus as Walrus,
    Yield as Yield,
)
from convbias_lint.analysis.nodes import names_in


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


class AnnAssign(Assign):
    """An assignment with an annotation (``x: int = 1``): a field of a dataclass, with its default."""

    __slots__ = ()


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
    """``rounds``: how often it is run for any number of times, once asked for; of ``while``, too."""

    __slots__ = ("body", "iter", "orelse", "rounds", "target")

    def __init__(self, target: Expr, iter: Expr, body: Sequence[Stmt], orelse: Sequence[Stmt]) -> None:
        self.target = target
        self.iter = iter
        self.body = body
        self.orelse = orelse
        self.rounds: Optional[int] = None


class While(Stmt):
    __slots__ = ("body", "orelse", "rounds", "test")

    def __init__(self, test: Expr, body: Sequence[Stmt], orelse: Sequence[Stmt]) -> None:
        self.test = test
        self.body = body
        self.orelse = orelse
        self.rounds: Optional[int] = None


class With(Stmt):
    """``with``; ``seen`` are the names whose values show how far the body came, if it may be left early."""

    __slots__ = ("body", "items", "seen")

    def __init__(
        self,
        items: Sequence[tuple[Expr, Optional[Expr]]],
        body: Sequence[Stmt],
        seen: frozenset[str] = frozenset(),
    ) -> None:
        self.items = items
        self.body = body
        self.seen = seen


class Try(Stmt):
    """``try``; ``seen`` are the names whose values part of the way through the body can be read later."""

    __slots__ = ("body", "final", "handlers", "orelse", "seen")

    def __init__(
        self,
        body: Sequence[Stmt],
        handlers: Sequence[Sequence[Stmt]],
        orelse: Sequence[Stmt],
        final: Sequence[Stmt],
        seen: frozenset[str] = frozenset(),
    ) -> None:
        self.body = body
        self.handlers = handlers
        self.orelse = orelse
        self.final = final
        self.seen = seen


class Case(Node):
    """One case of a ``match``: ``literal`` is its pattern if that is one, ``names`` are what it binds.

    ``anything``: it takes whatever comes.
    """

    __slots__ = ("anything", "body", "literal", "names")

    def __init__(
        self, literal: Optional[Expr], anything: bool, names: Sequence[str], body: Sequence[Stmt]
    ) -> None:
        self.literal = literal
        self.anything = anything
        self.names = names
        self.body = body


class Match(Stmt):
    __slots__ = ("cases", "subject")

    def __init__(self, subject: Expr, cases: Sequence[Case]) -> None:
        self.subject = subject
        self.cases = cases


class Return(Stmt):
    __slots__ = ("value",)

    def __init__(self, value: Optional[Expr]) -> None:
        self.value = value


class Raise(Stmt):
    """``raise``; ``value`` is what is raised, if that is said."""

    __slots__ = ("value",)

    def __init__(self, value: Optional[Expr]) -> None:
        self.value = value


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


class Definition(Stmt):
    """A function or class; its tree may be put away until someone asks for it again."""

    __slots__ = ("_names", "_syntax", "again", "body", "decorators", "name")

    def __init__(self, name: str, decorators: Sequence[Expr], syntax: Any) -> None:
        self.name = name
        self.decorators = decorators
        self.body: Optional[list[Stmt]] = None
        """Lowered when :func:`lower_statements.body_of` is first asked for it."""
        self._syntax = syntax
        self._names: Optional[frozenset[str]] = None
        self.again: Optional[Any] = None
        """The excerpt of the text from which the tree is made again, if it was put away."""

    @property
    def syntax(self) -> Any:
        """The node of Python's syntax tree."""
        if self._syntax is None and self.again is not None:
            self._syntax = self.again()
        return self._syntax

    @property
    def names(self) -> frozenset[str]:
        """All names and attributes in it, those that it binds among them."""
        if self._names is None:
            self._names = frozenset(names_in(self.syntax))
        return self._names

    def put_away(self, again: Any) -> None:
        """Drop the tree; calling ``again`` makes another like it."""
        self._syntax, self.again = None, again


class FuncDef(Definition):
    """A function."""

    __slots__ = ("params",)

    def __init__(self, name: str, params: Sequence[Param], decorators: Sequence[Expr], syntax: Any) -> None:
        super().__init__(name, decorators, syntax)
        self.params = params


class ClassDef(Definition):
    """A class."""

    __slots__ = ("bases",)

    def __init__(self, name: str, bases: Sequence[Expr], decorators: Sequence[Expr], syntax: Any) -> None:
        super().__init__(name, decorators, syntax)
        self.bases = bases


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
